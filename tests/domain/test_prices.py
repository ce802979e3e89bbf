"""Quotes, what they convert, and what rows are worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from rebalancer.domain.assets import AssetId
from rebalancer.domain.holdings import Holding
from rebalancer.domain.instruments import Market, MarketStatus
from rebalancer.domain.money import install_decimal_context
from rebalancer.domain.places import Availability
from rebalancer.domain.prices import Quote, Quotes
from rebalancer.domain.valuation import Valuation, ValueStatus, export_quotes, value_holdings
from rebalancer.errors import CurrencyMismatchError
from tests.support.portfolios import NOW, TAXONOMY

install_decimal_context()

BTC, ETH, EUR, USD = AssetId("bitcoin"), AssetId("ethereum"), AssetId("eur"), AssetId("usd")


def _quotes(*entries: tuple[AssetId, str, str]) -> Quotes:
    return Quotes.of(Quote(asset, Decimal(price), currency, "user_file", NOW) for asset, price, currency in entries)


def _row(asset: AssetId | None, quantity: str, value: str | None = None, price: str | None = None) -> Holding:
    return Holding(
        asset or "X",
        None,
        asset,
        Decimal(quantity),
        "Kraken",
        Availability.FREE,
        Decimal(price) if price else None,
        Decimal(value) if value else None,
    )


def _valued(rows: Iterable[Holding], quotes: Quotes, source: str | None = "USD", currency: str = "USD") -> Valuation:
    return value_holdings(tuple(rows), quotes, TAXONOMY, source_currency=source, currency=currency)


def test_the_first_quote_of_an_asset_in_a_currency_counts() -> None:
    quotes = _quotes((BTC, "50000", "USD"), (BTC, "1", "USD"), (BTC, "40000", "EUR"))
    found = quotes.price_in(BTC, "USD")
    assert found is not None
    assert found.price == 50000
    assert len(quotes.currencies_of(BTC)) == 2


def test_a_currency_converts_by_a_quote_of_either_side() -> None:
    quotes = _quotes((EUR, "1.25", "USD"))
    assert quotes.conversion("USD", "USD") == 1
    assert quotes.conversion("EUR", "USD") == Decimal("1.25")
    assert quotes.conversion("USD", "EUR") == Decimal("0.8")
    assert quotes.conversion("USD", "CHF") is None
    with pytest.raises(CurrencyMismatchError):
        quotes.required_conversion("USD", "CHF")


def test_a_price_in_another_currency_is_converted_or_there_is_none() -> None:
    quotes = _quotes((ETH, "2000", "CHF"), (ETH, "1600", "EUR"), (EUR, "1.25", "USD"))
    found = quotes.price_in(ETH, "USD")
    assert found is not None
    assert (found.price, found.currency, found.source) == (Decimal(2000), "USD", "user_file")
    assert _quotes((ETH, "2000", "CHF")).price_in(ETH, "USD") is None
    assert quotes.price_in(BTC, "USD") is None


@pytest.mark.parametrize("price", ["0", "-1", "NaN", "Infinity"])
def test_what_is_not_a_positive_price_never_becomes_a_quote(price: str) -> None:
    with pytest.raises((AssertionError, ArithmeticError)):
        Quote(BTC, Decimal(price), "USD", "user_file")


def test_the_export_prices_an_asset_by_its_largest_row_or_by_what_it_states() -> None:
    rows = (_row(BTC, "1", "50001"), _row(BTC, "2", "100000"), _row(ETH, "1", "7", "2000"), _row(None, "1", "5"))
    found = {quote.asset: quote.price for quote in export_quotes(rows, "USD", None)}
    assert found == {BTC: Decimal(50000), ETH: Decimal(2000)}
    assert export_quotes(rows, None, None) == ()
    assert export_quotes((_row(BTC, "1", "-5"), _row(ETH, "0", "5"), _row(EUR, "1")), "USD", None) == ()


def test_each_row_has_one_status() -> None:
    rows = (
        _row(BTC, "1", "50000"),
        _row(ETH, "5", "0"),
        _row(EUR, "5"),
        _row(None, "1", "7"),
        replace(_row(None, "1"), ignored=True),
        _row(AssetId("unplaced"), "1", "3"),
    )
    valuation = _valued(rows, Quotes())
    assert [row.status.value for row in valuation.rows] == [
        "priced",
        "worthless",
        "unpriced",
        "unclassified",
        "ignored",
        "unclassified",
    ]
    assert valuation.partial
    assert valuation.total_value == 50010
    assert valuation.value_of(ValueStatus.UNCLASSIFIED) == 10


def test_what_the_source_rounded_away_is_shown() -> None:
    valuation = _valued((_row(BTC, "3", "100"), _row(BTC, "1", "33.34")), Quotes())
    difference = valuation.positions[BTC].rounding_difference
    assert abs(difference - Decimal("0.00666666666666")) < Decimal("1e-12")
    assert not valuation.partial


def test_debts_count_in_the_total_and_not_in_the_weights() -> None:
    valuation = _valued((_row(BTC, "-1", "-50000"), _row(ETH, "50", "100000")), Quotes())
    assert (valuation.total_value, valuation.planning_value) == (Decimal(50000), Decimal(100000))
    assert valuation.negative_value == 50000
    assert valuation.group_weights() == {"BTC": 0, "ETH": 1}


def test_values_in_a_currency_without_a_price_are_refused() -> None:
    with pytest.raises(CurrencyMismatchError):
        _valued((_row(BTC, "1", "50000"),), Quotes(), source="CHF")


def test_a_coin_quoted_in_a_currency_without_a_price_is_refused() -> None:
    with pytest.raises(CurrencyMismatchError):
        _valued((_row(ETH, "1"),), _quotes((ETH, "2000", "CHF")), source=None)


def test_a_market_has_steps_and_minimums() -> None:
    market = Market(
        "kraken", "BTC/USD", BTC, USD, Decimal("0.01"), Decimal(1), Decimal("0.005"), min_notional=Decimal(1600)
    )
    assert market.quantity_min(Decimal(50000)) == Decimal("0.04")
    assert market.quantity_min(Decimal(10**9)) == Decimal("0.01")
    sides = {
        status: (replace(market, status=status).can_buy, replace(market, status=status).can_sell)
        for status in MarketStatus
    }
    assert sides == {
        MarketStatus.TRADING: (True, True),
        MarketStatus.SELL_ONLY: (False, True),
        MarketStatus.CLOSED: (False, False),
    }
