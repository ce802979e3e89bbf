"""Reference data that ships with the program: assets, groups, venues, presets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from rebalancer.domain.assets import Asset, AssetId, Decision, Registry
from rebalancer.domain.places import Venue
from rebalancer.domain.taxonomy import Taxonomy
from rebalancer.ports.records import Preset


class Reference(Protocol):
    """Hands out the curated tables, with a person's own additions laid over them."""

    def registry(self, decisions: Iterable[Decision] = (), own_assets: Iterable[Asset] = ()) -> Registry:
        """Every asset and alias, with the person's decisions and own assets."""
        ...

    def taxonomy(self, chosen: Mapping[AssetId, str]) -> Taxonomy:
        """Every asset's group, with the person's choices."""
        ...

    def venues(self) -> tuple[Venue, ...]:
        """Every venue."""
        ...

    def presets(self) -> tuple[Preset, ...]:
        """Targets to start from, in alphabetical order of name."""
        ...
