"""The curated tables that ship with the product: assets, aliases, groups, venues. Nothing here knows a coin."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from rebalancer.domain.assets import Alias, Asset, AssetId, AssetKind, Registry
from rebalancer.domain.places import Venue
from rebalancer.domain.taxonomy import Taxonomy, check_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rebalancer.domain.assets import Decision


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of assets.csv."""

    asset: Asset
    group: str
    coingecko: str | None


def load_registry(decisions: Iterable[Decision] = (), own_assets: Iterable[Asset] = ()) -> Registry:
    """The curated assets and aliases, with the person's own assets and decisions laid over them."""
    decided, own = tuple(decisions), tuple(own_assets)
    if not decided and not own:
        return _curated_registry()
    return Registry.build((*(row.asset for row in _assets()), *own), _aliases(), decided)


def load_taxonomy(chosen: Mapping[AssetId, str] = MappingProxyType({})) -> Taxonomy:
    """The curated membership in groups, with the person's own choices laid over it."""
    return Taxonomy(_curated_groups(), chosen)


@cache
def load_venues() -> tuple[Venue, ...]:
    """Every venue that places may belong to."""
    return tuple(
        Venue(row["venue"], row["name"], row["type"], row["status"] == "closed", _names(row["names"]))
        for row in _table("venues.csv")
    )


@cache
def coingecko_ids() -> Mapping[AssetId, str]:
    """CoinGecko's id per asset that has one."""
    return MappingProxyType({row.asset.id: row.coingecko for row in _assets() if row.coingecko})


@cache
def _curated_registry() -> Registry:
    return Registry.build((row.asset for row in _assets()), _aliases())


@cache
def _curated_groups() -> Mapping[AssetId, str]:
    return MappingProxyType({row.asset.id: row.group for row in _assets() if row.group})


@cache
def _assets() -> tuple[_Row, ...]:
    return tuple(_asset(row) for row in _table("assets.csv"))


def _asset(row: Mapping[str, str]) -> _Row:
    asset = Asset(
        id=AssetId(row["id"]),
        symbol=row["symbol"],
        name=row["name"],
        kind=AssetKind(row["kind"]),
        base=AssetId(row["base"]) if row["base"] else None,
        other_symbols=tuple(row["other_symbols"].split()),
    )
    return _Row(asset, check_group(row["group"]) if row["group"] else "", row["coingecko"] or None)


@cache
def _aliases() -> tuple[Alias, ...]:
    return tuple(
        Alias(
            source=row["source"],
            symbol=row["symbol"],
            asset=AssetId(row["asset"]) if row["asset"] else None,
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            candidates=_candidates(row["note"]),
        )
        for row in _table("aliases.csv")
    )


def _candidates(note: str) -> tuple[AssetId, ...]:
    """A note may name the assets that a treacherous symbol could mean, as words ``candidate:ID``."""
    words = (word for word in note.split() if word.startswith("candidate:"))
    return tuple(AssetId(word.removeprefix("candidate:")) for word in words)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split("|") if name)


def _table(name: str) -> Iterator[dict[str, str]]:
    text = (files("rebalancer") / "reference" / name).read_text(encoding="utf-8")
    return iter(csv.DictReader(io.StringIO(text, newline="")))
