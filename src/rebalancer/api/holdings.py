"""``/holdings``: preview and import balance files, list what is held."""

from __future__ import annotations

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Form, Query, UploadFile

from rebalancer.api.context import App, Context, Language, PortfolioId, upload_of
from rebalancer.api.idempotency import require_key
from rebalancer.api.models.base import Body, Name
from rebalancer.api.models.holdings import HoldingsList, HoldingsParameters
from rebalancer.api.models.imports import HoldingsDocument, ImportBody
from rebalancer.api.problems import CALCULATING, CREATED, READING, WRITING, documented
from rebalancer.workflows.import_holdings import import_holdings
from rebalancer.workflows.list_holdings import HoldingsPage, list_holdings
from rebalancer.workflows.preview_holdings import preview_holdings

router = APIRouter(prefix="/portfolios/{portfolio_id}/holdings", tags=["holdings"])


class PreviewForm(Body):
    """A balance file to look at."""

    file: UploadFile
    keep_readable: bool = False


class ImportForm(Body):
    """A balance file to import, for an account."""

    file: UploadFile
    account: Name
    keep_readable: bool = False


@router.get("", operation_id="list_holdings", responses={**READING, **documented(400)})
async def list_rows(
    portfolio_id: PortfolioId, parameters: Annotated[HoldingsParameters, Query()], context: Context
) -> HoldingsList:
    """A page of the identified and valued rows of every account, with sums over all pages."""
    page = await list_holdings(context.application, portfolio_id, parameters.query())
    return await anyio.to_thread.run_sync(_listed, page, context)


@router.post("/preview", operation_id="preview_holdings", responses=CALCULATING)
async def preview(
    portfolio_id: PortfolioId,
    form: Annotated[PreviewForm, Form(media_type="multipart/form-data")],
    app: App,
    language: Language,
) -> HoldingsDocument:
    """Tell what would be understood of a balance file. Nothing is stored."""
    upload = await upload_of(form.file)
    seen = await preview_holdings(app, portfolio_id, upload, keep_readable=form.keep_readable)
    return await anyio.to_thread.run_sync(HoldingsDocument.of, seen, language)


@router.post(
    "/imports",
    operation_id="import_holdings",
    status_code=CREATED,
    responses=WRITING,
    dependencies=[Depends(require_key)],
)
async def import_file(
    portfolio_id: PortfolioId,
    form: Annotated[ImportForm, Form(media_type="multipart/form-data")],
    app: App,
    language: Language,
) -> ImportBody:
    """Make a balance file the holdings of one account, wholly or not at all; it replaces the account's former file."""
    upload = await upload_of(form.file)
    done = await import_holdings(app, portfolio_id, form.account, upload, keep_readable=form.keep_readable)
    return await anyio.to_thread.run_sync(ImportBody.of, done, language)


def _listed(page: HoldingsPage, context: Context) -> HoldingsList:
    return HoldingsList.of(page, context.now())
