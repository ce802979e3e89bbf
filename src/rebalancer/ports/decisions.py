"""Decisions: what the person said about identity and groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from rebalancer.domain.assets import AssetId, Decision
from rebalancer.ports.records import OwnAsset


class Decisions(Protocol):
    """The person's lasting choices for one portfolio."""

    async def identities(self) -> tuple[Decision, ...]:
        """Every identity decision, by source and symbol."""
        ...

    async def decide(self, decision: Decision) -> None:
        """Store a decision; it replaces an earlier one about the same symbol of the same source."""
        ...

    async def forget(self, source: str, symbol: str) -> None:
        """Take a decision back.

        Raises:
            NotFoundError: ``decision_not_found``.
        """
        ...

    async def own_assets(self) -> tuple[OwnAsset, ...]:
        """Every asset that the person has named, in the order of their ids."""
        ...

    async def add_own_asset(self, asset: OwnAsset) -> None:
        """Store an own asset; it replaces the one of the same id."""
        ...

    async def remove_own_asset(self, asset: AssetId) -> None:
        """Forget an own asset, and the group that was chosen for it.

        Raises:
            NotFoundError: ``asset_not_found``.
        """
        ...

    async def groups(self) -> Mapping[AssetId, str]:
        """Groups that the person chose, by asset."""
        ...

    async def choose_group(self, asset: AssetId, group: str) -> None:
        """Store the group of an asset; it replaces an earlier choice."""
        ...
