"""Plans and their ticks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Final

from sqlalchemy import RowMapping

from rebalancer.adapters.storage.scope import Scope
from rebalancer.adapters.storage.tables import PLAN_INPUTS, PLAN_STEPS, PLANS
from rebalancer.domain.content import canonical_bytes
from rebalancer.errors import NotFoundError
from rebalancer.ports.records import PlanSummary, StoredPlan, Tick

_SUMMARY: Final = tuple(PLANS.c[field.name] for field in fields(PlanSummary) if field.name != "inputs")


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
        text = await asyncio.to_thread(lambda: canonical_bytes(plan.document).decode())
        await self.scope.add(PLANS, **values, document=text, number=await self.scope.next_number(PLANS))
        for name, sha256 in sorted(inputs.items()):
            await self.scope.add(PLAN_INPUTS, plan_id=plan_id, name=name, sha256=sha256)

    async def find(self, plan_id: str) -> StoredPlan | None:
        """One plan."""
        row = await self.scope.one(PLANS, plan_id=plan_id)
        if row is None:
            return None
        (summary,) = await self._summaries([row])
        return StoredPlan(summary, await asyncio.to_thread(json.loads, row["document"]))

    async def all(self, *, limit: int, after: str | None = None) -> tuple[PlanSummary, ...]:
        """A page, newest first."""
        query = self.scope.select(PLANS).order_by(PLANS.c.number.desc()).limit(limit)
        if after is not None:
            row = await self.scope.one(PLANS, plan_id=after)
            if row is None:
                raise NotFoundError("plan_not_found", {"plan": after[:80]})
            query = query.where(PLANS.c.number < row["number"])
        # Without the documents: a list is small, what it lists is not.
        return tuple(await self._summaries(await self.scope.all(query.with_only_columns(*_SUMMARY))))

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

    async def _summaries(self, rows: Sequence[RowMapping]) -> list[PlanSummary]:
        named = PLAN_INPUTS.c.plan_id.in_([row["plan_id"] for row in rows])
        inputs: dict[str, dict[str, str]] = {}
        for found in await self.scope.all(self.scope.select(PLAN_INPUTS).where(named).order_by(PLAN_INPUTS.c.name)):
            inputs.setdefault(found["plan_id"], {})[found["name"]] = found["sha256"]
        own = [{column.name: row[column.name] for column in _SUMMARY} for row in rows]
        return [PlanSummary(**values, inputs=inputs.get(values["plan_id"], {})) for values in own]
