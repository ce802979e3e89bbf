from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest

from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.domain.assets import Registry
from rebalancer.domain.holdings import RawHolding
from tests.support.exports import (
    BALANCE_BY_EXCHANGE,
    COINS_BY_EXCHANGE,
    balance_by_exchange,
    coins_by_exchange,
    current_balance,
    quoted_table,
    read,
    refused,
)

BALANCE_ROW = ("0.50000000", "SOL2", "75.10", "0.00110000", "Ledger Wallets Staked")
COINS_ROW = ("0.50000000", "Ledger Wallets Staked", "75.10", "0.00110000", "SOL2 (Solana) by Exchange")
CURRENT_ROW = ("SOL2", "Solana", "Coin", "0.50000000", "75.10", "0.00110000", "0.1", "0.0022", "150.20", "0.1", "")


def test_balance_by_exchange_is_read_with_its_places_and_values() -> None:
    reading = read(balance_by_exchange(BALANCE_ROW))
    assert (reading.source, reading.alias_source, reading.currency, reading.rows_seen) == (
        *("cointracking_balance_by_exchange", "cointracking", "USD"),
        1,
    )
    quantity, value, btc = Decimal("0.5"), Decimal("75.10"), Decimal("0.0011")
    assert reading.rows == (RawHolding(2, "SOL2", None, quantity, "Ledger Wallets Staked", None, None, value, btc),)


def test_coins_by_exchange_gives_ticker_and_name_out_of_its_sentence() -> None:
    reading = read(coins_by_exchange(COINS_ROW))
    row = reading.rows[0]
    assert reading.source == "cointracking_coins_by_exchange"
    assert (row.symbol, row.name, row.location, str(row.value)) == ("SOL2", "Solana", "Ledger Wallets Staked", "75.10")


@pytest.mark.parametrize(
    ("coin", "symbol", "name"),
    [
        ("AAVE (Aave) by Exchange", "AAVE", "Aave"),
        ("4BELT by Exchange", "4BELT", None),
        ("1INCH (1inch) by Exchange", "1INCH", "1inch"),
        ("LUNA2 (Terra Classic (LUNC)) by Exchange", "LUNA2", "Terra Classic (LUNC)"),
        ("BSC-USD (Binance Bridged USDT (BNB)) by Exchange", "BSC-USD", "Binance Bridged USDT (BNB)"),
        ("X () by Exchange", "X", None),
        ("X (Day by Exchange) by Exchange", "X", "Day by Exchange"),
        ("CAKE-LP\u00a0(Pancake LPs) by Exchange", "CAKE-LP", "Pancake LPs"),
    ],
)
def test_every_shape_of_a_coin_by_exchange_is_understood(coin: str, symbol: str, name: str | None) -> None:
    row = read(coins_by_exchange(("1.0", "Kraken", "1.00", "0.1", coin))).rows[0]
    assert (row.symbol, row.name) == (symbol, name)


@pytest.mark.parametrize("coin", ["AAVE (Aave)", "by Exchange", "AAVE (Aave) by Type"])
def test_a_coin_that_is_not_by_exchange_is_named(coin: str) -> None:
    issue = refused(coins_by_exchange(("1.0", "Kraken", "1.00", "0.1", coin))).issues[0]
    assert (issue.code, issue.column, issue.value, issue.line) == ("coin_not_by_exchange", "Coin", coin, 2)


def test_a_coin_by_exchange_that_is_empty_is_missing() -> None:
    issues = refused(coins_by_exchange(("1.0", "Kraken", "1.00", "0.1", ""))).issues
    assert [issue.code for issue in issues] == ["value_missing"]


def test_current_balance_has_prices_and_names_and_no_places() -> None:
    reading = read(current_balance(CURRENT_ROW))
    row = reading.rows[0]
    assert (reading.source, reading.currency) == ("cointracking_current_balance", "USD")
    assert (row.symbol, row.name, row.location, row.price) == ("SOL2", "Solana", None, Decimal("150.20"))


