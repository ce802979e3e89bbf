"""Plans and their ticks."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from sqlalchemy import RowMapping

from rebalancer.adapters.storage.scope import Scope
from rebalancer.adapters.storage.tables import PLAN_INPUTS, PLAN_STEPS, PLANS
from rebalancer.domain.content import canonical_bytes
from rebalancer.errors import NotFoundError
from rebalancer.ports.records import PlanSummary, StoredPlan, Tick


@dataclass(frozen=True, slots=True)
class StoredPlans:
    """Implements the port ``Plans``."""

    scope: Scope

    async def add(self, plan: StoredPlan) -> None:
        """Store a plan and the hashes of its inputs, once."""
        values = asdict(plan.summary)
        inputs, plan_id = values.pop("inputs"), plan.summary.plan_id
        if await self.scope.one(PLANS, plan_id=plan_id) is not None:
            return
        text = canonical_bytes(plan.document).decode()
        await self.scope.add(PLANS, **values, document=text, number=await self.scope.next_number(PLANS))
        for name, sha256 in sorted(inputs.items()):
            await self.scope.add(PLAN_INPUTS, plan_id=plan_id, name=name, sha256=sha256)

    async def find(self, plan_id: str) -> StoredPlan | None:
        """One plan."""
        row = await self.scope.one(PLANS, plan_id=plan_id)
        return StoredPlan(await self._summary(row), json.loads(row["document"])) if row is not None else None

    async def all(self, *, limit: int, after: str | None = None) -> tuple[PlanSummary, ...]:
        """A page, newest first."""
        query = self.scope.select(PLANS).order_by(PLANS.c.number.desc()).limit(limit)
        if after is not None:
            row = await self.scope.one(PLANS, plan_id=after)
            if row is None:
                raise NotFoundError("plan_not_found", {"plan": after[:80]})
            query = query.where(PLANS.c.number < row["number"])
        return tuple([await self._summary(row) for row in await self.scope.all(query)])

    async def ticks(self, plan_id: str) -> tuple[Tick, ...]:
        """Steps that are done."""
        rows = await self.scope.all(self.scope.select(PLAN_STEPS, plan_id=plan_id))
        found = [Tick(row["step_id"], row["done_at"], row["done_by"]) for row in rows]
        return tuple(sorted(found, key=lambda tick: tick.step_id))

    async def tick(self, plan_id: str, tick: Tick) -> None:
        """Mark a step as done."""
        key = {"plan_id": plan_id, "step_id": tick.step_id}
        if await self.scope.one(PLAN_STEPS, **key) is None:
            await self.scope.add(PLAN_STEPS, **key, done_at=tick.done_at, done_by=tick.done_by)

    async def untick(self, plan_id: str, step_id: str) -> None:
        """Mark a step as not done."""
        await self.scope.remove(PLAN_STEPS, plan_id=plan_id, step_id=step_id)

    async def _summary(self, row: RowMapping) -> PlanSummary:
        rows = await self.scope.all(self.scope.select(PLAN_INPUTS, plan_id=row["plan_id"]))
        inputs = {found["name"]: found["sha256"] for found in sorted(rows, key=lambda found: str(found["name"]))}
        own = {field.name: row[field.name] for field in fields(PlanSummary) if field.name != "inputs"}
        return PlanSummary(**own, inputs=inputs)
