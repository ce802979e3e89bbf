"""Search the registry of assets."""

from __future__ import annotations

from dataclasses import dataclass

from rebalancer.domain.assets import Asset, AssetId
from rebalancer.errors import NotFoundError
from rebalancer.ports.application import Application


@dataclass(frozen=True, slots=True)
class FoundAsset:
    """One asset and its curated group."""

    asset: Asset
    group: str


def search_assets(app: Application, search: str = "", limit: int = 50) -> tuple[FoundAsset, ...]:
    """Assets whose id, symbol or name matches, exact matches first, then beginnings; ``limit`` at most."""
    wanted = search.strip().casefold()
    taxonomy = app.reference.taxonomy({})
    ranked = ((_rank(asset, wanted), asset) for asset in app.reference.registry().assets.values())
    found = sorted((rank, asset.id, asset) for rank, asset in ranked if rank is not None)
    return tuple(FoundAsset(asset, taxonomy.group_of(asset.id)) for _, _, asset in found[:limit])


def find_asset(app: Application, asset_id: str) -> FoundAsset:
    """One asset of the registry.

    Raises:
        NotFoundError: ``asset_not_found``.
    """
    asset = app.reference.registry().assets.get(AssetId(asset_id))
    if asset is None:
        raise NotFoundError("asset_not_found", {"asset": asset_id[:80]})
    return FoundAsset(asset, app.reference.taxonomy({}).group_of(asset.id))


def _rank(asset: Asset, wanted: str) -> int | None:
    texts = [text.casefold() for text in (asset.id, asset.symbol, asset.name, *asset.other_symbols)]
    if wanted in texts:
        return 0
    if any(text.startswith(wanted) for text in texts):
        return 1
    return 2 if any(wanted in text for text in texts) else None
