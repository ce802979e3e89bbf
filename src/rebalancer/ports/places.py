"""Places that the person has described."""

from __future__ import annotations

from typing import Protocol

from rebalancer.domain.places import Place


class StoredPlaces(Protocol):
    """What the person said of locations, for one portfolio."""

    async def said(self) -> tuple[Place, ...]:
        """Every place that is said, not guessed, in alphabetical order of location."""
        ...

    async def say(self, place: Place) -> None:
        """Store what a place is; it replaces what was said before."""
        ...

    async def unsay(self, location: str) -> None:
        """Go back to the guess.

        Raises:
            NotFoundError: ``place_not_found``: nothing was said of it.
        """
        ...
