"""Prices that a person brings.

CSV ``asset,price,currency[,as_of,source]`` or JSON ``{"as_of", "currency", "prices": {"BTC": "64000.5"}}``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rebalancer.adapters.files.fields import Fields
from rebalancer.adapters.files.json_text import json_object, looks_like_json, parse_json
from rebalancer.adapters.files.rows import check_columns, check_complete, table_fields
from rebalancer.adapters.files.table import open_table
from rebalancer.domain.prices import USER_FILE, Quote
from rebalancer.errors import Issue

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from rebalancer.domain.assets import AssetId, Registry

_REQUIRED: Final = frozenset({"asset", "price", "currency"})
_COLUMNS: Final = _REQUIRED | {"as_of", "source"}
_KEYS: Final = frozenset({"as_of", "currency", "prices"})


@dataclass
class _Quotes:
    """The quotes read so far; an asset stands once per currency, whatever it is called."""

    quotes: dict[tuple[AssetId, str], Quote] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    rejected: int = 0

    def add(
        self, fields: Fields, name: str, asset: AssetId, price: Decimal, currency: str, as_of: datetime | None
    ) -> None:
        """Keep one quote, or what is wrong with it."""
        if not fields.issues and (asset, currency) in self.quotes:
            fields.issue("price_twice", name, asset=asset, currency=currency)
        if fields.issues:
            self.reject(fields.issues)
        else:
            self.quotes[asset, currency] = Quote(asset, price, currency, USER_FILE, as_of)

    def reject(self, issues: list[Issue]) -> None:
        """Count an entry that cannot be read."""
        self.rejected += 1
        self.issues.extend(issues)

    def complete(self, name: str) -> tuple[Quote, ...]:
        """All quotes, when none was refused."""
        check_complete(self.issues, name, rows_seen=len(self.quotes) + self.rejected, rows_rejected=self.rejected)
        return tuple(self.quotes.values())


def read_prices(data: bytes, name: str, registry: Registry) -> tuple[Quote, ...]:
    """Read a file of prices; each becomes a quote of source ``user_file``.

    Raises:
        FileError: The file is not in one of the two formats.
        RowsError: ``rows_unreadable``: an unknown or ambiguous asset, a price that is not positive, an asset that
            stands twice.
    """
    return _from_json(data, name, registry) if looks_like_json(data) else _from_csv(data, name, registry)


def _from_csv(data: bytes, name: str, registry: Registry) -> tuple[Quote, ...]:
    table = open_table(data, name)
    check_columns(table, _REQUIRED, _COLUMNS)
    read = _Quotes()
    for fields in table_fields(table):
        if isinstance(fields, Issue):
            read.reject([fields])
            continue
        fields.text("source")
        asset, price = fields.asset("asset", registry), fields.positive("price")
        read.add(fields, "asset", asset, price, fields.currency("currency"), fields.instant("as_of"))
    return read.complete(name)


def _from_json(data: bytes, name: str, registry: Registry) -> tuple[Quote, ...]:
    document = json_object(parse_json(data, name), name, "$")
    head = Fields(document, name)
    head.known(_KEYS)
    as_of, currency = head.instant("as_of"), head.currency("currency")
    read = _Quotes()
    if head.issues:
        read.reject(head.issues)
    prices = json_object(document.get("prices"), name, "prices")
    for symbol in prices:
        fields = Fields(prices, name, prefix="prices.")
        read.add(fields, symbol, fields.resolved(symbol, symbol, registry), fields.positive(symbol), currency, as_of)
    return read.complete(name)
