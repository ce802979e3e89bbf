"""Records for storage tests, complete and valid; a test names only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from rebalancer.domain.content import JsonObject, content_hash
from rebalancer.ports.journal import Unit
from rebalancer.ports.records import Change, PlanSummary, Run, RunState, Snapshot, StoredPlan, TargetVersion
from tests.support.applications import NOON

DONE = Change("tested", "something", {"fact": "1"})
TOML = '[targets]\nStablecoins = "100%"\n'


async def a_snapshot(unit: Unit, name: str = "s1", account: str = "Main", data: bytes = b"a,b") -> Snapshot:
    content, reading = await unit.contents.put(data), await unit.contents.put(b"{}" + data)
    snapshot = Snapshot(name, account, "f.csv", "generic_csv", "*", "EUR", None, NOON, 3, 1, content, reading)
    await unit.accounts.add_snapshot(snapshot)
    return snapshot


def a_version(number: int = 1, toml: str = TOML) -> TargetVersion:
    return TargetVersion(number, toml, "why", "owner", NOON)


def a_run(name: str) -> Run:
    return Run(name, "propose_plan", RunState.RUNNING, NOON)


async def a_plan(
    unit: Unit,
    text: str = "a plan",
    total_value: Decimal = Decimal("1234.5600000001"),
    inputs: Mapping[str, str] | None = None,
) -> StoredPlan:
    if await unit.targets.current() is None:
        await unit.targets.add(a_version())
    body: JsonObject = {"what": text, "actions": [{"n": 1, "stage": "now"}], "moves": []}
    summary = PlanSummary(
        plan_id=content_hash(body),
        created_at=NOON,
        as_of=NOON,
        expires_at=NOON + timedelta(minutes=30),
        currency="USD",
        total_value=total_value,
        traded=Decimal("0.1"),
        cost=Decimal(0),
        actions=1,
        moves=0,
        approvable=True,
        targets_version=1,
        inputs=inputs or {"holdings": await unit.contents.put(b"[]")},
    )
    plan = StoredPlan(summary, {**body, "plan_id": summary.plan_id})
    await unit.plans.add(plan)
    return plan


def renamed(snapshot: Snapshot, name: str) -> Snapshot:
    return replace(snapshot, id=name)
