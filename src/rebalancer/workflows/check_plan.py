"""Check a plan: run the independent checker again, on the stored plan and its stored inputs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from rebalancer.domain import certificate
from rebalancer.domain.certificate import Certificate
from rebalancer.ports.application import Application
from rebalancer.ports.records import StoredPlan
from rebalancer.workflows.collect_inputs import rebuilt_inputs
from rebalancer.workflows.show_plan import stored_plan


async def check_plan(app: Application, portfolio_id: str, plan_id: str) -> Certificate:
    """The certificate, made anew from what is stored.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``plan_not_found``.
        StorageError: ``database_damaged``: a stored input does not have its hash.
    """
    async with app.journal.view(portfolio_id) as view:
        plan = await stored_plan(view, plan_id)
        documents = {name: await view.contents.get(sha256) for name, sha256 in plan.summary.inputs.items()}
    return await asyncio.to_thread(_check, plan, documents)


def _check(plan: StoredPlan, documents: Mapping[str, bytes]) -> Certificate:
    inputs = rebuilt_inputs(documents, plan.summary.inputs, plan.summary.as_of)
    return certificate.check_plan(plan.document, inputs)
