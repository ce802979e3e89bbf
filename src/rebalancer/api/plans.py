"""``/plans``: make a plan, list them, show, export and check one, tick its steps off."""

from __future__ import annotations

import json
from typing import Annotated, Literal, TypeAlias

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from rebalancer.api.context import App, PortfolioId
from rebalancer.api.idempotency import require_key
from rebalancer.api.models.plans import (
    CertificateBody,
    NewPlan,
    PlanBody,
    PlanDocument,
    PlanList,
    PlanStep,
    PlanSummaryBody,
    StepEdit,
    shown_document,
)
from rebalancer.api.paging import CursorParameter, LimitParameter
from rebalancer.api.problems import CREATED, READING, WRITING
from rebalancer.api.tags import tagged
from rebalancer.domain.content import JsonObject
from rebalancer.domain.plan.document import actions_csv
from rebalancer.workflows.check_plan import check_plan
from rebalancer.workflows.propose_plan import propose_plan
from rebalancer.workflows.show_plan import export_plan, list_plans, show_plan
from rebalancer.workflows.tick_step import tick_step

router = APIRouter(prefix="/portfolios/{portfolio_id}/plans", tags=["plans"])

PlanId: TypeAlias = Annotated[str, Path(max_length=64, description="SHA-256 of the plan.")]
_CSV_MEDIA = "text/csv; charset=utf-8"


@router.post(
    "",
    operation_id="propose_plan",
    status_code=CREATED,
    response_model=PlanDocument,
    responses=WRITING,
    dependencies=[Depends(require_key)],
)
async def propose(portfolio_id: PortfolioId, body: NewPlan, app: App) -> Response:
    """Make a plan from what is stored now. When there is nothing to do, ``nothing_to_do`` says why."""
    del body
    stored = await propose_plan(app, portfolio_id)
    plan_id = stored.summary.plan_id
    headers = {"location": f"/api/v1/portfolios/{portfolio_id}/plans/{plan_id}", "etag": f'"{plan_id}"'}
    data = await anyio.to_thread.run_sync(_json, stored.document)
    return Response(data, CREATED, headers, media_type="application/json")


@router.get("", operation_id="list_plans", responses=READING)
async def list_all(
    portfolio_id: PortfolioId, app: App, limit: LimitParameter = 50, cursor: CursorParameter = None
) -> PlanList:
    """Plans, newest first."""
    found = await list_plans(app, portfolio_id, limit=limit + 1, after=cursor)
    shown = found[:limit]
    more = shown[-1].plan_id if len(found) > limit else None
    return PlanList(items=[PlanSummaryBody.of(summary) for summary in shown], next_cursor=more)


@router.get("/{plan_id}", operation_id="show_plan", response_model=PlanBody, responses=READING)
async def show(portfolio_id: PortfolioId, plan_id: PlanId, app: App, request: Request) -> Response:
    """One plan with its age and its checklist: moves first, then what can be done now, then what follows the moves."""
    shown = await show_plan(app, portfolio_id, plan_id)
    data = await anyio.to_thread.run_sync(lambda: _json(shown_document(shown)))
    return tagged(request, data, f"{plan_id}-")


@router.get(
    "/{plan_id}/export",
    operation_id="export_plan",
    response_class=Response,
    responses={
        **READING,
        200: {
            "description": "The plan as a file: canonical JSON, or its actions as CSV that is safe in a spreadsheet.",
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/PlanDocument"}},
                "text/csv": {"schema": {"type": "string"}, "example": "stage,executor,group,...\r\n"},
            },
        },
    },
)
async def export(
    portfolio_id: PortfolioId,
    plan_id: PlanId,
    app: App,
    form: Annotated[Literal["csv", "json"], Query(alias="format", description="csv or json")] = "json",
) -> Response:
    """The plan as a file."""
    if form == "csv":
        shown = await show_plan(app, portfolio_id, plan_id)
        data, media = actions_csv(shown.plan.document).encode("utf-8"), _CSV_MEDIA
    else:
        data, media = await export_plan(app, portfolio_id, plan_id), "application/json"
    name = f"plan-{plan_id[:12]}.{form}"
    return Response(data, headers={"content-disposition": f'attachment; filename="{name}"'}, media_type=media)


@router.post("/{plan_id}/checks", operation_id="check_plan", responses=READING)
async def check(portfolio_id: PortfolioId, plan_id: PlanId, app: App) -> CertificateBody:
    """Run the independent checker again, on the stored plan and its stored inputs. Nothing is stored."""
    return CertificateBody.of(await check_plan(app, portfolio_id, plan_id))


@router.put("/{plan_id}/steps/{step_id}", operation_id="tick_step", responses=WRITING)
async def tick(
    portfolio_id: PortfolioId, plan_id: PlanId, step_id: Annotated[str, Path(max_length=40)], body: StepEdit, app: App
) -> PlanStep:
    """Say that a step by hand is done, or that it is not."""
    return PlanStep.of(await tick_step(app, portfolio_id, plan_id, step_id, done=body.done))


def _json(document: JsonObject) -> bytes:
    """The document as it is: the planner made it and the checker passed it; a third reading would change nothing."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=dict).encode()
