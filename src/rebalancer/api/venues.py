"""``/venues``: the venues that a location may belong to."""

from __future__ import annotations

from fastapi import APIRouter

from rebalancer.api.context import App
from rebalancer.api.models.venues import VenueBody, VenueList

router = APIRouter(tags=["places"])


@router.get("/venues", operation_id="list_venues")
async def list_all(app: App) -> VenueList:
    """Every venue that is known, closed ones included."""
    return VenueList(items=[VenueBody.of(venue) for venue in app.reference.venues()])
