from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from rebalancer.adapters.files.prices import read_prices
from rebalancer.domain.assets import Registry
from rebalancer.domain.prices import Quote
from rebalancer.errors import RebalancerError
from tests.support.exports import refusal


def refused(data: bytes, registry: Registry) -> RebalancerError:
    return refusal(lambda: read_prices(data, "prices", registry))


def test_a_table_of_prices_becomes_quotes_of_the_person(registry: Registry) -> None:
    data = b"asset,price,currency,as_of,source\nBTC,64000.5,USD,2026-11-22T08:00:00Z,my notes\nethereum,2000,eur,,\n"
    bitcoin, ethereum = read_prices(data, "p.csv", registry)
    assert bitcoin.asset == "bitcoin"
    assert (bitcoin.price, bitcoin.currency, bitcoin.source) == (Decimal("64000.5"), "USD", "user_file")
    assert bitcoin.as_of == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert (ethereum.asset, ethereum.currency, ethereum.as_of) == ("ethereum", "EUR", None)


def test_a_document_of_prices_says_the_same(registry: Registry) -> None:
    data = json.dumps({"as_of": "2026-11-22T08:00:00Z", "currency": "USD", "prices": {"BTC": "64000.5"}}).encode()
    (quote,) = read_prices(data, "p.json", registry)
    assert quote == Quote(quote.asset, Decimal("64000.5"), "USD", "user_file", datetime(2026, 11, 22, 8, tzinfo=UTC))


@pytest.mark.parametrize("price", ["0", "-1", "NaN", "", "1,23", "1e400", "Infinity", "true"])
def test_a_price_that_is_none_is_refused_in_both_formats(registry: Registry, price: str) -> None:
    document = json.dumps({"currency": "USD", "prices": {"BTC": price}}).encode()
    table = f'asset,price,currency\nBTC,"{price}",USD\n'.encode()
    for data, column in ((table, "price"), (document, "prices.BTC")):
        issue = refused(data, registry).issues[0]
        assert issue.code in {"not_positive", "not_a_number"} or issue.code.startswith("number_")
        assert issue.column == column


def test_a_bare_number_keeps_exactly_the_digits_of_the_file(registry: Registry) -> None:
    literal = "64000.1000000000000000055511151231257827"
    (quote,) = read_prices(f'{{"currency": "USD", "prices": {{"BTC": {literal}}}}}'.encode(), "p.json", registry)
    assert str(quote.price) == literal


def test_an_ambiguous_symbol_lists_its_candidates(registry: Registry) -> None:
    symbol = next(
        symbol
        for symbol in sorted({asset.symbol for asset in registry.assets.values()})
        if len(registry.identify("*", symbol).candidates) > 1
    )
    issue = refused(f"asset,price,currency\n{symbol},1,USD\n".encode(), registry).issues[0]
    assert (issue.code, issue.line, issue.column) == ("ambiguous_asset", 2, "asset")
    assert set(issue.numbers["candidates"].split(", ")) >= set(registry.bearers(symbol))


def test_an_unknown_symbol_a_currency_and_an_instant_are_checked(registry: Registry) -> None:
    error = refused(b"asset,price,currency,as_of\nNOSUCHCOIN,1,GBP,yesterday\n", registry)
    assert [issue.code for issue in error.issues] == ["unknown_asset", "unknown_currency", "not_an_instant"]


def test_an_asset_has_one_price_per_currency_whatever_it_is_called(registry: Registry) -> None:
    error = refused(b"asset,price,currency\nBTC,1,USD\nBTC,1,EUR\nbitcoin,2,USD\n", registry)
    assert [(issue.code, issue.line) for issue in error.issues] == [("price_twice", 4)]


def test_a_document_needs_a_currency_and_has_no_other_keys(registry: Registry) -> None:
    error = refused(b'{"prices": {"BTC": "1"}, "limit": "9"}', registry)
    assert sorted(issue.code for issue in error.issues) == ["unknown_key", "value_missing"]


@pytest.mark.parametrize("data", [b'{"currency": "USD", "prices": {}}', b"asset,price,currency\n"])
def test_no_prices_are_no_file_of_prices(registry: Registry, data: bytes) -> None:
    assert refused(data, registry).code == "no_rows"


def test_ragged_rows_are_named_here_too(registry: Registry) -> None:
    assert refused(b"asset,price,currency\nBTC,1\n", registry).issues[0].code == "too_few_cells"
