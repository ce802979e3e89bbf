"""List holdings: the merged, identified and valued rows of every account, a page at a time."""

from __future__ import annotations

import asyncio
import base64
import heapq
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from rebalancer.domain.assets import AssetId, AssetKind
from rebalancer.domain.holdings import Holding
from rebalancer.domain.money import ZERO, plain, total
from rebalancer.domain.valuation import Valuation, ValuedHolding, ValueStatus
from rebalancer.errors import InputError
from rebalancer.ports.application import Application
from rebalancer.workflows.join_portfolio import HeldRow, PortfolioState
from rebalancer.workflows.read_portfolio import read_portfolio

LIMIT_MAX: Final = 1000


class HoldingsSort(StrEnum):
    """What a list is ordered by; ties go by account and position."""

    VALUE = "value"
    SYMBOL = "symbol"
    LOCATION = "location"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class HoldingsQuery:
    """Which rows, in which order.

    Attributes:
        limit: Rows per page, 1 to 1000.
        cursor: Where the page before ended, as it said; None for the first.
        sort: Order.
        descending: Largest first.
        group: Only this group.
        location: Only this location; empty for rows without one.
        status: Only this status.
        account: Only this account.
        search: Only rows whose symbol, name or asset id contains this, whatever its case.
        min_value: Only rows whose value, without its sign, is at least this; rows without a value drop out when it is
            above 0.
    """

    limit: int = 100
    cursor: str | None = None
    sort: HoldingsSort = HoldingsSort.VALUE
    descending: bool = True
    group: str | None = None
    location: str | None = None
    status: ValueStatus | None = None
    account: str | None = None
    search: str | None = None
    min_value: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class HoldingsItem:
    """One row with everything a list shows.

    Attributes:
        row: The row and its account.
        valued: Its value, price, group and status.
        kind: Kind of its asset; None when unidentified.
        alias: What its asset stands for, for a wrapped or staked one.
        price_age_s: Age of its price in seconds; None when the price has no instant.
    """

    row: HeldRow
    valued: ValuedHolding
    kind: AssetKind | None
    alias: AssetId | None
    price_age_s: int | None


@dataclass(frozen=True, slots=True)
class HoldingsPage:
    """One page.

    Attributes:
        items: Its rows.
        next_cursor: Where it ended; None on the last page.
        rows: Rows that match, on all pages.
        matched_value: Sum of the values of the rows that match.
        valuation: All rows of the portfolio, whatever matches.
        state: What they were made from.
    """

    items: tuple[HoldingsItem, ...]
    next_cursor: str | None
    rows: int
    matched_value: Decimal
    valuation: Valuation
    state: PortfolioState


@dataclass(frozen=True, slots=True)
class Entry:
    """A row beside its value."""

    row: HeldRow
    valued: ValuedHolding


Key = tuple[Decimal | str, str, int]


async def list_holdings(app: Application, portfolio_id: str, query: HoldingsQuery) -> HoldingsPage:
    """One page of the holdings.

    Raises:
        InputError: ``limit_out_of_range`` or ``cursor_invalid``.
        NotFoundError: ``portfolio_not_found``.
        CurrencyMismatchError: ``currency_mismatch``.
    """
    if not 1 <= query.limit <= LIMIT_MAX:
        raise InputError("limit_out_of_range", {"limit": str(query.limit), "limit_max": str(LIMIT_MAX)})
    after = _decoded_cursor(query) if query.cursor is not None else None
    state = await read_portfolio(app, portfolio_id)
    return await asyncio.to_thread(_page, app, state, query, after)


def _page(app: Application, state: PortfolioState, query: HoldingsQuery, after: Key | None) -> HoldingsPage:
    valuation, key, tests = state.valuation, _KEYS[query.sort], tuple(_tests(query))
    every = map(Entry, state.rows, valuation.rows)
    matching = [entry for entry in every if all(passes(entry) for passes in tests)] if tests else list(every)
    rest = matching if after is None else [entry for entry in matching if _is_after(key(entry), after, query)]
    first = (heapq.nlargest if query.descending else heapq.nsmallest)(query.limit + 1, rest, key)
    shown = first[: query.limit]
    return HoldingsPage(
        items=tuple(_item(app, state, entry) for entry in shown),
        next_cursor=_cursor(query, key(shown[-1])) if len(first) > len(shown) else None,
        rows=len(matching),
        matched_value=total(entry.valued.value for entry in matching if entry.valued.value is not None),
        valuation=valuation,
        state=state,
    )


def _item(app: Application, state: PortfolioState, entry: Entry) -> HoldingsItem:
    asset = state.registry.assets.get(entry.row.holding.asset) if entry.row.holding.asset is not None else None
    quote = entry.valued.quote
    age = app.clock.now() - quote.as_of if quote is not None and quote.as_of is not None else None
    return HoldingsItem(
        entry.row,
        entry.valued,
        asset.kind if asset is not None else None,
        asset.base if asset is not None else None,
        int(age.total_seconds()) if age is not None else None,
    )


def _tests(query: HoldingsQuery) -> Iterator[Callable[[Entry], bool]]:
    """What a row must pass; nothing for what the query does not ask."""
    if query.group is not None:
        yield lambda entry: entry.valued.group == query.group
    if query.location is not None:
        yield lambda entry: (entry.row.holding.location or "") == query.location
    if query.status is not None:
        yield lambda entry: entry.valued.status is query.status
    if query.account is not None:
        yield lambda entry: entry.row.account == query.account
    if query.search:
        wanted = query.search.strip().casefold()
        yield lambda entry: any(wanted in text.casefold() for text in _texts(entry.row.holding))
    if query.min_value > ZERO:
        yield lambda entry: entry.valued.value is not None and abs(entry.valued.value) >= query.min_value


def _texts(holding: Holding) -> tuple[str, ...]:
    return (holding.symbol, holding.name or "", holding.asset or "")


def _by_value(entry: Entry) -> Key:
    value = entry.valued.value
    return (value if value is not None else ZERO, entry.row.account, entry.row.position)


def _by_symbol(entry: Entry) -> Key:
    return (entry.row.holding.symbol, entry.row.account, entry.row.position)


def _by_location(entry: Entry) -> Key:
    return (entry.row.holding.location or "", entry.row.account, entry.row.position)


def _by_group(entry: Entry) -> Key:
    return (entry.valued.group, entry.row.account, entry.row.position)


_KEYS: Final[dict[HoldingsSort, Callable[[Entry], Key]]] = {
    HoldingsSort.VALUE: _by_value,
    HoldingsSort.SYMBOL: _by_symbol,
    HoldingsSort.LOCATION: _by_location,
    HoldingsSort.GROUP: _by_group,
}


def _is_after(key: Key, after: Key, query: HoldingsQuery) -> bool:
    return key < after if query.descending else key > after


def _cursor(query: HoldingsQuery, key: Key) -> str:
    first = plain(key[0]) if isinstance(key[0], Decimal) else key[0]
    text = json.dumps([query.sort, query.descending, first, key[1], key[2]])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded_cursor(query: HoldingsQuery) -> Key:
    text = query.cursor or ""
    try:
        sort, descending, first, account, position = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        leading = Decimal(str(first)) if query.sort is HoldingsSort.VALUE else str(first)
        same_order = (sort, descending) == (query.sort.value, query.descending)
        key: Key = (leading, str(account), int(position))
    except (ValueError, TypeError, InvalidOperation) as error:
        raise InputError("cursor_invalid", {"cursor": text[:80]}) from error
    if not same_order:
        raise InputError("cursor_invalid", {"cursor": text[:80]})
    return key
