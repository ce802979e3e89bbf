from __future__ import annotations

import base64
import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from rebalancer.domain.assets import AssetId, AssetKind
from rebalancer.domain.valuation import ValueStatus
from rebalancer.errors import InputError
from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.import_holdings import import_holdings
from rebalancer.workflows.import_prices import import_prices
from rebalancer.workflows.list_holdings import HoldingsItem, HoldingsQuery, HoldingsSort, list_holdings
from tests.support.applications import MovableClock
from tests.support.files import hold

ROWS = (
    "BTC,0.5,Kraken,32000,USD",
    "BTC,-0.1,Binance,-6400,USD",
    "STETH,4,Ledger Wallets,10000,USD",
    "ETH,4,Kraken,10000,USD",
    "ETH,1,,2500,USD",
    "SOL,3,Kraken,0.00,USD",
    "NOSUCHCOIN,7,Metamask,12,USD",
    "ADA,5,Kraken,,USD",
)


async def all_pages(app: Application, portfolio_id: str, query: HoldingsQuery) -> list[HoldingsItem]:
    items: list[HoldingsItem] = []
    cursor: str | None = None
    for _ in range(99):
        page = await list_holdings(
            app,
            portfolio_id,
            HoldingsQuery(limit=query.limit, cursor=cursor, sort=query.sort, descending=query.descending),
        )
        items.extend(page.items)
        cursor = page.next_cursor
        if cursor is None:
            return items
    pytest.fail("the pages never end")


WORDS: dict[HoldingsSort, Callable[[HoldingsItem], str]] = {
    HoldingsSort.SYMBOL: lambda item: item.row.holding.symbol,
    HoldingsSort.LOCATION: lambda item: item.row.holding.location or "",
    HoldingsSort.GROUP: lambda item: item.valued.group,
}


@pytest.mark.parametrize("sort", list(HoldingsSort))
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("limit", [1, 3, 8])
async def test_pages_show_every_row_once_in_order(
    app: Application, portfolio: Portfolio, sort: HoldingsSort, limit: int, *, descending: bool
) -> None:
    await hold(app, portfolio.id, *ROWS)
    items = await all_pages(app, portfolio.id, HoldingsQuery(limit=limit, sort=sort, descending=descending))
    assert sorted(item.row.position for item in items) == list(range(len(ROWS)))
    if sort is HoldingsSort.VALUE:
        values = [item.valued.value or Decimal(0) for item in items]
        assert values == sorted(values, reverse=descending)
    else:
        texts = [WORDS[sort](item) for item in items]
        assert texts == sorted(texts, reverse=descending)


async def test_a_page_goes_on_after_rows_that_changed(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, *ROWS)
    first = await list_holdings(app, portfolio.id, HoldingsQuery(limit=2))
    await hold(app, portfolio.id, "BTC,9,Kraken,99999999,USD", account="Another")
    second = await list_holdings(app, portfolio.id, HoldingsQuery(limit=2, cursor=first.next_cursor))
    shown = [(item.row.account, item.row.position) for item in (*first.items, *second.items)]
    assert len(set(shown)) == 4
    assert all(account == "Main" for account, _ in shown)


@pytest.mark.parametrize(
    ("query", "positions"),
    [
        (HoldingsQuery(group="ETH"), {2, 3, 4}),
        (HoldingsQuery(location="Kraken"), {0, 3, 5, 7}),
        (HoldingsQuery(location=""), {4}),
        (HoldingsQuery(account="Main", status=ValueStatus.UNCLASSIFIED), {6}),
        (HoldingsQuery(status=ValueStatus.WORTHLESS), {5}),
        (HoldingsQuery(status=ValueStatus.UNPRICED), {7}),
        (HoldingsQuery(account="Other"), set()),
        (HoldingsQuery(search="  steth"), {2}),
        (HoldingsQuery(search="ETHEREUM"), {3, 4}),
        (HoldingsQuery(search="lido-staked"), {2}),
        (HoldingsQuery(min_value=Decimal(6000)), {0, 1, 2, 3}),
        (HoldingsQuery(group="ETH", min_value=Decimal(3000), search="eth", location="Kraken"), {3}),
    ],
)
async def test_filters_narrow_the_list(
    app: Application, portfolio: Portfolio, query: HoldingsQuery, positions: set[int]
) -> None:
    await hold(app, portfolio.id, *ROWS)
    page = await list_holdings(app, portfolio.id, query)
    assert {item.row.position for item in page.items} == positions
    assert page.rows == len(positions)


async def test_totals_tell_what_matches_beside_the_whole(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, *ROWS)
    page = await list_holdings(app, portfolio.id, HoldingsQuery(limit=1, location="Kraken"))
    assert (page.rows, page.matched_value) == (4, Decimal(42000))
    assert page.valuation.total_value == Decimal(48112)
    assert page.valuation.partial


async def test_a_row_tells_what_it_stands_for(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, *ROWS)
    by_position = {item.row.position: item for item in (await list_holdings(app, portfolio.id, HoldingsQuery())).items}
    assert (by_position[2].alias, by_position[2].kind) == (AssetId("ethereum"), AssetKind.STAKED)
    assert (by_position[6].alias, by_position[6].kind, by_position[6].valued.quote) == (None, None, None)


async def test_a_price_tells_its_age(app: Application, portfolio: Portfolio, clock: MovableClock) -> None:
    data = json.dumps(
        {
            "as_of": "2026-11-22T11:00:00.123456Z",
            "currency": "USD",
            "holdings": [{"asset": "BTC", "quantity": "1", "location": "Kraken", "value": "64000"}],
        }
    )
    await import_holdings(app, portfolio.id, "Main", Upload("h.json", data.encode()))
    assert (await list_holdings(app, portfolio.id, HoldingsQuery())).items[0].price_age_s == 3600
    prices = Upload("p.csv", b"asset,price,currency\nBTC,1,USD\n")
    await import_prices(app, portfolio.id, prices)
    clock.move(hours=1)
    item = (await list_holdings(app, portfolio.id, HoldingsQuery())).items[0]
    assert (item.price_age_s, item.valued.value) == (None, Decimal(1))


def cursor(parts: list[object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "?",
        "AAAA",
        cursor([]),
        cursor(["value", True, "many", "Main", 0]),
        cursor(["symbol", True, "1", "Main", 0]),
        cursor(["value", False, "1", "Main", 0]),
        cursor(["value", True, "1", "Main", "x"]),
    ],
)
async def test_a_cursor_of_another_list_is_refused(app: Application, portfolio: Portfolio, text: str) -> None:
    with pytest.raises(InputError, match="cursor_invalid"):
        await list_holdings(app, portfolio.id, HoldingsQuery(cursor=text))


@pytest.mark.parametrize("limit", [0, -1, 1001])
async def test_a_page_has_between_one_and_a_thousand_rows(app: Application, portfolio: Portfolio, limit: int) -> None:
    with pytest.raises(InputError, match="limit_out_of_range"):
        await list_holdings(app, portfolio.id, HoldingsQuery(limit=limit))


async def test_an_empty_portfolio_has_an_empty_page(app: Application, portfolio: Portfolio) -> None:
    page = await list_holdings(app, portfolio.id, HoldingsQuery())
    assert not page.items
    assert (page.next_cursor, page.rows, page.valuation.total_value) == (None, 0, Decimal(0))
