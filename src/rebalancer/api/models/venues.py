"""Bodies of ``/venues``."""

from __future__ import annotations

from rebalancer.api.models.base import Body, example
from rebalancer.domain.places import Venue

_EXAMPLE = {"id": "kraken", "name": "Kraken", "type": "exchange", "closed": False}


class VenueBody(Body):
    """One venue; ``closed`` when nothing can be traded there any more."""

    model_config = example(**_EXAMPLE)

    id: str
    name: str
    type: str
    closed: bool

    @classmethod
    def of(cls, venue: Venue) -> VenueBody:
        """A venue as a body."""
        return cls(id=venue.id, name=venue.name, type=venue.type, closed=venue.closed)


class VenueList(Body):
    """Every venue."""

    model_config = example(items=[_EXAMPLE])

    items: list[VenueBody]
