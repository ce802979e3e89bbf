"""``/places``: where coins lie, of what kind that is, and who can trade there."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from fastapi import APIRouter, Path

from rebalancer.api.context import App, PortfolioId
from rebalancer.api.models.places import ListedPlaceBody, NewPlace, PlaceBody, PlaceList
from rebalancer.api.problems import READING, WRITING
from rebalancer.workflows.set_place import list_places, reset_place, set_place

router = APIRouter(prefix="/portfolios/{portfolio_id}/places", tags=["places"])

Location: TypeAlias = Annotated[str, Path(max_length=255, description="The location as the source names it.")]


@router.get("", operation_id="list_places", responses=READING)
async def list_all(portfolio_id: PortfolioId, app: App) -> PlaceList:
    """Every location that holds something or was described, in alphabetical order."""
    return PlaceList(items=[ListedPlaceBody.listed(found) for found in await list_places(app, portfolio_id)])


@router.put("/{location:path}", operation_id="set_place", responses=WRITING)
async def put(portfolio_id: PortfolioId, location: Location, body: NewPlace, app: App) -> PlaceBody:
    """Say what a location is, over the guess from its name."""
    return PlaceBody.of(await set_place(app, portfolio_id, location, body.edit()))


@router.delete("/{location:path}", operation_id="reset_place", responses=WRITING)
async def reset(portfolio_id: PortfolioId, location: Location, app: App) -> PlaceBody:
    """Go back to the guess, which is the answer."""
    return PlaceBody.of(await reset_place(app, portfolio_id, location))