def test_current_balance_bears_types_with_hard_spaces_and_empty_names_and_trends_and_a_price_of_zero() -> None:
    dead = ("ANC2", "", "Coin\u00a0(dead)", "12.00000000", "0.00", "0.00000000", "0", "0", "0", "", "")
    row = read(current_balance(dead, ("N-4N60A", "", "Other", "1.0", "0.00", "0", "", "", "", "", ""))).rows[0]
    assert (row.name, row.value, row.price) == (None, Decimal(0), Decimal(0))


@pytest.mark.parametrize("currency", ["USD", "EUR", "CHF"])
def test_the_currency_is_read_out_of_the_header(currency: str) -> None:
    header = [name.replace("USD", currency) for name in BALANCE_BY_EXCHANGE]
    assert read(quoted_table(header, [BALANCE_ROW])).currency == currency


def test_an_account_kept_in_bitcoin_has_values_in_bitcoin_alone() -> None:
    header = [name for name in BALANCE_BY_EXCHANGE if "USD" not in name]
    reading = read(quoted_table(header, [("0.5", "SOL2", "0.0011", "Kraken")]))
    assert (reading.currency, reading.rows[0].value) == ("BTC", Decimal("0.0011"))


def test_a_currency_that_is_not_supported_is_named_with_those_that_are() -> None:
    error = refused(quoted_table([name.replace("USD", "GBP") for name in BALANCE_BY_EXCHANGE], [BALANCE_ROW]))
    assert (error.code, error.numbers["currency"], error.numbers["currencies"]) == (
        *("export_currency", "GBP"),
        "USD, EUR, CHF, BTC",
    )


def test_values_in_two_currencies_are_refused_rather_than_chosen_from() -> None:
    header = (*BALANCE_BY_EXCHANGE, "Current value in EUR")
    assert refused(quoted_table(header, [(*BALANCE_ROW, "70.00")])).code == "export_currencies"


@pytest.mark.parametrize(
    ("header", "row"), [(BALANCE_BY_EXCHANGE, BALANCE_ROW), (COINS_BY_EXCHANGE, COINS_ROW)], ids=["balance", "coins"]
)
def test_every_order_of_columns_reads_the_same(header: tuple[str, ...], row: tuple[str, ...]) -> None:
    expected = read(quoted_table(header, [row]))
    for order in permutations(range(len(header))):
        moved = quoted_table([header[at] for at in order], [[row[at] for at in order]], separator=";")
        assert read(moved) == expected


def test_negative_balances_and_whole_negative_places_stay() -> None:
    rows = [
        ("-1500.00000000", "USDT", "-1499.25", "-0.02", "Poloniex"),
        ("-0.00000001", "ETH", "0.00", "0", "Manually"),
    ]
    reading = read(balance_by_exchange(*rows))
    assert [(row.quantity, row.value, row.location) for row in reading.rows] == [
        (Decimal(-1500), Decimal("-1499.25"), "Poloniex"),
        (Decimal("-0.00000001"), Decimal("0.00"), "Manually"),
    ]


@pytest.mark.parametrize(
    "place", ["Binance Earn", "Metamask - BSC - Std", "DOGE Transaction", "Manually", "Okex Funding"]
)
def test_places_keep_their_own_words(place: str) -> None:
    assert read(balance_by_exchange(("1.0", "BTC", "1.00", "0.1", place))).rows[0].location == place


def test_a_row_without_a_place_has_none() -> None:
    assert read(balance_by_exchange(("1.0", "BTC", "1.00", "0.1", ""))).rows[0].location is None


def test_tickers_keep_their_numbers_and_identity_goes_through_the_table(registry: Registry) -> None:
    expected = {"LUNA2": "terra-luna", "LUNA3": "terra-luna-2", "API3": "api3", "1INCH": "1inch", "SOL2": "solana"}
    reading = read(balance_by_exchange(*[("1.0", symbol, "1.00", "0.1", "Kraken") for symbol in expected]))
    found = {row.symbol: registry.identify(reading.alias_source, row.symbol).asset for row in reading.rows}
    assert found == expected


