"""Taxonomy: the eleven groups, and which asset belongs to which. There is one, for every view and every rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rebalancer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rebalancer.domain.assets import AssetId

CASH_GROUP: Final = "Stablecoins"
UNCLASSIFIED: Final = "Unclassified"  # Not a group: the name of having none.

GROUPS: Final = (
    "BTC",
    "ETH",
    CASH_GROUP,
    "SOL",
    "L1/L0 majors",
    "L2/Scaling",
    "DeFi",
    "AI/Data",
    "Gaming/NFT",
    "Memecoins",
    "Others",
)


def check_group(name: str) -> str:
    """The name itself, when it is one of the eleven.

    Raises:
        InputError: ``unknown_group``, with the groups there are.
    """
    if name not in GROUPS:
        raise InputError("unknown_group", {"group": name, "groups": ", ".join(GROUPS)})
    return name


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Membership: the curated table, with the person's own choices laid over it."""

    curated: Mapping[AssetId, str]
    chosen: Mapping[AssetId, str]

    def group_of(self, asset: AssetId) -> str:
        """The group of an asset; ``Unclassified`` for one that nobody has placed."""
        return self.chosen.get(asset) or self.curated.get(asset) or UNCLASSIFIED
