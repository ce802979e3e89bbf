"""Decisions about identity and groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rebalancer.adapters.storage.scope import Scope
from rebalancer.adapters.storage.tables import GROUP_CHOICES, IDENTITY_DECISIONS, OWN_ASSETS
from rebalancer.domain.assets import AssetId, Decision
from rebalancer.errors import NotFoundError
from rebalancer.ports.records import OwnAsset


@dataclass(frozen=True, slots=True)
class StoredDecisions:
    """Implements the port ``Decisions``."""

    scope: Scope

    async def identities(self) -> tuple[Decision, ...]:
        """Every identity decision."""
        rows = await self.scope.all(self.scope.select(IDENTITY_DECISIONS))
        found = [
            Decision(row["source"], row["symbol"], AssetId(row["asset"]) if row["asset"] is not None else None)
            for row in rows
        ]
        return tuple(sorted(found, key=lambda decision: (decision.source, decision.symbol)))

    async def decide(self, decision: Decision) -> None:
        """Store a decision."""
        key = {"source": decision.source, "symbol": decision.symbol}
        await self.scope.put(IDENTITY_DECISIONS, key, asset=decision.asset)

    async def forget(self, source: str, symbol: str) -> None:
        """Take a decision back."""
        if not await self.scope.remove(IDENTITY_DECISIONS, source=source, symbol=symbol):
            raise NotFoundError("decision_not_found", {"source": source[:80], "symbol": symbol[:80]})

    async def own_assets(self) -> tuple[OwnAsset, ...]:
        """Every own asset."""
        rows = await self.scope.all(self.scope.select(OWN_ASSETS))
        found = [
            OwnAsset(AssetId(row["id"]), row["symbol"], row["name"], row["group"], row["created_at"]) for row in rows
        ]
        return tuple(sorted(found, key=lambda asset: asset.id))

    async def add_own_asset(self, asset: OwnAsset) -> None:
        """Store an own asset."""
        await self.scope.put(
            OWN_ASSETS,
            {"id": asset.id},
            symbol=asset.symbol,
            name=asset.name,
            group=asset.group,
            created_at=asset.created_at,
        )

    async def remove_own_asset(self, asset: AssetId) -> None:
        """Forget an own asset."""
        if not await self.scope.remove(OWN_ASSETS, id=asset):
            raise NotFoundError("asset_not_found", {"asset": asset[:80]})
        await self.scope.remove(GROUP_CHOICES, asset=asset)

    async def groups(self) -> Mapping[AssetId, str]:
        """Every chosen group."""
        rows = await self.scope.all(self.scope.select(GROUP_CHOICES))
        return {AssetId(row["asset"]): row["group"] for row in sorted(rows, key=lambda row: str(row["asset"]))}

    async def choose_group(self, asset: AssetId, group: str) -> None:
        """Store the group of an asset."""
        await self.scope.put(GROUP_CHOICES, {"asset": asset}, group=group)
