from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.adapters.files.holdings_document import holdings_document
from rebalancer.adapters.reference import load_registry, load_taxonomy, load_venues
from rebalancer.domain.holdings import Reading, identify_holdings
from rebalancer.domain.places import Places
from rebalancer.domain.prices import Quotes
from rebalancer.domain.valuation import value_holdings
from rebalancer.sandbox.demo_portfolio import (
    balance_by_exchange_csv,
    coins_by_exchange_csv,
    current_balance_csv,
    demo_positions,
)
from tests.support.exports import balance_by_exchange, read

EXPORTS = {
    "balance": balance_by_exchange_csv(demo_positions()),
    "coins": coins_by_exchange_csv(demo_positions()),
    "current": current_balance_csv(demo_positions()),
}


def document_of(reading: Reading, language: str = "en", as_of: datetime | None = None) -> dict[str, Any]:
    registry = load_registry()
    holdings = identify_holdings(reading, registry, Places(load_venues()))
    currency = reading.currency or "USD"
    valuation = value_holdings(holdings, Quotes(), load_taxonomy(), source_currency=reading.currency, currency=currency)
    return dict(holdings_document(reading, valuation, registry, language=language, as_of=as_of))


@pytest.mark.parametrize("export", EXPORTS)
def test_totals_equal_the_export_to_the_cent_over_places_and_over_groups(export: str) -> None:
    reading = read(EXPORTS[export])
    document = document_of(reading)
    expected = sum((row.value for row in reading.rows if row.value is not None), Decimal(0))
    assert Decimal(document["total_value"]) == expected
    for parts in (document["by_location"], document["by_group"]):
        assert sum(Decimal(value) for value in parts.values()) == expected
    assert document["rows"] == len(document["holdings"]) == len(reading.rows)


def test_the_two_exports_with_places_tell_the_same() -> None:
    balance, coins = document_of(read(EXPORTS["balance"])), document_of(read(EXPORTS["coins"]))
    # What counts in weights may differ: only one of the two has the names that tell two coins of one ticker apart.
    for key in ("currency", "rows", "total_value", "by_location"):
        assert balance[key] == coins[key], key
    assert len(balance["by_location"]) >= 30


def test_the_export_without_places_has_its_rows_under_no_place() -> None:
    document = document_of(read(EXPORTS["current"]))
    assert list(document["by_location"]) == [""]


def test_a_messy_portfolio_shows_what_is_unknown_negative_and_worthless() -> None:
    document = document_of(read(EXPORTS["balance"]))
    assert document["unknown"]
    assert document["negative"]
    assert document["worthless"]
    assert all(Decimal(row["quantity"]) < 0 for row in document["negative"])
    assert all(Decimal(row["value"]) == 0 for row in document["worthless"])
    assert {row["symbol"] for row in document["holdings"] if row["asset"] is None} == {
        unknown["symbol"] for unknown in document["unknown"]
    }


def test_a_derivative_names_what_it_stands_for_and_an_unknown_symbol_its_candidates() -> None:
    rows = [("1.0", "STETH", "2000.00", "0.03", "Ledger"), ("1.0", "SOL9", "7.00", "0.0001", "Kraken")]
    document = document_of(read(balance_by_exchange(*rows)))
    staked, unknown = document["holdings"]
    assert (staked["asset"], staked["alias"], staked["group"]) == ("lido-staked-ether", "ethereum", "ETH")
    assert (unknown["asset"], unknown["group"], unknown["status"]) == (None, "Unclassified", "unclassified")
    assert document["unknown"][0]["candidates"][0] == "solana"


def test_a_look_alike_is_shown_with_what_it_resembles() -> None:
    symbol = "\u0412\u0422\u0421"
    document = document_of(read(balance_by_exchange(("1.0", symbol, "9.00", "0.1", "Kraken"))))
    assert document["holdings"][0]["marks"] == ["look_alike"]
    assert (document["unknown"][0]["looks_like"], document["unknown"][0]["candidates"]) == ("BTC", [])


def test_an_accent_in_a_name_is_no_mark_and_a_hidden_character_is() -> None:
    reading = read_holdings('"Ticker";"Name";"Amount";"Value in USD"\n"BTC";"Caf\u00e9\u00a0x";"1";"1"'.encode(), "x")
    assert document_of(reading)["holdings"][0]["marks"] == []
    reading = read_holdings('"Ticker";"Name";"Amount";"Value in USD"\n"ZZZQ";"a\u200bb";"1";"1"'.encode(), "x")
    assert document_of(reading)["holdings"][0]["marks"] == ["invisible_characters"]


def test_holdings_without_any_value_have_no_total_rather_than_zero() -> None:
    document = document_of(read(b"asset,quantity\nBTC,1\n"))
    assert (document["currency"], document["total_value"], document["planning_value"], document["partial"]) == (
        *(None, None, None),
        True,
    )
    assert document["by_location"] == {"": None}


def test_rejected_rows_are_told_in_the_language_of_the_person() -> None:
    data = balance_by_exchange(("1,5", "BTC", "1.00", "0.1", "Kraken"), ("1.0", "ETH", "2.00", "0.1", "Kraken"))
    reading = read_holdings(data, "mine.csv", keep_readable=True)
    english, french = (document_of(reading, language)["rejected"][0] for language in ("en", "fr"))
    assert (english["file"], english["line"], english["column"], english["value"]) == ("mine.csv", 2, "Amount", "1,5")
    assert "decimal comma" in english["reason"]
    assert "virgule" in french["reason"]
    assert english["remedy"] != french["remedy"]
    assert document_of(reading)["rows"] == 2


def test_the_instant_of_the_file_goes_before_the_one_given() -> None:
    given = datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert document_of(read(b"asset,quantity\nBTC,1\n"), as_of=given)["as_of"] == "2026-11-22T08:00:00Z"
    stated = read(b'{"as_of": "2025-01-01T00:00:00Z", "holdings": [{"asset": "BTC", "quantity": "1"}]}')
    assert document_of(stated, as_of=given)["as_of"] == "2025-01-01T00:00:00Z"
