"""Contracts of the nouns in a unit of work: contents, accounts, decisions, places, files, targets, plans, runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from rebalancer.domain.assets import AssetId, Decision
from rebalancer.domain.places import Availability, Executor, Place, PlaceKind
from rebalancer.errors import NotFoundError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Account, FileKind, InputFile, OwnAsset, Portfolio, RunState, Tick
from tests.support.applications import NOON
from tests.support.records import DONE, a_plan, a_run, a_snapshot, a_version

LEDGER = Place("Ledger Wallets", PlaceKind.COLD, None, Availability.COLD, Executor.HAND, guessed=False)


async def test_contents_come_back_under_their_hash_and_are_stored_once(app: Application, portfolio: Portfolio) -> None:
    data = bytes(range(256)) * 100
    async with app.journal.unit(portfolio.id) as unit:
        first, second = await unit.contents.put(data), await unit.contents.put(data)
        await unit.commit(DONE)
    assert first == second
    async with app.journal.view(portfolio.id) as view:
        assert await view.contents.get(first) == data
        with pytest.raises(NotFoundError, match="content_not_found"):
            await view.contents.get("0" * 64)


async def test_the_newest_snapshot_of_an_account_counts(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        await a_snapshot(unit, "s1", "Main", b"one")
        newer = replace(
            await a_snapshot(unit, "s2", "Main", b"two"), id="s3", as_of=NOON - timedelta(days=1), currency=None
        )
        await unit.accounts.add_snapshot(newer)
        other = await a_snapshot(unit, "s4", "Alone")
        await unit.commit(DONE)
    async with app.journal.view(portfolio.id) as view:
        assert await view.accounts.all() == (Account("Alone", NOON, other), Account("Main", NOON, newer))
        assert await view.accounts.find("Main") == Account("Main", NOON, newer)
        assert await view.accounts.find("Nobody") is None


async def test_a_cleared_account_holds_nothing_until_the_next_snapshot(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        await a_snapshot(unit)
        await unit.accounts.clear("Main")
        assert await unit.accounts.find("Main") == Account("Main", NOON, None)
        with pytest.raises(NotFoundError, match="account_not_found"):
            await unit.accounts.clear("Main")
        with pytest.raises(NotFoundError, match="account_not_found"):
            await unit.accounts.clear("Nobody")
        again = await a_snapshot(unit, "s2")
        assert await unit.accounts.find("Main") == Account("Main", NOON, again)


async def test_decisions_replace_each_other_and_can_be_taken_back(app: Application, portfolio: Portfolio) -> None:
    spam = Decision("cointracking", "XYZ", None)
    known = Decision("cointracking", "XYZ", AssetId("bitcoin"))
    everywhere = Decision("*", "XYZ", AssetId("ethereum"))
    async with app.journal.unit(portfolio.id) as unit:
        for decision in (spam, known, everywhere):
            await unit.decisions.decide(decision)
        assert await unit.decisions.identities() == (everywhere, known)
        await unit.decisions.decide(spam)
        await unit.decisions.forget("*", "XYZ")
        assert await unit.decisions.identities() == (spam,)
        with pytest.raises(NotFoundError, match="decision_not_found"):
            await unit.decisions.forget("*", "XYZ")


async def test_own_assets_and_groups_are_kept(app: Application, portfolio: Portfolio) -> None:
    foo = OwnAsset(AssetId("own-foo"), "FOO", "Foo", "DeFi", NOON)
    async with app.journal.unit(portfolio.id) as unit:
        await unit.decisions.add_own_asset(replace(foo, group="Others"))
        await unit.decisions.add_own_asset(foo)
        await unit.decisions.choose_group(AssetId("solana"), "Others")
        await unit.decisions.choose_group(AssetId("solana"), "SOL")
        await unit.decisions.choose_group(AssetId("bitcoin"), "BTC")
        await unit.commit(DONE)
    async with app.journal.view(portfolio.id) as view:
        assert await view.decisions.own_assets() == (foo,)
        assert await view.decisions.groups() == {"bitcoin": "BTC", "solana": "SOL"}


async def test_an_own_asset_is_forgotten_with_its_group(app: Application, portfolio: Portfolio) -> None:
    foo, bar = (OwnAsset(AssetId(f"own-{name}"), name.upper(), name, "DeFi", NOON) for name in ("foo", "bar"))
    async with app.journal.unit(portfolio.id) as unit:
        for asset in (foo, bar):
            await unit.decisions.add_own_asset(asset)
            await unit.decisions.choose_group(asset.id, "Others")
        await unit.decisions.remove_own_asset(foo.id)
        with pytest.raises(NotFoundError, match="asset_not_found"):
            await unit.decisions.remove_own_asset(foo.id)
        await unit.commit(DONE)
    async with app.journal.view(portfolio.id) as view:
        assert await view.decisions.own_assets() == (bar,)
        assert await view.decisions.groups() == {bar.id: "Others"}


async def test_places_are_said_and_unsaid(app: Application, portfolio: Portfolio) -> None:
    kraken = Place("Kraken", PlaceKind.SPOT, "kraken", Availability.FREE, Executor.API, guessed=False)
    async with app.journal.unit(portfolio.id) as unit:
        await unit.places.say(replace(LEDGER, kind=PlaceKind.WALLET, venue="ledger"))
        await unit.places.say(LEDGER)
        await unit.places.say(kraken)
        assert await unit.places.said() == (kraken, LEDGER)
        await unit.places.unsay("Kraken")
        assert await unit.places.said() == (LEDGER,)
        with pytest.raises(NotFoundError, match="place_not_found"):
            await unit.places.unsay("Kraken")


async def test_one_input_file_of_each_kind_counts(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        sha256 = await unit.contents.put(b"x")
        prices = InputFile(FileKind.PRICES, "p.csv", sha256, sha256, 3, NOON)
        await unit.files.replace(replace(prices, file="old.csv"))
        await unit.files.replace(prices)
        assert await unit.files.current(FileKind.PRICES) == prices
        assert await unit.files.current(FileKind.MARKETS) is None
        await unit.files.clear(FileKind.PRICES)
        assert await unit.files.current(FileKind.PRICES) is None
        with pytest.raises(NotFoundError, match="input_file_not_found"):
            await unit.files.clear(FileKind.PRICES)


async def test_target_versions_only_grow(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        for number in (1, 2, 3):
            await unit.targets.add(a_version(number, f"version {number}"))
        with pytest.raises(AssertionError):
            await unit.targets.add(a_version(5))
        assert await unit.targets.current() == a_version(3, "version 3")
        assert await unit.targets.find(2) == a_version(2, "version 2")
        assert await unit.targets.find(9) is None
        assert [version.version for version in await unit.targets.all(limit=2)] == [3, 2]
        assert [version.version for version in await unit.targets.all(limit=2, before=2)] == [1]


@pytest.mark.parametrize(
    "amount",
    ["0", "-0.01", "0.000000000000000001", "123456789012345678901234567890.123456789012345678", "1E+30", "-1E-30"],
)
async def test_money_comes_back_exactly(app: Application, portfolio: Portfolio, amount: str) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        plan = await a_plan(unit, amount, total_value=Decimal(amount))
        await unit.commit(DONE)
    async with app.journal.view(portfolio.id) as view:
        found = await view.plans.find(plan.summary.plan_id)
    assert found == plan
    assert found.summary.total_value == Decimal(amount)
    assert isinstance(found.summary.total_value, Decimal)


async def test_a_plan_is_stored_once_and_listed_newest_first(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        plans = [await a_plan(unit, text) for text in ("one", "two", "three")]
        await unit.plans.add(plans[0])
        one, two, three = (plan.summary for plan in plans)
        assert await unit.plans.all(limit=9) == (three, two, one)
        assert await unit.plans.all(limit=1, after=three.plan_id) == (two,)
        assert await unit.plans.find("nothing") is None
        with pytest.raises(NotFoundError, match="plan_not_found"):
            await unit.plans.all(limit=1, after="nothing")


async def test_ticks_keep_their_first_instant(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        plan_id = (await a_plan(unit)).summary.plan_id
        await unit.plans.tick(plan_id, Tick("move-1", NOON, "owner"))
        await unit.plans.tick(plan_id, Tick("move-1", NOON + timedelta(hours=1), "other"))
        await unit.plans.tick(plan_id, Tick("action-1", NOON, "owner"))
        assert await unit.plans.ticks(plan_id) == (Tick("action-1", NOON, "owner"), Tick("move-1", NOON, "owner"))
        await unit.plans.untick(plan_id, "move-1")
        await unit.plans.untick(plan_id, "move-1")
        assert await unit.plans.ticks(plan_id) == (Tick("action-1", NOON, "owner"),)


async def test_runs_are_listed_newest_first_with_their_outcome(app: Application, portfolio: Portfolio) -> None:
    async with app.journal.unit(portfolio.id) as unit:
        for name in ("z", "a", "m"):
            await unit.runs.start(a_run(name))
        done = replace(a_run("z"), state=RunState.DONE, finished_at=NOON, result="plan")
        failed = replace(a_run("a"), state=RunState.FAILED, finished_at=NOON, error="e", numbers={"n": "1"})
        await unit.runs.finish(done)
        await unit.runs.finish(failed)
        assert await unit.runs.all(limit=9) == (a_run("m"), failed, done)
        assert await unit.runs.all(limit=9, after="a") == (done,)
        assert await unit.runs.find("m") == a_run("m")
        await unit.runs.start(a_run("b"))
        assert await unit.runs.running() == (a_run("m"), a_run("b"))
        assert await unit.runs.find("nothing") is None
        with pytest.raises(NotFoundError, match="run_not_found"):
            await unit.runs.finish(a_run("nothing"))
        with pytest.raises(NotFoundError, match="run_not_found"):
            await unit.runs.all(limit=1, after="nothing")
