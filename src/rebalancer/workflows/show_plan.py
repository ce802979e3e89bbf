"""Show plans: list them, show one with its age and its steps, hand out its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from rebalancer.domain.content import JsonObject, canonical_bytes
from rebalancer.errors import InputError, NotFoundError
from rebalancer.ports.application import Application
from rebalancer.ports.journal import View
from rebalancer.ports.records import PlanSummary, StoredPlan, Tick

STAGES: Final = ("now", "after")
_ID_LENGTH: Final = 64
_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do by hand.

    Attributes:
        id: ``move-<n>`` or ``action-<n>``.
        stage: ``move``, ``now`` or ``after``.
        entry: The move or action of the plan's document.
        tick: When and by whom it was ticked off; None while it is open.
    """

    id: str
    stage: str
    entry: JsonObject
    tick: Tick | None


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """One plan; ``expired`` when its time for approval is over and it must be made anew."""

    plan: StoredPlan
    expired: bool
    steps: tuple[Step, ...]


async def list_plans(
    app: Application, portfolio_id: str, *, limit: int = 50, after: str | None = None
) -> tuple[PlanSummary, ...]:
    """Plans stored before the plan ``after``, newest first.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``plan_not_found``.
    """
    async with app.journal.view(portfolio_id) as view:
        return await view.plans.all(limit=limit, after=after)


async def find_plan_id(app: Application, portfolio_id: str, beginning: str) -> str:
    """The whole id of the one plan whose id begins so; a whole id is given back as it is.

    Raises:
        InputError: ``plan_ambiguous``: several plans begin so.
        NotFoundError: ``portfolio_not_found`` or ``plan_not_found``.
    """
    if len(beginning) >= _ID_LENGTH:
        return beginning
    found: list[str] = []
    after: str | None = None
    while page := await list_plans(app, portfolio_id, limit=_PAGE, after=after):
        found += [plan.plan_id for plan in page if beginning and plan.plan_id.startswith(beginning.casefold())]
        after = page[-1].plan_id
    if not found:
        raise NotFoundError("plan_not_found", {"plan": beginning})
    if len(found) > 1:
        raise InputError("plan_ambiguous", {"plan": beginning, "count": str(len(found))})
    return found[0]


async def show_plan(app: Application, portfolio_id: str, plan_id: str) -> ShownPlan:
    """One plan with its steps: moves first, then what can be done now, then what follows the moves.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``plan_not_found``.
    """
    async with app.journal.view(portfolio_id) as view:
        plan = await stored_plan(view, plan_id)
        ticks = {tick.step_id: tick for tick in await view.plans.ticks(plan_id)}
    return ShownPlan(plan, is_expired(plan.summary, app.clock.now()), steps_of(plan.document, ticks))


async def export_plan(app: Application, portfolio_id: str, plan_id: str) -> bytes:
    """The plan's document in canonical form: the very bytes its hash stands on, with the hash in them.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``plan_not_found``.
    """
    async with app.journal.view(portfolio_id) as view:
        return canonical_bytes((await stored_plan(view, plan_id)).document)


async def stored_plan(view: View, plan_id: str) -> StoredPlan:
    """One plan, inside a view or unit.

    Raises:
        NotFoundError: ``plan_not_found``.
    """
    plan = await view.plans.find(plan_id)
    if plan is None:
        raise NotFoundError("plan_not_found", {"plan": plan_id[:80]})
    return plan


def is_expired(plan: PlanSummary, now: datetime) -> bool:
    """Whether the plan's time for approval is over."""
    return now >= plan.expires_at


def steps_of(document: JsonObject, ticks: Mapping[str, Tick]) -> tuple[Step, ...]:
    """Every step of a plan's document, in the order in which they are done."""
    moves = [(f"move-{entry['n']}", "move", entry) for entry in _entries(document, "moves")]
    actions = [
        (f"action-{entry['n']}", stage, entry)
        for stage in STAGES
        for entry in _entries(document, "actions")
        if entry["stage"] == stage
    ]
    return tuple(Step(step, stage, entry, ticks.get(step)) for step, stage, entry in (*moves, *actions))


def _entries(document: JsonObject, name: str) -> Sequence[JsonObject]:
    return cast("Sequence[JsonObject]", document[name])
