"""A run that a crash left at work fails when the database is opened next, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio, Run, RunState
from rebalancer.workflows.create_portfolio import create_portfolio
from rebalancer.workflows.interrupt_runs import RUN_LIFE_MAX, interrupt_runs
from rebalancer.workflows.list_runs import list_runs
from rebalancer.workflows.verify_audit import verify_audit
from tests.support.applications import NOON, MovableClock, opened
from tests.support.records import DONE, a_run


@pytest.fixture
async def second(app: Application, portfolio: Portfolio, clock: MovableClock) -> Portfolio:
    """Two portfolios, each with a run at work."""
    clock.move(seconds=1)
    second = await create_portfolio(app, "Second")
    for found in (portfolio, second):
        async with app.journal.unit(found.id) as unit:
            await unit.runs.start(a_run(f"run-{found.name}"))
            await unit.commit(DONE)
    return second


async def runs(app: Application, *portfolios: Portfolio) -> list[Run]:
    return [run for portfolio in portfolios for run in await list_runs(app, portfolio.id)]


async def test_a_server_that_starts_finds_no_run_at_work(
    app: Application, portfolio: Portfolio, second: Portfolio
) -> None:
    interrupted = await interrupt_runs(app, older_than=timedelta())
    assert [(run.state, run.error, run.finished_at) for run in interrupted] == [
        (RunState.FAILED, "interrupted", NOON + timedelta(seconds=1))
    ] * 2
    assert await runs(app, portfolio, second) == list(interrupted)
    events = await app.journal.events()
    assert [(event.portfolio_id, event.action, event.payload["error"]) for event in events[-2:]] == [
        (portfolio.id, "run_failed", "interrupted"),
        (second.id, "run_failed", "interrupted"),
    ]
    assert (await verify_audit(app)).intact
    assert await interrupt_runs(app, older_than=timedelta()) == ()
    assert await app.journal.events() == events, "nothing to do leaves no trace"


async def test_a_command_leaves_the_runs_of_a_living_server_alone_and_ends_those_of_a_dead_one(
    app: Application, portfolio: Portfolio, second: Portfolio, clock: MovableClock, database_url: str
) -> None:
    clock.move(seconds=RUN_LIFE_MAX.total_seconds() - 2)
    async with opened(database_url, clock) as other:
        assert {run.state for run in await runs(other, portfolio, second)} == {RunState.RUNNING}
    clock.move(seconds=1)
    async with opened(database_url, clock) as other:
        assert {run.error for run in await runs(other, portfolio, second)} == {"interrupted"}
    assert {run.error for run in await runs(app, portfolio, second)} == {"interrupted"}
