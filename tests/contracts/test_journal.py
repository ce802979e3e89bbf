"""Contract of the port ``Journal``: units of work, views, portfolios, the audit chain."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from rebalancer.adapters.principal import LocalOwner
from rebalancer.adapters.storage.engine import create_engine, parse_address
from rebalancer.adapters.storage.journal import SqlJournal
from rebalancer.domain.evidence import GENESIS, verify_chain
from rebalancer.errors import ConflictError, NotFoundError, StorageError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Change, Portfolio
from rebalancer.workflows.create_portfolio import create_portfolio
from rebalancer.workflows.verify_audit import verify_audit
from tests.support.applications import NOON, MovableClock, opened
from tests.support.records import DONE, a_run, a_version


async def test_what_is_committed_lasts_beyond_the_process(
    app: Application, portfolio: Portfolio, database_url: str, clock: MovableClock
) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        await unit.targets.add(a_version())
        await unit.commit(DONE)
    async with opened(database_url, clock) as again, again.journal.view(portfolio.id) as view:
        assert await view.targets.current() == a_version()
        assert view.portfolio == portfolio


async def test_a_unit_that_is_left_without_commit_changes_nothing(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        await unit.targets.add(a_version())
    async with app.journal.view(portfolio.id) as view:
        assert await view.targets.current() is None
    assert len(await app.journal.events()) == 1


async def test_a_unit_that_fails_changes_nothing(app: Application, portfolio: Portfolio) -> None:
    async def fail() -> None:
        async with app.journal.unit(portfolio.id) as unit:
            await unit.targets.add(a_version())
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with app.journal.view(portfolio.id) as view:
        assert await view.targets.current() is None


async def test_no_change_can_be_committed_without_an_audit_event(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        await unit.targets.add(a_version())
        with pytest.raises(AssertionError):
            await unit.commit()


async def test_a_unit_commits_once(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        await unit.runs.start(a_run("r"))
        await unit.commit(DONE)
        with pytest.raises(AssertionError):
            await unit.commit(DONE)
    assert len(await app.journal.events()) == 2


async def test_an_unknown_portfolio_is_not_found(app: Application) -> None:
    with pytest.raises(NotFoundError, match="portfolio_not_found"):
        async with app.journal.view("nobody"):
            pass
    with pytest.raises(NotFoundError, match="portfolio_not_found"):
        async with app.journal.unit("nobody"):
            pass


async def test_a_view_never_makes_anything_last(app: Application, portfolio: Portfolio) -> None:
    # One engine refuses the write, the other undoes it: both keep the promise.
    with contextlib.suppress(StorageError):
        async with app.journal.view(portfolio.id) as view:
            await view.targets.add(a_version())
    async with app.journal.view(portfolio.id) as view:
        assert await view.targets.current() is None


async def test_a_view_sees_one_instant(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.view(portfolio.id) as view:
        assert await view.targets.current() is None
        async with app.journal.unit(portfolio.id) as unit:
            await unit.targets.add(a_version())
            await unit.commit(DONE)
        assert await view.targets.current() is None


async def test_portfolios_do_not_see_each_other(app: Application, portfolio: Portfolio) -> None:
    other = await create_portfolio(app, "Other")
    async with app.journal.unit(portfolio.id) as unit:
        sha256 = await unit.contents.put(b"secret")
        await unit.targets.add(a_version())
        await unit.runs.start(a_run("r"))
        await unit.commit(DONE)
    async with app.journal.view(other.id) as view:
        assert await view.targets.current() is None
        assert await view.runs.find("r") is None
        with pytest.raises(NotFoundError, match="content_not_found"):
            await view.contents.get(sha256)


async def test_portfolios_are_listed_oldest_first_and_named_once(app: Application, clock: MovableClock) -> None:
    first = await create_portfolio(app, "Zebra")
    clock.move(seconds=1)
    second = await create_portfolio(app, "Aardvark")
    assert await app.journal.portfolios() == (first, second)
    with pytest.raises(ConflictError, match="portfolio_name_taken"):
        await create_portfolio(app, "Zebra")


async def test_writers_of_one_portfolio_take_turns(app: Application, portfolio: Portfolio) -> None:
    async def save_next() -> None:
        async with app.journal.unit(portfolio.id) as unit:
            current = await unit.targets.current()
            await asyncio.sleep(0.01)
            await unit.targets.add(a_version((current.version if current else 0) + 1))
            await unit.commit(DONE)

    await asyncio.gather(*(save_next() for _ in range(5)))
    async with app.journal.view(portfolio.id) as view:
        assert [version.version for version in await view.targets.all(limit=9)] == [5, 4, 3, 2, 1]


async def test_writers_of_several_portfolios_append_to_one_unbroken_chain(app: Application) -> None:
    portfolios = [await create_portfolio(app, f"P{number}") for number in range(4)]

    async def work(portfolio: Portfolio) -> None:
        for number in range(3):
            async with app.journal.unit(portfolio.id) as unit:
                await unit.runs.start(a_run(f"r{number}"))
                await unit.commit(DONE, DONE)

    await asyncio.gather(*map(work, portfolios))
    events = await app.journal.events()
    assert [event.sequence for event in events] == list(range(1, 4 + 4 * 3 * 2 + 1))
    assert verify_chain(events).intact


async def test_a_writer_that_waits_too_long_is_told_that_the_database_is_busy(
    app: Application, portfolio: Portfolio, database_url: str
) -> None:
    engine = create_engine(parse_address(database_url), busy_timeout_s=0.05)
    impatient = SqlJournal(engine, MovableClock(), LocalOwner())
    async with app.journal.unit(portfolio.id):
        with pytest.raises(StorageError, match="database_busy"):
            async with impatient.unit(portfolio.id):
                pass
        async with impatient.view(portfolio.id) as view:
            assert view.portfolio == portfolio
    async with impatient.unit(portfolio.id) as unit:
        await unit.commit(DONE)
    await engine.dispose()


async def test_an_audit_event_tells_who_did_what_when_where(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        await unit.commit(Change("step_ticked", "a:move-1", {"größe": "1.50", "n": 2}))
    created, ticked = await app.journal.events()
    assert (created.action, created.previous_hash, created.sequence) == ("portfolio_created", GENESIS, 1)
    assert (ticked.at, ticked.principal, ticked.portfolio_id) == (NOON, "owner", portfolio.id)
    assert (ticked.action, ticked.subject, ticked.payload) == ("step_ticked", "a:move-1", {"größe": "1.50", "n": 2})
    assert ticked.previous_hash == created.hash


async def test_the_chain_is_read_in_pieces(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        await unit.commit(*[DONE] * 5)
    assert [event.sequence for event in await app.journal.events(after=2, limit=3)] == [3, 4, 5]
    verdict = await verify_audit(app)
    assert verdict.intact
    assert verdict.events == 6
