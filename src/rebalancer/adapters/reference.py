"""The curated tables that ship with the product: assets, aliases, groups, venues. Nothing here knows a coin."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from operator import itemgetter
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
    rows = _table("venues.csv", "venue", "name", "type", "status", "names")
    return tuple(
        Venue(venue, name, kind, status == "closed", _names(names)) for venue, name, kind, status, names in rows
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
    columns = ("id", "symbol", "name", "kind", "base", "group", "coingecko", "other_symbols")
    return tuple(_asset(*row) for row in _table("assets.csv", *columns))


def _asset(*cells: str) -> _Row:
    own, symbol, name, kind, base, group, coingecko, other_symbols = cells
    parent = AssetId(base) if base else None
    asset = Asset(AssetId(own), symbol, name, AssetKind(kind), parent, tuple(other_symbols.split()))
    return _Row(asset, check_group(group) if group else "", coingecko or None)


@cache
def _aliases() -> tuple[Alias, ...]:
    rows = _table("aliases.csv", "source", "symbol", "asset", "valid_from", "valid_to", "note")
    return tuple(
        Alias(source, symbol, AssetId(asset) if asset else None, _day(start), _day(end), _candidates(note))
        for source, symbol, asset, start, end, note in rows
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _candidates(note: str) -> tuple[AssetId, ...]:
    """A note may name the assets that a treacherous symbol could mean, as words ``candidate:ID``.

    A bundle (``multiplier:1000``) is none of them: its unit is another, so its name must never identify it.
    """
    words = note.split()
    if any(word.startswith("multiplier:") for word in words):
        return ()
    return tuple(AssetId(word.removeprefix("candidate:")) for word in words if word.startswith("candidate:"))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split("|") if name)


def _table(name: str, *columns: str) -> Iterator[tuple[str, ...]]:
    """The cells of the named columns, row by row."""
    text = (files("rebalancer") / "reference" / name).read_text(encoding="utf-8")
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    pick = itemgetter(*map(next(rows).index, columns))
    return map(pick, rows)
