"""Plans and the steps ticked off in them."""

from __future__ import annotations

from typing import Protocol

from rebalancer.ports.records import PlanSummary, StoredPlan, Tick


class Plans(Protocol):
    """Plans of one portfolio. A plan is never changed; ticks lie beside it."""

    async def add(self, plan: StoredPlan) -> None:
        """Store a plan; a plan that is stored already stays as it is."""
        ...

    async def find(self, plan_id: str) -> StoredPlan | None:
        """One plan, or None."""
        ...

    async def all(self, *, limit: int, after: str | None = None) -> tuple[PlanSummary, ...]:
        """Plans stored before the plan ``after``, newest first, ``limit`` at most.

        Raises:
            NotFoundError: ``plan_not_found``: there is no plan ``after``.
        """
        ...

    async def ticks(self, plan_id: str) -> tuple[Tick, ...]:
        """Steps of a plan that are done, in the order of their ids."""
        ...

    async def tick(self, plan_id: str, tick: Tick) -> None:
        """Mark a step as done; a step that is done already keeps its first instant."""
        ...

    async def untick(self, plan_id: str, step_id: str) -> None:
        """Mark a step as not done."""
        ...
