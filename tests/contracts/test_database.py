"""Both engines tell what they are; a sound database has no defects."""

from __future__ import annotations

import pytest

from rebalancer.adapters.storage.migrate import HEAD
from rebalancer.ports.application import Application
from rebalancer.ports.database import Inspection
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.require_sound_database import require_sound_database
from tests.support.files import hold


@pytest.mark.parametrize("thorough", [False, True])
async def test_a_sound_database_says_so(
    app: Application, portfolio: Portfolio, database_url: str, *, thorough: bool
) -> None:
    await hold(app, portfolio.id)
    engine = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    assert await app.database.inspect(thorough=thorough) == Inspection(engine, HEAD, HEAD, ())
    await require_sound_database(app)
