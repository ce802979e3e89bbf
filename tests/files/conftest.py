from __future__ import annotations

import pytest

from rebalancer.adapters.reference import load_registry
from rebalancer.domain.assets import Registry
from rebalancer.domain.money import install_decimal_context

install_decimal_context()


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry()
