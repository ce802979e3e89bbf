"""``rebalancer places``."""

from __future__ import annotations

from typing import Annotated

import typer

from rebalancer.api.models.places import ListedPlaceBody, NewPlace, PlaceBody, PlaceList
from rebalancer.cli import output
from rebalancer.cli.options import AsJson, PortfolioOption
from rebalancer.cli.parameters import checked
from rebalancer.cli.session import with_portfolio
from rebalancer.ports.application import Application
from rebalancer.workflows import set_place as workflow

LocationArgument = Annotated[str, typer.Argument(metavar="LOCATION", help="As the source names it.")]


def list_places(portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """List every location and what is known of it."""

    async def work(app: Application, found: str) -> PlaceList:
        return PlaceList(items=[ListedPlaceBody.listed(place) for place in await workflow.list_places(app, found)])

    body = with_portfolio(portfolio, work)
    output.answer(output.document_of(body), as_json=as_json, human=lambda: _draw(body.items))


def set_place(
    location: LocationArgument,
    kind: Annotated[str | None, typer.Option(help="spot, earn, derivatives, wallet, cold, defi or unknown.")] = None,
    venue: Annotated[str | None, typer.Option(help="Id of the venue; empty for none.")] = None,
    availability: Annotated[str | None, typer.Option(help="free, redeemable, locked, cold, ...")] = None,
    executor: Annotated[str | None, typer.Option(help="hand or none.")] = None,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """Say what a location is, over the guess from its name."""
    given = {"kind": kind, "venue": venue, "availability": availability, "executor": executor}
    edit = checked(NewPlace, given).edit()

    async def work(app: Application, found: str) -> PlaceBody:
        return PlaceBody.of(await workflow.set_place(app, found, location, edit))

    body = with_portfolio(portfolio, work)
    output.answer(output.document_of(body), as_json=as_json, human=lambda: _draw([body]))


def reset(location: LocationArgument, portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """Go back to the guess from its name."""

    async def work(app: Application, found: str) -> PlaceBody:
        return PlaceBody.of(await workflow.reset_place(app, found, location))

    body = with_portfolio(portfolio, work)
    output.answer(output.document_of(body), as_json=as_json, human=lambda: _draw([body]))


def _draw(items: list[ListedPlaceBody] | list[PlaceBody]) -> None:
    rows = [
        (
            item.location,
            item.kind.value,
            item.venue or "—",
            item.availability.value,
            item.executor.value,
            output.say("cli.guessed" if item.guessed else "cli.said"),
        )
        for item in items
    ]
    columns = output.headings("location", "kind", "venue", "availability", "executor", "known_by")
    output.table(output.say("cli.places.title"), columns, rows)
