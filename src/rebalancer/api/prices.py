"""``/prices``: the prices file of a portfolio."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, UploadFile

from rebalancer.api.context import App, PortfolioId, upload_of
from rebalancer.api.idempotency import require_key
from rebalancer.api.models.base import Body
from rebalancer.api.models.input_files import PricesBody
from rebalancer.api.problems import CREATED, READING, WRITING
from rebalancer.workflows.import_prices import clear_prices, import_prices, show_prices

router = APIRouter(prefix="/portfolios/{portfolio_id}/prices", tags=["prices"])


class PricesForm(Body):
    """A prices file."""

    file: UploadFile


@router.post(
    "",
    operation_id="import_prices",
    status_code=CREATED,
    responses=WRITING,
    dependencies=[Depends(require_key)],
)
async def import_file(
    portfolio_id: PortfolioId, form: Annotated[PricesForm, Form(media_type="multipart/form-data")], app: App
) -> PricesBody:
    """Let a prices file replace the former one, wholly or not at all."""
    return PricesBody.of(await import_prices(app, portfolio_id, await upload_of(form.file)))


@router.get("", operation_id="show_prices", responses=READING)
async def show(portfolio_id: PortfolioId, app: App) -> PricesBody:
    """The prices file that counts."""
    return PricesBody.of(await show_prices(app, portfolio_id))


@router.delete("", operation_id="clear_prices", responses=WRITING)
async def clear(portfolio_id: PortfolioId, app: App) -> PricesBody:
    """Leave the portfolio without a prices file; the answer is what is left."""
    await clear_prices(app, portfolio_id)
    return PricesBody.of(await show_prices(app, portfolio_id))
