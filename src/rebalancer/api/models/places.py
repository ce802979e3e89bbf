"""Bodies of ``/places``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rebalancer.api.models.base import Amount, Body, Printable, example
from rebalancer.domain.money import plain
from rebalancer.domain.places import Availability, Executor, Place, PlaceKind
from rebalancer.workflows.set_place import ListedPlace, PlaceEdit

_EXAMPLE = {
    "location": "Ledger Wallets",
    "kind": "cold",
    "venue": None,
    "availability": "cold",
    "executor": "hand",
    "guessed": True,
}


class PlaceBody(Body):
    """One location and what is known of it; ``guessed`` until the person has said it."""

    model_config = example(**_EXAMPLE)

    location: str
    kind: PlaceKind
    venue: str | None
    availability: Availability
    executor: Executor
    guessed: bool

    @classmethod
    def of(cls, place: Place) -> PlaceBody:
        """A place as a body."""
        return cls(
            location=place.location,
            kind=place.kind,
            venue=place.venue,
            availability=place.availability,
            executor=place.executor,
            guessed=place.guessed,
        )


class ListedPlaceBody(PlaceBody):
    """One location with what its name alone suggests, the value of the rows in it and their number."""

    guess: PlaceBody
    value: Amount
    rows: int

    @classmethod
    def listed(cls, found: ListedPlace) -> ListedPlaceBody:
        """A location as a body."""
        place = PlaceBody.of(found.place).model_dump()
        return cls(**place, guess=PlaceBody.of(found.guess), value=plain(found.value), rows=found.rows)


class PlaceList(Body):
    """Every location that holds something or was described, in alphabetical order."""

    model_config = example(items=[{**_EXAMPLE, "guess": _EXAMPLE, "value": "38400", "rows": 12}])

    items: list[ListedPlaceBody]


class NewPlace(Body):
    """What a location is. A field that is left out keeps the guess; ``venue`` empty means that it belongs to none."""

    model_config = example(kind="spot", venue="kraken")

    kind: PlaceKind | None = None
    venue: Annotated[Printable | None, Field(max_length=80)] = None
    availability: Availability | None = None
    executor: Executor | None = None

    def edit(self) -> PlaceEdit:
        """The same for the workflow."""
        return PlaceEdit(self.kind, self.venue, self.availability, self.executor)
