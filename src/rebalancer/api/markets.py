"""``/markets``: the markets file of a portfolio."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, UploadFile

from rebalancer.api.context import App, PortfolioId, upload_of
from rebalancer.api.idempotency import require_key
from rebalancer.api.models.base import Body
from rebalancer.api.models.input_files import MarketsBody
from rebalancer.api.problems import CREATED, READING, WRITING
from rebalancer.workflows.import_markets import clear_markets, import_markets, show_markets

router = APIRouter(prefix="/portfolios/{portfolio_id}/markets", tags=["markets"])


class MarketsForm(Body):
    """A markets file."""

    file: UploadFile


@router.post(
    "",
    operation_id="import_markets",
    status_code=CREATED,
    responses=WRITING,
    dependencies=[Depends(require_key)],
)
async def import_file(
    portfolio_id: PortfolioId, form: Annotated[MarketsForm, Form(media_type="multipart/form-data")], app: App
) -> MarketsBody:
    """Let a markets file replace the former one, wholly or not at all."""
    return MarketsBody.of(await import_markets(app, portfolio_id, await upload_of(form.file)))


@router.get("", operation_id="show_markets", responses=READING)
async def show(portfolio_id: PortfolioId, app: App) -> MarketsBody:
    """The markets file that counts."""
    return MarketsBody.of(await show_markets(app, portfolio_id))


@router.delete("", operation_id="clear_markets", responses=WRITING)
async def clear(portfolio_id: PortfolioId, app: App) -> MarketsBody:
    """Leave the portfolio without a markets file; the answer is what is left."""
    await clear_markets(app, portfolio_id)
    return MarketsBody.of(await show_markets(app, portfolio_id))
