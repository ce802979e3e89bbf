"""``/taxonomy``: groups, unidentified symbols, and the person's decisions about both."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from rebalancer.api.context import App, PortfolioId
from rebalancer.api.idempotency import require_key
from rebalancer.api.models.taxonomy import (
    DecisionList,
    ForgottenDecisions,
    GroupChoices,
    NewDecisions,
    NewGroups,
    StoredDecision,
    TaxonomyBody,
    UnknownBody,
    UnknownList,
)
from rebalancer.api.problems import CREATED, READING, WRITING
from rebalancer.domain.assets import AssetId
from rebalancer.workflows.choose_groups import choose_groups
from rebalancer.workflows.decide_identity import decide_identity
from rebalancer.workflows.forget_identity import DecidedSymbol, forget_identity
from rebalancer.workflows.show_taxonomy import list_unknown, show_taxonomy

router = APIRouter(prefix="/portfolios/{portfolio_id}/taxonomy", tags=["taxonomy"])


@router.get("", operation_id="show_taxonomy", responses=READING)
async def show(portfolio_id: PortfolioId, app: App) -> TaxonomyBody:
    """Every group with the held assets in it, and the decisions that were taken."""
    return TaxonomyBody.of(await show_taxonomy(app, portfolio_id))


@router.get("/unknown", operation_id="list_unknown", responses=READING)
async def unknown(portfolio_id: PortfolioId, app: App) -> UnknownList:
    """Every symbol that nobody has identified, largest value first; those set aside come last."""
    return await unknown_list(app, portfolio_id)


@router.post(
    "/decisions",
    operation_id="decide_identity",
    status_code=CREATED,
    responses=WRITING,
    dependencies=[Depends(require_key)],
)
async def decide(portfolio_id: PortfolioId, body: NewDecisions, app: App) -> DecisionList:
    """Say what symbols are, one or many; all decisions are stored or none, and they last."""
    stored = await decide_identity(app, portfolio_id, [decision.choice() for decision in body.decisions])
    return DecisionList(items=[StoredDecision.of(decision) for decision in stored])


@router.post(
    "/decisions/undo", operation_id="forget_identities", responses=WRITING, dependencies=[Depends(require_key)]
)
async def forget_many(portfolio_id: PortfolioId, body: ForgottenDecisions, app: App) -> UnknownList:
    """Take decisions back, one or many, all or none; the answer lists what is unidentified now."""
    await forget_identity(app, portfolio_id, body.symbols())
    return await unknown_list(app, portfolio_id)


@router.delete("/decisions/{source}/{symbol:path}", operation_id="forget_identity", responses=WRITING)
async def forget(
    portfolio_id: PortfolioId,
    source: Annotated[str, Path(max_length=120)],
    symbol: Annotated[str, Path(max_length=120)],
    app: App,
) -> UnknownList:
    """Take one decision back; the answer lists what is unidentified now."""
    await forget_identity(app, portfolio_id, [DecidedSymbol(source, symbol)])
    return await unknown_list(app, portfolio_id)


@router.put("/groups", operation_id="choose_groups", responses=WRITING)
async def choose(portfolio_id: PortfolioId, body: NewGroups, app: App) -> GroupChoices:
    """Put assets into other groups; every choice is stored or none."""
    await choose_groups(app, portfolio_id, {AssetId(asset): group for asset, group in body.groups.items()})
    return GroupChoices(groups=dict(body.groups))


async def unknown_list(app: App, portfolio_id: str) -> UnknownList:
    """Every unidentified symbol as a body."""
    taxonomy = app.reference.taxonomy({})
    return UnknownList(items=[UnknownBody.of(found, taxonomy) for found in await list_unknown(app, portfolio_id)])
