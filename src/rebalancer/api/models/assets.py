"""Bodies of ``/assets``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rebalancer.api.models.base import Body, Printable, example
from rebalancer.domain.assets import Asset, AssetKind

_EXAMPLE = {
    "id": "lido-staked-ether",
    "symbol": "STETH",
    "name": "Lido Staked Ether",
    "kind": "staked",
    "base": "ethereum",
    "group": "ETH",
}


class AssetBody(Body):
    """One asset of the registry; ``base`` is what a wrapped or staked one stands for."""

    model_config = example(**_EXAMPLE)

    id: str
    symbol: str
    name: str
    kind: AssetKind
    base: str | None
    group: str

    @classmethod
    def of(cls, asset: Asset, group: str) -> AssetBody:
        """An asset as a body."""
        return cls(
            id=asset.id,
            symbol=asset.symbol,
            name=asset.name,
            kind=asset.kind,
            base=asset.base,
            group=group,
        )


class AssetList(Body):
    """Assets that match."""

    model_config = example(items=[_EXAMPLE])

    items: list[AssetBody]


class AssetParameters(Body):
    """What to look for."""

    search: Annotated[Printable, Field(max_length=120, description="Part of symbol, name or id.")] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 20
