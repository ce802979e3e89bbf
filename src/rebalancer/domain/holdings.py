"""Holdings: what is held, where, and what must happen before it can move.

A source is read into rows that keep its own words (``RawHolding``); identity and place turn each row into a
``Holding``. Nothing is dropped on the way: a negative balance, an unidentified token and a worthless one all stay.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rebalancer.domain.places import Availability, Executor, Place, PlaceKind, availability_at

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from rebalancer.domain.assets import AssetId, Registry
    from rebalancer.domain.places import Places
    from rebalancer.errors import Issue


# Where a source has no places, its whole account is one place without a name; a plan on it states that and cannot be
# approved.
WHOLE_ACCOUNT: Final = Place("", PlaceKind.SPOT, None, Availability.FREE, Executor.HAND)


@dataclass(frozen=True, slots=True)
class RawHolding:
    """One row of a source, in the source's own words.

    Attributes:
        line: Line of the file (header is 1), or position of the entry from 1 where there are no lines.
        symbol: The asset as the source writes it.
        name: Long name beside it, or None.
        quantity: Units; negative balances are normal.
        location: The place as the source names it; None where the source has no places.
        availability: What the source says of it, or None.
        price: Price the source states, in its currency, or None.
        value: Value the source states, in its currency, or None.
        value_btc: Value the source states in bitcoin, or None.
    """

    line: int
    symbol: str
    name: str | None
    quantity: Decimal
    location: str | None
    availability: Availability | None = None
    price: Decimal | None = None
    value: Decimal | None = None
    value_btc: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one holdings file.

    Attributes:
        source: Format recognised: ``cointracking_current_balance``, ``cointracking_balance_by_exchange``,
            ``cointracking_coins_by_exchange``, ``generic_csv``, ``generic_json``.
        alias_source: Alias table that its symbols go through: ``cointracking`` or ``*``.
        currency: Currency of its prices and values, or None when it has none.
        as_of: Instant the file states, UTC, or None.
        rows: Rows that were read.
        rows_seen: Data rows in the file, read or not.
        rejected: One issue or more for each row that could not be read.
    """

    source: str
    alias_source: str
    currency: str | None
    as_of: datetime | None
    rows: tuple[RawHolding, ...]
    rows_seen: int
    rejected: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Units of one asset at one place in one availability.

    ``asset`` is None when the symbol is not identified; ``ignored`` then tells whether the person has set it aside.
    ``location`` is None only when the source has no places.
    """

    symbol: str
    name: str | None
    asset: AssetId | None
    quantity: Decimal
    location: str | None
    availability: Availability
    price: Decimal | None = None
    value: Decimal | None = None
    candidates: tuple[AssetId, ...] = field(default=())
    ignored: bool = False


def identify_holdings(
    reading: Reading, registry: Registry, places: Places, day: date | None = None
) -> tuple[Holding, ...]:
    """Give each row its asset and its availability, in the order of the file."""
    # A file has many rows and few places; guessing a place looks at every venue there is.
    locations = dict.fromkeys(row.location for row in reading.rows)
    found = {name: places.of(name) if name is not None else WHOLE_ACCOUNT for name in locations}
    return tuple(_identify(row, reading.alias_source, registry, found[row.location], day) for row in reading.rows)


def _identify(row: RawHolding, source: str, registry: Registry, place: Place, day: date | None) -> Holding:
    identity = registry.identify(source, row.symbol, name=row.name, day=day)
    asset = registry.assets[identity.asset] if identity.asset is not None else None
    return Holding(
        symbol=row.symbol,
        name=asset.name if asset is not None else row.name,
        asset=identity.asset,
        quantity=row.quantity,
        location=row.location,
        availability=row.availability or availability_at(place, asset.kind if asset is not None else None),
        price=row.price,
        value=row.value,
        candidates=identity.candidates,
        ignored=identity.ignored,
    )
