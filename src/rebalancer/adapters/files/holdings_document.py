"""What ``holdings read`` prints and a preview shows: everything that was understood of a file, and what was not."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC
from typing import TYPE_CHECKING, Final

from rebalancer.adapters.files.symbols import LOOK_ALIKE, looks_like, marks_of
from rebalancer.adapters.texts import issue_document
from rebalancer.domain.money import ZERO, plain, total
from rebalancer.domain.valuation import ValueStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from decimal import Decimal

    from rebalancer.domain.assets import Registry
    from rebalancer.domain.content import Json, JsonObject
    from rebalancer.domain.holdings import Holding, Reading
    from rebalancer.domain.valuation import Valuation, ValuedHolding

NO_LOCATION: Final = ""  # The name that rows without a place stand under.


def holdings_document(
    reading: Reading,
    valuation: Valuation,
    registry: Registry,
    *,
    as_of: datetime | None = None,
    language: str = "en",
) -> JsonObject:
    """The ``holdings read`` document.

    Args:
        reading: What was read of the file.
        valuation: The same rows, identified and valued, in the order of the file.
        registry: What assets stand for.
        as_of: The instant the holdings are taken to hold at; the one that the file states goes first.
        language: Language of the reasons and remedies of rejected rows.

    Returns:
        Money and quantities as decimal texts; a total is None where no row has a value. ``by_location`` and
        ``by_group`` lead from each name to the sum of its rows' own values, so each adds up to ``total_value``,
        negatives and unidentified rows included; rows without a place stand under an empty name.
    """
    rows = valuation.rows
    valued = any(row.value is not None for row in rows)
    return {
        "source": reading.source,
        "as_of": _instant(reading.as_of or as_of),
        "currency": valuation.currency if valued else reading.currency,
        "rows": reading.rows_seen,
        "holdings": [_holding(row, registry) for row in rows],
        "total_value": plain(valuation.total_value) if valued else None,
        "planning_value": plain(valuation.planning_value) if valued else None,
        "partial": valuation.partial or any(row.value is None for row in rows),
        "by_location": _sums(rows, lambda row: row.holding.location or NO_LOCATION),
        "by_group": _sums(rows, lambda row: row.group),
        "rejected": [issue_document(issue, language) for issue in reading.rejected],
        "unknown": _unknown(rows),
        "negative": [_brief(row) for row in rows if row.holding.quantity < ZERO],
        "worthless": [_brief(row) for row in rows if row.value == ZERO and row.holding.quantity != ZERO],
    }


def _holding(row: ValuedHolding, registry: Registry) -> JsonObject:
    holding = row.holding
    asset = registry.assets[holding.asset] if holding.asset is not None else None
    price = row.quote.price if row.quote is not None else holding.price
    return {
        "asset": holding.asset,
        "symbol": holding.symbol,
        "alias": asset.base if asset is not None else None,
        "name": holding.name,
        "quantity": plain(holding.quantity),
        "location": holding.location,
        "availability": holding.availability.value,
        "value": _amount(row.value),
        "price": _amount(price),
        "price_source": row.quote.source if row.quote is not None else None,
        "group": row.group,
        "status": row.status.value,
        "marks": _marks(holding),
    }


def _marks(holding: Holding) -> list[Json]:
    """What is odd about the symbol; a name may well have accents, but nothing hidden."""
    hidden = [mark for mark in marks_of(holding.name or "") if mark != LOOK_ALIKE]
    return list(dict.fromkeys((*marks_of(holding.symbol), *hidden)))


def _brief(row: ValuedHolding) -> JsonObject:
    holding = row.holding
    return {
        "asset": holding.asset,
        "symbol": holding.symbol,
        "quantity": plain(holding.quantity),
        "location": holding.location,
        "value": _amount(row.value),
    }


def _sums(rows: Iterable[ValuedHolding], name_of: Callable[[ValuedHolding], str]) -> JsonObject:
    """Sum of the rows' own values per name, in alphabetical order; None where no row of a name has a value."""
    found: dict[str, list[ValuedHolding]] = defaultdict(list)
    for row in rows:
        found[name_of(row)].append(row)
    return {name: _sum(found[name]) for name in sorted(found)}


def _unknown(rows: Iterable[ValuedHolding]) -> list[Json]:
    """Symbols that nobody has decided on, the most valuable first."""
    found: dict[str, list[ValuedHolding]] = defaultdict(list)
    for row in rows:
        if row.holding.asset is None and row.status is ValueStatus.UNCLASSIFIED:
            found[row.holding.symbol].append(row)
    by_value = sorted(found.items(), key=lambda item: (-abs(_total(item[1])), item[0]))
    return [_unknown_symbol(symbol, same) for symbol, same in by_value]


def _unknown_symbol(symbol: str, rows: list[ValuedHolding]) -> JsonObject:
    names = dict.fromkeys(row.holding.name for row in rows if row.holding.name)
    return {
        "symbol": symbol,
        "candidates": list(rows[0].holding.candidates),
        "name": next(iter(names), None),
        "quantity": plain(total(row.holding.quantity for row in rows)),
        "value": _sum(rows),
        "rows": len(rows),
        "marks": list(marks_of(symbol)),
        "looks_like": looks_like(symbol),
    }


def _total(rows: Iterable[ValuedHolding]) -> Decimal:
    return total(row.value for row in rows if row.value is not None)


def _sum(rows: list[ValuedHolding]) -> str | None:
    """Sum of the rows that have a value; None when none has."""
    return plain(_total(rows)) if any(row.value is not None for row in rows) else None


def _amount(value: Decimal | None) -> str | None:
    return plain(value) if value is not None else None


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at is not None else None
