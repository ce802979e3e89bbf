from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rebalancer.domain.assets import AssetId
from rebalancer.domain.content import canonical_bytes, content_hash
from rebalancer.errors import ConflictError, NotFoundError, PlanRefusedError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio, RunState, StoredPlan
from rebalancer.workflows.certify_plan import certified_plan
from rebalancer.workflows.check_plan import check_plan
from rebalancer.workflows.choose_groups import choose_groups
from rebalancer.workflows.collect_inputs import rebuilt_inputs
from rebalancer.workflows.import_markets import import_markets
from rebalancer.workflows.import_prices import import_prices
from rebalancer.workflows.list_runs import find_run, list_runs
from rebalancer.workflows.propose_plan import propose_plan
from rebalancer.workflows.save_targets import save_targets
from rebalancer.workflows.show_overview import show_overview
from rebalancer.workflows.show_plan import export_plan, list_plans, show_plan
from rebalancer.workflows.tick_step import tick_step
from rebalancer.workflows.verify_audit import verify_audit
from tests.support.applications import NOON, MovableClock
from tests.support.files import TARGETS, hold
from tests.workflows.test_input_files import MARKETS, PRICES

MOSTLY_COLD = (
    "BTC,1,Ledger Wallets,64000,USD",
    "ETH,8,Kraken,20000,USD",
    "USD,16000,Kraken,16000,USD",
)


@pytest.fixture
async def plan(app: Application, portfolio: Portfolio) -> StoredPlan:
    await hold(app, portfolio.id)
    await save_targets(app, portfolio.id, TARGETS)
    return await propose_plan(app, portfolio.id)


async def test_a_plan_is_certified_stored_and_found(app: Application, portfolio: Portfolio, plan: StoredPlan) -> None:
    shown = await show_plan(app, portfolio.id, plan.summary.plan_id)
    assert shown.plan == plan
    assert shown.plan.document["plan_id"] == plan.summary.plan_id
    assert (plan.summary.as_of, plan.summary.targets_version) == (NOON, 1)
    assert plan.summary.actions == len(shown.steps) - plan.summary.moves > 0
    assert await list_plans(app, portfolio.id) == (plan.summary,)
    assert (await show_overview(app, portfolio.id)).latest_plan == plan.summary


async def test_the_name_of_a_plan_is_the_hash_of_the_rest(
    app: Application, portfolio: Portfolio, plan: StoredPlan
) -> None:
    document = json.loads(await export_plan(app, portfolio.id, plan.summary.plan_id))
    assert content_hash({name: value for name, value in document.items() if name != "plan_id"}) == document["plan_id"]


async def test_what_is_stored_makes_the_same_plan_again_byte_for_byte(
    app: Application, portfolio: Portfolio, plan: StoredPlan, clock: MovableClock
) -> None:
    await hold(app, portfolio.id, "BTC,99,Kraken,1,USD")
    await import_prices(app, portfolio.id, PRICES)
    await save_targets(app, portfolio.id, '[targets]\nBTC = "100%"\n')
    clock.move(days=400)
    summary = plan.summary
    async with app.journal.view(portfolio.id) as view:
        documents = {name: await view.contents.get(sha256) for name, sha256 in summary.inputs.items()}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in documents.items()} == summary.inputs
    again = certified_plan(rebuilt_inputs(documents, summary.inputs, summary.as_of))
    assert canonical_bytes(again) == await export_plan(app, portfolio.id, summary.plan_id)
    assert (await check_plan(app, portfolio.id, summary.plan_id)).passed


async def test_prices_and_markets_are_inputs_too(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id)
    await import_prices(app, portfolio.id, PRICES)
    await import_markets(app, portfolio.id, MARKETS)
    await save_targets(app, portfolio.id, TARGETS)
    plan = await propose_plan(app, portfolio.id)
    assert {"prices", "markets"} <= plan.summary.inputs.keys()
    assert (await check_plan(app, portfolio.id, plan.summary.plan_id)).passed


async def test_a_stored_plan_that_was_edited_fails_its_check(
    app: Application, portfolio: Portfolio, plan: StoredPlan, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "home" / "rebalancer.sqlite3", isolation_level=None)) as hand:
        hand.execute("DROP TRIGGER plans_no_update")
        (text,) = hand.execute("SELECT document FROM plans").fetchone()
        document = json.loads(text)
        document["actions"][0]["est_quantity"] += "1"
        hand.execute("UPDATE plans SET document = ?", (json.dumps(document),))
    assert not (await check_plan(app, portfolio.id, plan.summary.plan_id)).passed


async def test_a_plan_expires_after_thirty_minutes(
    app: Application, portfolio: Portfolio, plan: StoredPlan, clock: MovableClock
) -> None:
    plan_id = plan.summary.plan_id
    clock.move(minutes=30, microseconds=-1)
    assert not (await show_plan(app, portfolio.id, plan_id)).expired
    clock.move(microseconds=1)
    assert (await show_plan(app, portfolio.id, plan_id)).expired


async def test_steps_are_ticked_off_and_opened_again(
    app: Application, portfolio: Portfolio, plan: StoredPlan, clock: MovableClock
) -> None:
    plan_id = plan.summary.plan_id
    done = await tick_step(app, portfolio.id, plan_id, "action-1", done=True)
    assert done.tick is not None
    assert (done.tick.done_at, done.tick.done_by) == (NOON, "owner")
    clock.move(hours=1)
    assert await tick_step(app, portfolio.id, plan_id, "action-1", done=True) == done
    steps = {step.id: step.tick for step in (await show_plan(app, portfolio.id, plan_id)).steps}
    assert [name for name, tick in steps.items() if tick is not None] == ["action-1"]
    assert (await tick_step(app, portfolio.id, plan_id, "action-1", done=False)).tick is None
    actions = [event.action for event in await app.journal.events()]
    assert actions[-2:] == ["step_ticked", "step_unticked"]
    assert (await show_plan(app, portfolio.id, plan_id)).plan == plan, "a tick never changes the plan"


