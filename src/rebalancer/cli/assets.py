"""``rebalancer assets``."""

from __future__ import annotations

from typing import Annotated

import typer

from rebalancer.api.models.assets import AssetBody, AssetList
from rebalancer.cli import output
from rebalancer.cli.options import AsJson
from rebalancer.cli.session import with_application
from rebalancer.ports.application import Application
from rebalancer.workflows import search_assets as workflow


def search(
    words: Annotated[str, typer.Argument(metavar="TEXT", help="Part of symbol, name or id.")],
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    as_json: AsJson = False,
) -> None:
    """Search the registry of assets."""

    async def work(app: Application) -> AssetList:
        found = workflow.search_assets(app, words, limit)
        return AssetList(items=[AssetBody.of(item.asset, item.group) for item in found])

    body = with_application(work)
    output.answer(output.document_of(body), as_json=as_json, human=lambda: _draw(body.items))


def show(asset: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Show one asset of the registry."""

    async def work(app: Application) -> AssetBody:
        found = workflow.find_asset(app, asset)
        return AssetBody.of(found.asset, found.group)

    body = with_application(work)
    output.answer(output.document_of(body), as_json=as_json, human=lambda: _draw([body]))


def _draw(items: list[AssetBody]) -> None:
    rows = [(item.id, item.symbol, item.name, item.kind.value, item.group) for item in items]
    output.table(output.say("cli.assets.title"), output.headings("id", "symbol", "name", "kind", "group"), rows)
