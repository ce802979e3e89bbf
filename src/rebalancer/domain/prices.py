"""Quotes: what one unit of an asset is worth in another, according to whom, as of when."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rebalancer.domain.assets import AssetId
from rebalancer.domain.money import ONE, ZERO, quotient_price
from rebalancer.errors import CurrencyMismatchError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from decimal import Decimal

USER_FILE: Final = "user_file"
EXPORT: Final = "export"
IDENTITY: Final = "identity"  # A currency measured in itself.

CURRENCIES: Final[Mapping[str, AssetId]] = {
    "USD": AssetId("usd"),
    "EUR": AssetId("eur"),
    "CHF": AssetId("chf"),
    "BTC": AssetId("bitcoin"),
}
_CODES: Final = {asset: code for code, asset in CURRENCIES.items()}


@dataclass(frozen=True, slots=True)
class Quote:
    """One price.

    Attributes:
        asset: What is priced.
        price: Units of ``currency`` for one unit of ``asset``, > 0 and finite.
        currency: ``USD``, ``EUR``, ``CHF`` or ``BTC``.
        source: Who says so: ``user_file``, ``export``, later a venue or CoinGecko.
        as_of: The instant it held, UTC; None when the source does not say.
    """

    asset: AssetId
    price: Decimal
    currency: str
    source: str
    as_of: datetime | None = None

    def __post_init__(self) -> None:
        """A price that is not positive never becomes a quote."""
        assert self.price.is_finite(), self
        assert self.price > ZERO, self


@dataclass(frozen=True)
class Quotes:
    """The quotes of one valuation; the first of an asset in a currency is the one that counts."""

    by_key: Mapping[tuple[AssetId, str], Quote] = field(default_factory=dict)

    @classmethod
    def of(cls, quotes: Iterable[Quote]) -> Quotes:
        """Index quotes; earlier ones win, so the caller puts the most trusted source first."""
        by_key: dict[tuple[AssetId, str], Quote] = {}
        for quote in quotes:
            by_key.setdefault((quote.asset, quote.currency), quote)
        return cls(by_key)

    def with_fallback(self, quotes: Iterable[Quote]) -> Quotes:
        """These quotes, and others where these say nothing of an asset in a currency."""
        return Quotes.of((*self.by_key.values(), *quotes))

    def currencies_of(self, asset: AssetId) -> tuple[Quote, ...]:
        """Every quote of the asset, one per currency."""
        return self._by_asset.get(asset, ())

    @cached_property
    def _by_asset(self) -> dict[AssetId, tuple[Quote, ...]]:
        found: dict[AssetId, tuple[Quote, ...]] = {}
        for (asset, _), quote in self.by_key.items():
            found[asset] = (*found.get(asset, ()), quote)
        return found

    def conversion(self, source: str, target: str) -> Decimal | None:
        """Units of ``target`` for one unit of ``source``: 1 for itself, else from a quote of either, else None."""
        quote = self._of_currency(source, target)
        return quote.price if quote is not None else None

    def _of_currency(self, source: str, target: str) -> Quote | None:
        """The quote of one currency in another, turned round where only the other way is quoted."""
        asset = CURRENCIES[source]
        if source == target:
            return Quote(asset, ONE, target, IDENTITY)
        direct = self.by_key.get((asset, target))
        if direct is not None:
            return direct
        inverse = self.by_key.get((CURRENCIES[target], source))
        if inverse is None:
            return None
        return Quote(asset, quotient_price(ONE, inverse.price), target, inverse.source, inverse.as_of)

    def required_conversion(self, source: str, target: str) -> Decimal:
        """``conversion``, for callers that cannot go on without it.

        Raises:
            CurrencyMismatchError: ``currency_mismatch``: no quote leads from one to the other.
        """
        rate = self.conversion(source, target)
        if rate is None:
            raise CurrencyMismatchError("currency_mismatch", {"from": source, "to": target})
        return rate

    def quoted_in(self, asset: AssetId, currency: str) -> Quote | None:
        """The quote of an asset in ``currency``, converted when it is only quoted in another; None without a way."""
        own = self.by_key.get((asset, currency))
        if own is not None:
            return own
        for quote in self.currencies_of(asset):
            rate = self.conversion(quote.currency, currency)
            if rate is not None:
                return Quote(asset, quote.price * rate, currency, quote.source, quote.as_of)
        return None

    def price_in(self, asset: AssetId, currency: str) -> Quote | None:
        """As ``quoted_in``; without a quote of its own a currency is worth what the quotes of other currencies say."""
        quoted = self.quoted_in(asset, currency)
        if quoted is None and asset in _CODES:
            return self._of_currency(_CODES[asset], currency)
        return quoted
