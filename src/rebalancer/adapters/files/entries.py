"""Holdings in the product's own formats, row by row of a table or entry by entry of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rebalancer.adapters.files.fields import SYMBOL_LENGTH_MAX, Fields
from rebalancer.domain.assets import ANY_SOURCE
from rebalancer.domain.holdings import RawHolding, Reading
from rebalancer.domain.money import ZERO
from rebalancer.domain.places import Availability
from rebalancer.errors import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

HOLDING_FIELDS: Final = frozenset({"asset", "quantity", "location", "availability", "price", "value", "currency"})


@dataclass
class _Entries:
    """What was read so far.

    All prices and values of a file are in one currency: the document's, else that of the first row which has any.
    """

    currency: str | None
    rows: list[RawHolding] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    seen: int = 0
    rejected: int = 0

    def add(self, fields: Fields | Issue, known: frozenset[str]) -> None:
        self.seen += 1
        if isinstance(fields, Issue):
            self.rejected += 1
            self.issues.append(fields)
            return
        fields.known(known)
        row = self._row(fields)
        if fields.issues:
            self.rejected += 1
            self.issues.extend(fields.issues)
        else:
            self.rows.append(row)

    def _row(self, fields: Fields) -> RawHolding:
        price = fields.amount("price") if fields.has("price") else None
        value = fields.optional_number("value")
        self._check_currency(fields, priced=price is not None or value is not None)
        quantity = fields.number("quantity")
        return RawHolding(
            # A document without lines numbers its entries.
            line=fields.line or self.seen,
            symbol=fields.required_text("asset", SYMBOL_LENGTH_MAX),
            name=None,
            quantity=quantity,
            location=fields.optional_text("location"),
            availability=fields.choice("availability", Availability) if fields.has("availability") else None,
            price=price,
            value=_value(quantity, price, value),
        )

    def _check_currency(self, fields: Fields, *, priced: bool) -> None:
        said = fields.currency("currency") if fields.has("currency") else None
        if not priced or fields.issues:
            return
        currency = said or (self.currency if fields.line is None else None)
        if currency is None:
            fields.issue("currency_missing", "currency")
        elif self.currency is None:
            self.currency = currency
        elif currency != self.currency:
            fields.issue("currency_differs", "currency", currency=currency, currency_expected=self.currency)


def read_entries(
    source: str, entries: Iterable[Fields | Issue], known: frozenset[str] = HOLDING_FIELDS, currency: str | None = None
) -> tuple[Reading, int]:
    """Read every entry; the number says how many could not be read.

    Args:
        source: Name of the format.
        entries: Fields of each entry, or what is wrong with it.
        known: Names that a field may have.
        currency: Currency of all prices and values, where the document says so once.
    """
    read = _Entries(currency)
    for fields in entries:
        read.add(fields, known)
    return Reading(
        source, ANY_SOURCE, read.currency, None, tuple(read.rows), read.seen, tuple(read.issues)
    ), read.rejected


def _value(quantity: Decimal, price: Decimal | None, value: Decimal | None) -> Decimal | None:
    """A row that states its price states its value: an unidentified token must weigh in the total all the same."""
    if value is not None or price is None:
        return value
    return quantity * price if price > ZERO else ZERO
