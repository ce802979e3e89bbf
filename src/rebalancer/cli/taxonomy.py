"""``rebalancer taxonomy``: groups, unidentified symbols, and decisions about both."""

from __future__ import annotations

from typing import Annotated

import typer

from rebalancer.api.models.taxonomy import (
    DecisionBody,
    DecisionList,
    GroupChoices,
    NewAsset,
    StoredDecision,
    TaxonomyBody,
    UnknownBody,
    UnknownList,
)
from rebalancer.cli import figures, output
from rebalancer.cli.options import AsJson, PortfolioOption
from rebalancer.cli.parameters import checked
from rebalancer.cli.session import with_portfolio
from rebalancer.domain.assets import AssetId
from rebalancer.errors import InputError
from rebalancer.ports.application import Application
from rebalancer.workflows import choose_groups, decide_identity, forget_identity, show_taxonomy

_COINTRACKING = "cointracking"
SourceOption = Annotated[str, typer.Option(help="Alias table that the decision belongs to; * for all.")]


def list_groups(portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """List the groups with what is held in each."""

    async def work(app: Application, found: str) -> TaxonomyBody:
        return TaxonomyBody.of(await show_taxonomy.show_taxonomy(app, found))

    body = with_portfolio(portfolio, work)

    def human() -> None:
        rows = [
            (group.group, member.asset.symbol, member.asset.name, figures.money(member.value))
            for group in body.groups
            for member in group.members
        ]
        columns = output.headings("group", "symbol", "name", "value")
        output.table(output.say("cli.taxonomy.title", {"currency": body.currency}), columns, rows, right=(3,))

    output.answer(output.document_of(body), as_json=as_json, human=human)


def unknown(portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """List the symbols that nobody has identified."""
    _answer_unknown(with_portfolio(portfolio, _unknown), as_json=as_json)


def decide(
    symbol: Annotated[str, typer.Argument(metavar="SYMBOL")],
    *,
    asset: Annotated[str | None, typer.Option(metavar="ID", help="It is this asset.")] = None,
    name: Annotated[str | None, typer.Option(help="It is an asset of this name that nobody knows.")] = None,
    group: Annotated[str | None, typer.Option(help="Group of the new asset.")] = None,
    ignore: Annotated[bool, typer.Option("--ignore", help="Leave it out of planning for good.")] = False,
    source: SourceOption = _COINTRACKING,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """Say what a symbol is; the decision lasts."""
    if (name is None) != (group is None):
        raise InputError("usage", {"message": "--name NAME --group GROUP"})
    new = checked(NewAsset, {"name": name, "group": group}) if name is not None else None
    given = {"source": source, "symbol": symbol, "asset": asset, "new": new, "ignore": ignore}
    choice = checked(DecisionBody, given).choice()

    async def work(app: Application, found: str) -> DecisionList:
        stored = await decide_identity.decide_identity(app, found, [choice])
        return DecisionList(items=[StoredDecision.of(decision) for decision in stored])

    body = with_portfolio(portfolio, work)

    def human() -> None:
        rows = [(item.source, item.symbol, item.asset or output.say("cli.ignored")) for item in body.items]
        output.table(output.say("cli.taxonomy.decided"), output.headings("source", "symbol", "asset"), rows)

    output.answer(output.document_of(body), as_json=as_json, human=human)


def undo(
    symbols: Annotated[list[str], typer.Argument(metavar="SYMBOL...")],
    source: SourceOption = _COINTRACKING,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """Take decisions back, all or none; what is unidentified now is listed."""
    decided = [forget_identity.DecidedSymbol(source, symbol) for symbol in symbols]

    async def work(app: Application, found: str) -> UnknownList:
        await forget_identity.forget_identity(app, found, decided)
        return await _unknown(app, found)

    _answer_unknown(with_portfolio(portfolio, work), as_json=as_json)


def move(
    asset: Annotated[str, typer.Argument(metavar="ID")],
    group: Annotated[str, typer.Argument(metavar="GROUP")],
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """Put an asset into another group."""

    async def work(app: Application, found: str) -> GroupChoices:
        await choose_groups.choose_groups(app, found, {AssetId(asset): group})
        return GroupChoices(groups={asset: group})

    body = with_portfolio(portfolio, work)
    human = output.say("cli.taxonomy.moved", {"asset": asset, "group": group})
    output.answer(output.document_of(body), as_json=as_json, human=lambda: output.line(human))


async def _unknown(app: Application, portfolio: str) -> UnknownList:
    taxonomy = app.reference.taxonomy({})
    found = await show_taxonomy.list_unknown(app, portfolio)
    return UnknownList(items=[UnknownBody.of(item, taxonomy) for item in found])


def _answer_unknown(body: UnknownList, *, as_json: bool) -> None:
    def human() -> None:
        rows = [
            (
                item.symbol,
                figures.quantity(item.quantity),
                figures.money(item.value),
                ", ".join(found.id for found in item.candidates),
            )
            for item in body.items
            if not item.ignored
        ]
        columns = output.headings("symbol", "quantity", "value", "candidates")
        output.table(output.say("cli.taxonomy.unknown"), columns, rows, right=(1, 2))

    output.answer(output.document_of(body), as_json=as_json, human=human)
