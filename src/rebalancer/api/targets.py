"""``/targets``: versions of what the person wants, checks and presets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from rebalancer.api.context import App, Language, PortfolioId
from rebalancer.api.idempotency import require_key
from rebalancer.api.models.targets import (
    NewTargets,
    PresetBody,
    PresetList,
    TargetsBody,
    TargetsChecked,
    TargetsDocument,
    TargetsText,
    TargetsVersionBody,
    TargetsVersionList,
)
from rebalancer.api.paging import LimitParameter, number_cursor
from rebalancer.api.problems import CALCULATING, CREATED, READING, WRITING, documented
from rebalancer.api.tags import tagged
from rebalancer.workflows.save_targets import check_targets, list_presets, list_targets, save_targets, show_targets

router = APIRouter(tags=["targets"])
_PATH = "/portfolios/{portfolio_id}/targets"


@router.get("/targets/presets", operation_id="list_presets", responses=documented())
async def presets(app: App, language: Language) -> PresetList:
    """Ready-made targets to start from."""
    return PresetList(items=[PresetBody.of(preset, language) for preset in list_presets(app)])


@router.get(_PATH, operation_id="show_targets", response_model=TargetsBody, responses=READING)
async def show(portfolio_id: PortfolioId, app: App, request: Request) -> Response:
    """The version that counts: its text and what it says."""
    return tagged(request, TargetsBody.shown(await show_targets(app, portfolio_id)))


@router.post(
    _PATH,
    operation_id="save_targets",
    status_code=CREATED,
    responses={**WRITING, **documented(412)},
    dependencies=[Depends(require_key)],
)
async def save(portfolio_id: PortfolioId, body: NewTargets, app: App) -> TargetsBody:
    """Keep a targets file as the next version."""
    saved = await save_targets(app, portfolio_id, body.toml, body.note, based_on=body.based_on)
    return TargetsBody.shown(saved)


@router.post(f"{_PATH}/check", operation_id="check_targets", responses=CALCULATING)
async def check(portfolio_id: PortfolioId, body: TargetsText, app: App) -> TargetsChecked:
    """Tell what a targets file says, or every mistake in it. Nothing is stored."""
    return TargetsChecked(document=TargetsDocument.of(await check_targets(app, portfolio_id, body.toml)))


@router.get(f"{_PATH}/versions", operation_id="list_targets", responses={**READING, **documented(400)})
async def versions(
    portfolio_id: PortfolioId,
    app: App,
    limit: LimitParameter = 50,
    cursor: Annotated[str | None, Query(max_length=20)] = None,
) -> TargetsVersionList:
    """Versions, newest first."""
    found = await list_targets(app, portfolio_id, limit=limit + 1, before=number_cursor(cursor))
    shown = found[:limit]
    more = str(shown[-1].version) if len(found) > limit else None
    return TargetsVersionList(items=[TargetsVersionBody.of(version) for version in shown], next_cursor=more)


@router.get(
    f"{_PATH}/versions/{{version}}", operation_id="show_targets_version", response_model=TargetsBody, responses=READING
)
async def show_version(
    portfolio_id: PortfolioId, version: Annotated[int, Path(ge=1, le=2**31 - 1)], app: App, request: Request
) -> Response:
    """One version: its text and what it says."""
    return tagged(request, TargetsBody.shown(await show_targets(app, portfolio_id, version)))
