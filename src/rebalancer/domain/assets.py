"""Identity: which asset a symbol means at a source on a day.

An asset is a canonical id (``bitcoin``), never a ticker. A source's own spelling leads to an asset through the alias
table, which is valid in time; a plain ticker leads to an asset only where exactly one asset of the registry bears it.
Everything else is unidentified, with candidates, until the person decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NewType

from rebalancer.errors import AmbiguousAssetError, UnknownAssetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

AssetId = NewType("AssetId", str)

ANY_SOURCE: Final = "*"
_SUFFIX: Final = re.compile(r"(?P<stem>[A-Z]{2,})\d{1,2}", re.ASCII)


class AssetKind(StrEnum):
    """What an asset is."""

    COIN = "coin"
    TOKEN = "token"  # noqa: S105 - a kind of asset, not a secret
    FIAT = "fiat"
    STABLECOIN = "stablecoin"
    WRAPPED = "wrapped"
    STAKED = "staked"
    LP = "lp"
    NFT = "nft"
    DEAD = "dead"

    @property
    def is_cash(self) -> bool:
        """Fiat and stablecoins are what trades are paid with."""
        return self in {AssetKind.FIAT, AssetKind.STABLECOIN}


@dataclass(frozen=True, slots=True)
class Asset:
    """One asset of the registry.

    Attributes:
        id: Canonical id, for example ``lido-staked-ether``.
        symbol: The ticker most people write.
        name: Full name.
        kind: What it is.
        base: For a wrapped, staked or bridged asset, what it stands for; its price is its own all the same.
        other_symbols: Further generic tickers.
    """

    id: AssetId
    symbol: str
    name: str
    kind: AssetKind
    base: AssetId | None = None
    other_symbols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """What a source means by a symbol, from a day (inclusive) to a day (exclusive).

    ``asset`` None says that the symbol is known to be treacherous there: it is never identified by itself.
    """

    source: str
    symbol: str
    asset: AssetId | None
    valid_from: date | None = None
    valid_to: date | None = None
    candidates: tuple[AssetId, ...] = ()

    def covers(self, day: date | None) -> bool:
        """Whether the alias holds on ``day``; without a day only an alias that is still valid does."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the person said a symbol of a source is.

    Attributes:
        source: Source the decision holds for, or ``*`` for all.
        symbol: The symbol as written there.
        asset: The asset it is; None when it is to be left out of planning for good (spam).
    """

    source: str
    symbol: str
    asset: AssetId | None


@dataclass(frozen=True, slots=True)
class Identity:
    """The answer to "what is this symbol?".

    Exactly one of three: ``asset`` is set (identified); ``ignored`` (the person said so); neither (unidentified, with
        the candidates that a person may choose from).
    """

    asset: AssetId | None = None
    ignored: bool = False
    candidates: tuple[AssetId, ...] = ()


@dataclass(frozen=True)
class Registry:
    """All assets, their aliases and the person's decisions."""

    assets: Mapping[AssetId, Asset]
    aliases: Mapping[tuple[str, str], tuple[Alias, ...]] = field(default_factory=dict)
    decisions: Mapping[tuple[str, str], Decision] = field(default_factory=dict)
    _bearers: Mapping[str, tuple[AssetId, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def build(
        cls, assets: Iterable[Asset], aliases: Iterable[Alias] = (), decisions: Iterable[Decision] = ()
    ) -> Registry:
        """Index the tables.

        A later asset of the same id replaces the earlier one (the person's own assets come last).
        """
        by_id = {asset.id: asset for asset in assets}
        by_key: dict[tuple[str, str], list[Alias]] = defaultdict(list)
        for alias in aliases:
            by_key[alias.source, alias.symbol].append(alias)
        bearers: dict[str, list[AssetId]] = defaultdict(list)
        for asset in by_id.values():
            for symbol in dict.fromkeys((asset.symbol, *asset.other_symbols)):
                bearers[symbol.upper()].append(asset.id)
        return cls(
            by_id,
            {key: tuple(rows) for key, rows in by_key.items()},
            {(decision.source, decision.symbol): decision for decision in decisions},
            {symbol: tuple(ids) for symbol, ids in bearers.items()},
        )

    def __getitem__(self, asset: AssetId) -> Asset:
        """The asset of a canonical id that is known to exist."""
        return self.assets[asset]

    def identify(self, source: str, symbol: str, *, name: str | None = None, day: date | None = None) -> Identity:
        """Find what ``symbol`` means at ``source`` on ``day``.

        The person's decision goes first, then the source's alias table, then the table for all sources, then the ticker
        where one asset alone bears it. A treacherous symbol, and one borne by several assets, is identified only when
        the name written beside it is exactly the name of one candidate.
        """
        decided = self.decisions.get((source, symbol)) or self.decisions.get((ANY_SOURCE, symbol))
        if decided is not None:
            return Identity(decided.asset, ignored=decided.asset is None)
        if source == ANY_SOURCE and symbol in self.assets:
            return Identity(AssetId(symbol))  # Files of ours may name an asset by its canonical id.
        for alias in (*self._aliases(source, symbol, day), *self._aliases(ANY_SOURCE, symbol, day)):
            if alias.asset is not None:
                return Identity(alias.asset)
            return self._by_name(name, (*alias.candidates, *self.bearers(symbol)))
        bearers = self.bearers(symbol)
        if len(bearers) == 1:
            return Identity(bearers[0])
        return self._by_name(name, bearers or self._stem_bearers(symbol))

    def bearers(self, symbol: str) -> tuple[AssetId, ...]:
        """Ids of every asset that bears this ticker, whatever its case."""
        # Only plain letters have a case that matters here: the capital of a long or a dotless letter is another's
        # ticker.
        return self._bearers.get(symbol.upper(), ()) if symbol.isascii() else ()

    def resolve(self, text: str) -> AssetId:
        """The asset that a person means in a file of ours: a canonical id or an unambiguous symbol.

        Raises:
            AmbiguousAssetError: ``ambiguous_asset``, with the candidates.
            UnknownAssetError: ``unknown_asset``.
        """
        if text in self.assets:
            return AssetId(text)
        identity = self.identify(ANY_SOURCE, text)
        if identity.asset is not None:
            return identity.asset
        if identity.candidates and self.bearers(text):
            raise AmbiguousAssetError("ambiguous_asset", {"symbol": text, "candidates": ", ".join(identity.candidates)})
        raise UnknownAssetError("unknown_asset", {"symbol": text})

    def _aliases(self, source: str, symbol: str, day: date | None) -> tuple[Alias, ...]:
        return tuple(alias for alias in self.aliases.get((source, symbol), ()) if alias.covers(day))

    def _by_name(self, name: str | None, candidates: Iterable[AssetId]) -> Identity:
        unique = tuple(dict.fromkeys(candidates))
        wanted = (name or "").strip().casefold()
        named = [asset for asset in unique if wanted and self.assets[asset].name.casefold() == wanted]
        return Identity(named[0]) if len(named) == 1 else Identity(candidates=unique)

    def _stem_bearers(self, symbol: str) -> tuple[AssetId, ...]:
        """Assets whose ticker is the symbol without a number at its end: candidates to offer, never an answer."""
        match = _SUFFIX.fullmatch(symbol.upper())
        return self.bearers(match["stem"]) if match else ()