@pytest.mark.parametrize(
    "header",
    [
        ("Type", "Buy", "Cur.", "Sell", "Cur.", "Fee", "Cur.", "Exchange", "Group", "Comment", "Date"),
        ("Typ", "Kauf", "Cur.", "Verkauf", "Cur.", "Gebühr", "Cur.", "Börse", "Gruppe", "Kommentar", "Datum"),
        ("Type", "Buy", "Cur.", "Sell", "Cur.", "Fee", "Cur.", "Exchange", "Group", "Comment", "Date", "LPN", "Tx-ID"),
    ],
)
def test_the_trade_table_is_refused_by_its_name_in_every_language(header: tuple[str, ...]) -> None:
    error = refused(quoted_table(header, []))
    assert (error.code, error.numbers["export"]) == ("cointracking_other_export", "Trade Table")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (("Menge", "Währung", "Aktueller Wert in EUR", "Aktueller Wert in BTC", "Börse"), "de"),
        (("Montant", "Devise", "Valeur actuelle en EUR", "Valeur actuelle en BTC", "Plateforme"), "fr"),
        (("Cantidad", "Moneda", "Valor actual en EUR", "Valor actual en BTC", "Exchange"), "es"),
    ],
)
def test_headers_in_another_language_are_shown_with_the_language(header: tuple[str, ...], language: str) -> None:
    error = refused(quoted_table(header, [("1", "BTC", "1", "1", "Kraken")]))
    assert (error.code, error.numbers["language"]) == ("cointracking_other_language", language)
    assert error.numbers["headers"] == ", ".join(header)


@pytest.mark.parametrize(
    ("header", "export", "column"),
    [
        (("Currency", "Current value in USD", "Exchange"), "Balance by Exchange", "amount"),
        (("Amount", "Currency", "Current value in USD"), "Balance by Exchange", "exchange"),
        (("Amount", "Currency", "Exchange"), "Balance by Exchange", "current value in USD"),
        (("Amount", "Exchange", "Current value in EUR"), "Balance by Exchange", "currency"),
        (("Amount", "Current value in EUR", "Coin"), "Coins by Exchange", "exchange"),
        (("Ticker", "Name", "Value in USD"), "Current Balance", "amount"),
    ],
)
def test_an_export_that_lacks_one_column_is_told_which(header: tuple[str, ...], export: str, column: str) -> None:
    error = refused(quoted_table(header, [["1"] * len(header)]))
    assert (error.code, error.numbers["export"], error.numbers["column"]) == (
        *("cointracking_columns_missing", export),
        column,
    )


def test_every_mistake_of_a_file_is_listed_with_its_place_and_nothing_is_taken() -> None:
    data = balance_by_exchange(
        ("1,5", "BTC", "NaN", "0.1", "Kraken"),
        ("1.0", "", "1.00", "0.1", "Kraken"),
        ("1.0", "ETH", "1.00", "0.1", "Kraken"),
    )
    error = refused(data)
    assert (error.code, error.numbers["rows"], error.numbers["rows_rejected"]) == ("rows_unreadable", "3", "2")
    assert [(issue.line, issue.column, issue.value, issue.code) for issue in error.issues] == [
        (2, "Amount", "1,5", "number_decimal_comma"),
        (2, "Current value in USD", "NaN", "number_not_finite"),
        (3, "Currency", "", "value_missing"),
    ]
    kept = read_holdings(data, "export.csv", keep_readable=True)
    assert ([row.symbol for row in kept.rows], kept.rows_seen, len(kept.rejected)) == (["ETH"], 3, 3)


def test_a_file_in_which_nothing_can_be_read_is_refused_even_when_the_readable_may_be_kept() -> None:
    data = balance_by_exchange(("x", "BTC", "1", "1", "Kraken"))
    with pytest.raises(Exception, match="rows_unreadable"):
        read_holdings(data, "export.csv", keep_readable=True)


def test_a_negative_price_is_no_price() -> None:
    row = list(CURRENT_ROW)
    row[8] = "-1"
    assert refused(current_balance(row)).issues[0].code == "negative_price"
