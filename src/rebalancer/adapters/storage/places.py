"""Places that the person described."""

from __future__ import annotations

from dataclasses import dataclass

from rebalancer.adapters.storage.scope import Scope
from rebalancer.adapters.storage.tables import PLACES
from rebalancer.domain.places import Availability, Executor, Place, PlaceKind
from rebalancer.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class PlaceRows:
    """Implements the port ``StoredPlaces``."""

    scope: Scope

    async def said(self) -> tuple[Place, ...]:
        """Every place."""
        rows = await self.scope.all(self.scope.select(PLACES))
        found = [
            Place(
                row["location"],
                PlaceKind(row["kind"]),
                row["venue"],
                Availability(row["availability"]),
                Executor(row["executor"]),
                guessed=False,
            )
            for row in rows
        ]
        return tuple(sorted(found, key=lambda place: place.location))

    async def say(self, place: Place) -> None:
        """Store what a place is."""
        await self.scope.put(
            PLACES,
            {"location": place.location},
            kind=place.kind.value,
            venue=place.venue,
            availability=place.availability.value,
            executor=place.executor.value,
        )

    async def unsay(self, location: str) -> None:
        """Go back to the guess."""
        if not await self.scope.remove(PLACES, location=location):
            raise NotFoundError("place_not_found", {"location": location[:80]})
