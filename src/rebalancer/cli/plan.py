"""``rebalancer plan``: from files, or from the stored portfolio when no file of holdings is given."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rebalancer.adapters.clock import SystemClock
from rebalancer.cli import output
from rebalancer.cli.exits import ExitCode
from rebalancer.cli.options import AsJson, PortfolioOption
from rebalancer.cli.plan_files import PlanFiles, parse_instant, read_inputs
from rebalancer.cli.plan_text import print_plan
from rebalancer.domain.content import JsonObject
from rebalancer.domain.plan.document import actions_csv
from rebalancer.errors import InputError
from rebalancer.workflows.certify_plan import certified_plan

_File = Annotated[Path | None, typer.Option(metavar="FILE")]


def plan(
    *,
    holdings: Annotated[Path | None, typer.Option(metavar="FILE", help="CoinTracking export, CSV or JSON.")] = None,
    targets: Annotated[Path | None, typer.Option(metavar="FILE", help="Targets and rules, TOML.")] = None,
    prices: Annotated[Path | None, typer.Option(metavar="FILE", help="Prices, CSV or JSON.")] = None,
    markets: Annotated[Path | None, typer.Option(metavar="FILE", help="Venue markets, JSON.")] = None,
    places: Annotated[Path | None, typer.Option(metavar="FILE", help="Kinds of locations, TOML.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="INSTANT", help="Instant of the plan, RFC 3339.")] = None,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the actions as CSV on stdout.")] = False,
) -> None:
    """Make a plan from your rules: the trades that bring your holdings towards your targets."""
    document = (
        _from_files(holdings, targets, prices, markets, places, as_of)
        if holdings is not None
        else _from_store(portfolio, targets, prices, markets, places, as_of)
    )
    code = ExitCode.NOTHING_TO_DO if document["nothing_to_do"] is not None else ExitCode.DONE
    if as_csv:
        output.write(actions_csv(document))
        raise typer.Exit(int(code))
    output.answer(document, as_json=as_json, human=lambda: print_plan(document), code=code)


def _from_files(
    holdings: Path,
    targets: Path | None,
    prices: Path | None,
    markets: Path | None,
    places: Path | None,
    as_of: str | None,
) -> JsonObject:
    if targets is None:
        raise InputError("usage", {"message": "--targets"})
    files = PlanFiles(holdings, targets, prices, markets, places)
    return certified_plan(read_inputs(files, parse_instant(as_of), SystemClock().now()))


def _from_store(portfolio: str | None, *file_options: object) -> JsonObject:
    if any(option is not None for option in file_options):
        raise InputError("usage", {"message": "--holdings"})
    from rebalancer.cli.stored_plan import propose  # The store loads the database; a plan from files does not need it.

    return propose(portfolio)
