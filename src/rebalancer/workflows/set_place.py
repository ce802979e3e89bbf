"""Set a place: say what a location is, instead of what its name makes one guess."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal

from rebalancer.domain.money import ZERO
from rebalancer.domain.places import Availability, Executor, Place, PlaceKind, default_availability, guess_place
from rebalancer.errors import InputError
from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload
from rebalancer.ports.records import Change
from rebalancer.workflows.join_portfolio import PortfolioState
from rebalancer.workflows.name_things import checked_name
from rebalancer.workflows.read_portfolio import read_portfolio


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """One location: what it is, what its name alone suggests, and the value of the rows in it."""

    place: Place
    guess: Place
    value: Decimal
    rows: int


@dataclass(frozen=True, slots=True)
class PlaceEdit:
    """What the person says of a location; None keeps the guess, and a kind alone brings its default availability.

    ``venue`` empty means that the place belongs to no venue.
    """

    kind: PlaceKind | None = None
    venue: str | None = None
    availability: Availability | None = None
    executor: Executor | None = None


async def list_places(app: Application, portfolio_id: str) -> tuple[ListedPlace, ...]:
    """Every location that holds something or was described, in alphabetical order.

    Raises:
        NotFoundError: ``portfolio_not_found``.
        CurrencyMismatchError: ``currency_mismatch``.
    """
    state = await read_portfolio(app, portfolio_id)
    return await asyncio.to_thread(_listed, state)


async def set_place(app: Application, portfolio_id: str, location: str, edit: PlaceEdit) -> Place:
    """Store what a location is, over the guess from its name.

    Raises:
        InputError: ``unknown_venue``, or the location's name cannot be used.
        NotFoundError: ``portfolio_not_found``.
    """
    place = _edited(app, checked_name(location, "location"), edit)
    async with app.journal.unit(portfolio_id) as unit:
        await unit.places.say(place)
        await unit.commit(_change(place))
    return place


async def import_places(app: Application, portfolio_id: str, upload: Upload) -> tuple[Place, ...]:
    """Store every place of a locations file, or none when one of them cannot be read.

    Raises:
        FileError: The file cannot be read.
        NotFoundError: ``portfolio_not_found``.
    """
    read = app.files.places(upload.data, upload.name, app.reference.venues())
    places = tuple(place for _, place in sorted(read.items()))
    async with app.journal.unit(portfolio_id) as unit:
        for place in places:
            await unit.places.say(place)
        await unit.commit(*map(_change, places))
    return places


async def reset_place(app: Application, portfolio_id: str, location: str) -> Place:
    """Go back to the guess, and return it.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``place_not_found``.
    """
    async with app.journal.unit(portfolio_id) as unit:
        await unit.places.unsay(location)
        await unit.commit(Change("place_reset", location))
    return guess_place(location, app.reference.venues())


def _edited(app: Application, location: str, edit: PlaceEdit) -> Place:
    guess = guess_place(location, app.reference.venues())
    kind = edit.kind or guess.kind
    venue = guess.venue if edit.venue is None else edit.venue or None
    if edit.venue and edit.venue not in {known.id for known in app.reference.venues()}:
        raise InputError("unknown_venue", {"venue": edit.venue[:80]})
    return Place(
        location,
        kind,
        venue,
        edit.availability or default_availability(kind),
        edit.executor or guess.executor,
        guessed=False,
    )


def _listed(state: PortfolioState) -> tuple[ListedPlace, ...]:
    values = dict.fromkeys(state.places.said, ZERO)
    rows = dict.fromkeys(state.places.said, 0)
    for row in state.valuation.rows:
        if row.holding.location is not None:
            values[row.holding.location] += row.value or ZERO
            rows[row.holding.location] += 1
    return tuple(
        ListedPlace(place, guess_place(name, state.places.venues), values[name], rows[name])
        for name, place in sorted(state.places.said.items())
    )


def _change(place: Place) -> Change:
    facts = {"kind": place.kind, "venue": place.venue, "availability": place.availability, "executor": place.executor}
    return Change("place_set", place.location, facts)
