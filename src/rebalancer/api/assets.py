"""``/assets``: the registry."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from rebalancer.api.context import App
from rebalancer.api.models.assets import AssetBody, AssetList, AssetParameters
from rebalancer.api.problems import READING, documented
from rebalancer.workflows.search_assets import find_asset, search_assets

router = APIRouter(prefix="/assets", tags=["assets"])


@router.get("", operation_id="search_assets", responses=documented())
async def search(parameters: Annotated[AssetParameters, Query()], app: App) -> AssetList:
    """Assets whose symbol, name or id matches: exact ones first, then beginnings, then anything inside."""
    found = search_assets(app, parameters.search, parameters.limit)
    return AssetList(items=[AssetBody.of(item.asset, item.group) for item in found])


@router.get("/{asset_id}", operation_id="show_asset", responses=READING)
async def show(asset_id: Annotated[str, Path(max_length=120)], app: App) -> AssetBody:
    """One asset of the registry."""
    found = find_asset(app, asset_id)
    return AssetBody.of(found.asset, found.group)
