from __future__ import annotations

import json
from decimal import Decimal

import pytest

from rebalancer.domain.assets import AssetId
from rebalancer.domain.prices import USER_FILE
from rebalancer.errors import FileError, NotFoundError
from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.decide_identity import IdentityChoice, NewAsset, decide_identity
from rebalancer.workflows.import_markets import clear_markets, import_markets, show_markets
from rebalancer.workflows.import_prices import StoredPrices, clear_prices, import_prices, show_prices
from rebalancer.workflows.read_portfolio import read_portfolio
from tests.support.applications import MovableClock
from tests.support.files import hold

PRICES = Upload("p.csv", b"asset,price,currency\nBTC,70000,USD\n")
MARKET = {
    "venue": "kraken",
    "symbol": "XXBTZUSD",
    "base": "BTC",
    "quote": "USD",
    "lot_step": "0.0001",
    "tick": "0.1",
    "min_quantity": "0.0001",
    "min_notional": "5",
    "taker_fee": "0.0026",
    "maker_fee": "0.0016",
    "half_spread": "0.0001",
    "fee_on": "quote",
    "status": "trading",
}
MARKETS = Upload("m.json", json.dumps([MARKET]).encode())


async def test_imported_prices_value_the_portfolio(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "BTC,1,Kraken,64000,USD")
    stored = await import_prices(app, portfolio.id, PRICES)
    assert [(quote.asset, quote.price, quote.source) for quote in stored.quotes] == [
        (AssetId("bitcoin"), Decimal(70000), USER_FILE)
    ]
    assert (await read_portfolio(app, portfolio.id)).valuation.total_value == 70000
    assert await show_prices(app, portfolio.id) == stored
    await clear_prices(app, portfolio.id)
    assert (await read_portfolio(app, portfolio.id)).valuation.total_value == 64000
    assert await show_prices(app, portfolio.id) == StoredPrices(None, ())
    with pytest.raises(NotFoundError, match="input_file_not_found"):
        await clear_prices(app, portfolio.id)


async def test_the_same_prices_twice_change_nothing(
    app: Application, portfolio: Portfolio, clock: MovableClock
) -> None:
    first = await import_prices(app, portfolio.id, PRICES)
    clock.move(hours=1)
    assert await import_prices(app, portfolio.id, PRICES) == first
    assert len(await app.journal.events()) == 2


async def test_newer_prices_replace_the_older_ones_whole(app: Application, portfolio: Portfolio) -> None:
    await import_prices(app, portfolio.id, PRICES)
    await import_prices(app, portfolio.id, Upload("q.csv", b"asset,price,currency\nETH,2500,USD\n"))
    assert [quote.asset for quote in (await show_prices(app, portfolio.id)).quotes] == ["ethereum"]


async def test_prices_that_cannot_be_read_leave_the_old_ones(app: Application, portfolio: Portfolio) -> None:
    stored = await import_prices(app, portfolio.id, PRICES)
    with pytest.raises(FileError):
        await import_prices(app, portfolio.id, Upload("p.csv", b"asset,price,currency\nBTC,NaN,USD\n"))
    assert await show_prices(app, portfolio.id) == stored


async def test_an_own_asset_can_be_priced_by_the_person(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "AAAX,5,Kraken,,")
    await decide_identity(app, portfolio.id, [IdentityChoice("*", "AAAX", new=NewAsset("Foo", "DeFi"))])
    await import_prices(app, portfolio.id, Upload("p.csv", b"asset,price,currency\nown-foo,2,USD\n"))
    assert (await read_portfolio(app, portfolio.id)).valuation.group_values() == {"DeFi": Decimal(10)}


async def test_markets_are_kept_until_they_are_cleared(app: Application, portfolio: Portfolio) -> None:
    assert (await show_markets(app, portfolio.id)).markets == ()
    assert (await read_portfolio(app, portfolio.id)).markets is None
    stored = await import_markets(app, portfolio.id, MARKETS)
    assert [(market.venue, market.base) for market in stored.markets] == [("kraken", AssetId("bitcoin"))]
    assert await show_markets(app, portfolio.id) == stored
    assert (await read_portfolio(app, portfolio.id)).markets == stored.markets
    await clear_markets(app, portfolio.id)
    assert (await read_portfolio(app, portfolio.id)).markets is None
