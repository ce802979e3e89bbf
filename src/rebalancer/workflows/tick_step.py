"""Tick a step of a plan off, or open it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from rebalancer.errors import ConflictError, NotFoundError
from rebalancer.ports.application import Application
from rebalancer.ports.journal import Unit
from rebalancer.ports.records import Change, Tick
from rebalancer.workflows.show_plan import Step, steps_of, stored_plan

STEPS_LIFE: Final = timedelta(days=7)


async def tick_step(app: Application, portfolio_id: str, plan_id: str, step_id: str, *, done: bool) -> Step:
    """Say that a step is done, or that it is not, up to seven days after the plan; what is left then is planned anew.

    Raises:
        NotFoundError: ``portfolio_not_found``, ``plan_not_found`` or ``step_not_found``.
        ConflictError: ``steps_expired``.
    """
    async with app.journal.unit(portfolio_id) as unit:
        step = await _open_step(app, unit, plan_id, step_id)
        if (step.tick is not None) == done:
            return step
        tick = Tick(step_id, app.clock.now(), app.principals.current()) if done else None
        if tick is not None:
            await unit.plans.tick(plan_id, tick)
        else:
            await unit.plans.untick(plan_id, step_id)
        await unit.commit(Change("step_ticked" if done else "step_unticked", f"{plan_id}:{step_id}"))
    return Step(step.id, step.stage, step.entry, tick)


async def _open_step(app: Application, unit: Unit, plan_id: str, step_id: str) -> Step:
    plan = await stored_plan(unit, plan_id)
    if app.clock.now() >= plan.summary.created_at + STEPS_LIFE:
        raise ConflictError("steps_expired", {"plan": plan_id, "days": str(STEPS_LIFE.days)})
    ticks = {tick.step_id: tick for tick in await unit.plans.ticks(plan_id)}
    step = next((step for step in steps_of(plan.document, ticks) if step.id == step_id), None)
    if step is None:
        raise NotFoundError("step_not_found", {"plan": plan_id, "step": step_id[:80]})
    return step
