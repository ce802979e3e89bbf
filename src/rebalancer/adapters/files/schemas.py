"""JSON Schemas (2020-12) of every file format that other programs may rely on."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from rebalancer.errors import NotFoundError

if TYPE_CHECKING:
    from rebalancer.domain.content import JsonObject

_SUFFIX: Final = ".json"


@cache
def schema_names() -> tuple[str, ...]:
    """Names of all schemas, in alphabetical order."""
    found = (item.name for item in (files("rebalancer") / "reference" / "schemas").iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX)))


@cache
def load_schema(name: str) -> JsonObject:
    """One schema.

    Raises:
        NotFoundError: ``schema_not_found``, with the names there are.
    """
    if name not in schema_names():
        raise NotFoundError("schema_not_found", {"schema": name[:80], "schemas": ", ".join(schema_names())})
    resource = files("rebalancer") / "reference" / "schemas" / f"{name}{_SUFFIX}"
    document: JsonObject = json.loads(resource.read_text(encoding="utf-8"))
    return document