async def test_steps_are_never_resumed_after_a_week(
    app: Application, portfolio: Portfolio, plan: StoredPlan, clock: MovableClock
) -> None:
    clock.move(days=7)
    with pytest.raises(ConflictError, match="steps_expired"):
        await tick_step(app, portfolio.id, plan.summary.plan_id, "action-1", done=True)


async def test_a_step_or_plan_that_is_not_there_is_not_found(
    app: Application, portfolio: Portfolio, plan: StoredPlan
) -> None:
    with pytest.raises(NotFoundError, match="step_not_found"):
        await tick_step(app, portfolio.id, plan.summary.plan_id, "action-99", done=True)
    with pytest.raises(NotFoundError, match="plan_not_found"):
        await tick_step(app, portfolio.id, "nothing", "action-1", done=True)
    with pytest.raises(NotFoundError, match="plan_not_found"):
        await check_plan(app, portfolio.id, "nothing")


async def test_moves_come_before_what_they_make_possible(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, *MOSTLY_COLD)
    await save_targets(app, portfolio.id, TARGETS)
    plan = await propose_plan(app, portfolio.id)
    steps = (await show_plan(app, portfolio.id, plan.summary.plan_id)).steps
    stages = [step.stage for step in steps]
    assert "move" in stages
    assert stages == sorted(stages, key=["move", "now", "after"].index)


async def test_every_attempt_is_a_run(app: Application, portfolio: Portfolio, clock: MovableClock) -> None:
    with pytest.raises(ConflictError, match="targets_missing"):
        await propose_plan(app, portfolio.id)
    await save_targets(app, portfolio.id, '[targets]\nBTC = "50%"\nStablecoins = "50%"\n')
    with pytest.raises(ConflictError, match="holdings_missing"):
        await propose_plan(app, portfolio.id)
    await hold(app, portfolio.id)
    with pytest.raises(PlanRefusedError, match="group_not_in_targets"):
        await propose_plan(app, portfolio.id)
    await save_targets(app, portfolio.id, TARGETS)
    clock.move(minutes=1)
    plan = await propose_plan(app, portfolio.id)
    runs = await list_runs(app, portfolio.id)
    assert [(run.state, run.error) for run in runs] == [
        (RunState.DONE, None),
        (RunState.FAILED, "group_not_in_targets"),
        (RunState.FAILED, "holdings_missing"),
        (RunState.FAILED, "targets_missing"),
    ]
    assert runs[0].result == plan.summary.plan_id
    assert runs[1].numbers == {"groups": "ETH"}
    assert await find_run(app, portfolio.id, runs[0].id) == runs[0]
    with pytest.raises(NotFoundError, match="run_not_found"):
        await find_run(app, portfolio.id, "nothing")


async def test_a_run_that_our_own_fault_ends_is_not_left_running(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id)
    await save_targets(app, portfolio.id, TARGETS)

    def fault(*_: object) -> None:
        raise ZeroDivisionError

    faulty = replace(app, files=replace(app.files, targets=fault))  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError):
        await propose_plan(faulty, portfolio.id)
    (run,) = await list_runs(app, portfolio.id)
    assert (run.state, run.error) == (RunState.FAILED, "internal_error")


async def test_a_balanced_portfolio_has_a_plan_of_nothing(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "BTC,0.5,Kraken,40,USD", "ETH,1,Kraken,30,USD", "USD,30,Kraken,30,USD")
    await save_targets(app, portfolio.id, TARGETS)
    plan = await propose_plan(app, portfolio.id)
    assert (plan.summary.actions, plan.summary.moves) == (0, 0)
    assert plan.document["nothing_to_do"] is not None


async def test_the_same_inputs_at_the_same_instant_are_one_plan(
    app: Application, portfolio: Portfolio, plan: StoredPlan
) -> None:
    assert await propose_plan(app, portfolio.id) == plan
    assert len(await list_plans(app, portfolio.id)) == 1
    assert len(await list_runs(app, portfolio.id)) == 2


async def test_everything_that_happened_is_in_the_chain(
    app: Application, portfolio: Portfolio, plan: StoredPlan
) -> None:
    await choose_groups(app, portfolio.id, {AssetId("bitcoin"): "Others"})
    assert plan.summary.plan_id
    actions = [event.action for event in await app.journal.events()]
    assert actions == [
        "portfolio_created",
        "holdings_imported",
        "targets_saved",
        "run_started",
        "plan_proposed",
        "run_done",
        "group_chosen",
    ]
    assert (await verify_audit(app)).intact


async def test_an_audit_event_that_was_edited_is_named(
    app: Application, portfolio: Portfolio, plan: StoredPlan, tmp_path: Path
) -> None:
    assert portfolio.id
    with closing(sqlite3.connect(tmp_path / "home" / "rebalancer.sqlite3", isolation_level=None)) as hand:
        hand.execute("DROP TRIGGER audit_events_no_update")
        hand.execute("UPDATE audit_events SET subject = 'other' WHERE sequence = 5")
    verdict = await verify_audit(app)
    assert (verdict.intact, verdict.broken_at, verdict.reason) == (False, 5, "hash")
    assert plan.summary.plan_id
