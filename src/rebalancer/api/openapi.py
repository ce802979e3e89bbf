"""The description of the API, without a database behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from rebalancer.adapters.clock import SystemClock
from rebalancer.adapters.ids import RandomIds
from rebalancer.api.app import create_app

if TYPE_CHECKING:
    from rebalancer.ports.application import Application


class _Described:
    """Stands where the application would: describing routes asks for nothing but an id and a clock."""

    ids = RandomIds()
    clock = SystemClock()


def openapi_document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    return create_app(cast("Application", _Described())).openapi()
