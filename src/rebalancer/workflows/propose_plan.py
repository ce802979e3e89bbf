"""Propose a plan: from the stored portfolio to a certified, stored plan."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import cast

from rebalancer.domain.content import JsonObject
from rebalancer.errors import ConflictError, RebalancerError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Change, PlanSummary, Run, RunState, StoredPlan
from rebalancer.workflows.certify_plan import certified_plan
from rebalancer.workflows.collect_inputs import input_documents, rebuilt_inputs, stored_inputs
from rebalancer.workflows.join_portfolio import PortfolioState
from rebalancer.workflows.read_portfolio import read_portfolio

PROPOSE_PLAN = "propose_plan"
INTERNAL_ERROR = "internal_error"  # A run that our own fault ended; the log has the story.


@dataclass(frozen=True, slots=True)
class ProposedPlan:
    """A certified plan before it is stored, with the bytes of every input."""

    document: JsonObject
    documents: Mapping[str, bytes]
    hashes: Mapping[str, str]
    targets_version: int


async def propose_plan(app: Application, portfolio_id: str) -> StoredPlan:
    """Make a plan of what is stored now, as of the clock's instant, and keep it with all its inputs.

    The attempt is a run, whatever comes of it.

    Raises:
        NotFoundError: ``portfolio_not_found``.
        ConflictError: ``targets_missing`` or ``holdings_missing``.
        PlanRefusedError: No plan may be made; ``certificate_failed`` when the independent checker refuses what the
            planner made.
        CurrencyMismatchError: ``currency_mismatch``.
    """
    run = await _start(app, portfolio_id)
    try:
        state = await read_portfolio(app, portfolio_id)
        proposed = await asyncio.to_thread(_proposed, state, app.clock.now())
    except RebalancerError as error:
        await _fail(app, portfolio_id, run, error.code, error.numbers)
        raise
    except Exception:
        await _fail(app, portfolio_id, run, INTERNAL_ERROR, {})
        raise
    return await _store(app, portfolio_id, run, proposed)


def _proposed(state: PortfolioState, as_of: datetime) -> ProposedPlan:
    if state.targets is None or state.version is None:
        raise ConflictError("targets_missing")
    if not state.rows:
        raise ConflictError("holdings_missing")
    documents = input_documents(stored_inputs(state, state.targets, as_of))
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in documents.items()}
    document = certified_plan(rebuilt_inputs(documents, hashes, as_of))
    return ProposedPlan(document, documents, hashes, state.version.version)


async def _start(app: Application, portfolio_id: str) -> Run:
    run = Run(app.ids.new(), PROPOSE_PLAN, RunState.RUNNING, app.clock.now())
    async with app.journal.unit(portfolio_id) as unit:
        await unit.runs.start(run)
        await unit.commit(Change("run_started", run.id, {"kind": run.kind}))
    return run


async def _fail(app: Application, portfolio_id: str, run: Run, code: str, numbers: Mapping[str, str]) -> None:
    ended = replace(run, state=RunState.FAILED, finished_at=app.clock.now(), error=code, numbers=dict(numbers))
    async with app.journal.unit(portfolio_id) as unit:
        await unit.runs.finish(ended)
        await unit.commit(Change("run_failed", run.id, {"kind": run.kind, "error": code}))


async def _store(app: Application, portfolio_id: str, run: Run, proposed: ProposedPlan) -> StoredPlan:
    now = app.clock.now()
    stored = StoredPlan(_summary(proposed, now), proposed.document)
    plan_id = stored.summary.plan_id
    ended = replace(run, state=RunState.DONE, finished_at=now, result=plan_id)
    async with app.journal.unit(portfolio_id) as unit:
        for data in proposed.documents.values():
            await unit.contents.put(data)
        await unit.plans.add(stored)
        await unit.runs.finish(ended)
        await unit.commit(
            Change("plan_proposed", plan_id, {"inputs": dict(proposed.hashes), "targets": proposed.targets_version}),
            Change("run_done", run.id, {"kind": run.kind, "result": plan_id}),
        )
    return stored


def _summary(proposed: ProposedPlan, now: datetime) -> PlanSummary:
    document = cast("Mapping[str, object]", proposed.document)
    cost = cast("Mapping[str, str]", document["cost"])
    return PlanSummary(
        plan_id=str(document["plan_id"]),
        created_at=now,
        as_of=datetime.fromisoformat(str(document["as_of"])),
        expires_at=datetime.fromisoformat(str(document["expires_at"])),
        currency=str(document["currency"]),
        total_value=Decimal(str(document["total_value"])),
        traded=Decimal(cost["traded"]),
        cost=Decimal(cost["total"]),
        actions=len(cast("list[object]", document["actions"])),
        moves=len(cast("list[object]", document["moves"])),
        approvable=bool(document["approvable"]),
        targets_version=proposed.targets_version,
        inputs=dict(proposed.hashes),
    )
