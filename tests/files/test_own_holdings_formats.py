from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from rebalancer.domain.assets import Registry
from rebalancer.domain.places import Availability
from tests.support.exports import read, refused


def document(*holdings: object, **head: object) -> bytes:
    return json.dumps({"holdings": holdings, **head}).encode()


def issue_codes(data: bytes) -> list[str]:
    return [issue.code for issue in refused(data).issues]


def test_the_table_reads_every_column_it_may_have() -> None:
    reading = read(
        b"currency,value,price,availability,location,quantity,asset\nEUR,,2.5,Redeemable,Kraken Earn,4,dot\n"
    )
    row = reading.rows[0]
    assert (reading.source, reading.alias_source, reading.currency) == ("generic_csv", "*", "EUR")
    assert (row.symbol, row.quantity, row.location, row.availability) == (
        *("dot", Decimal(4), "Kraken Earn"),
        Availability.REDEEMABLE,
    )
    assert (row.price, row.value) == (Decimal("2.5"), Decimal(10))


def test_a_table_without_places_and_prices_is_enough() -> None:
    reading = read(b"asset,quantity\nbitcoin,1\n")
    row = reading.rows[0]
    assert (reading.currency, row.location, row.availability, row.value) == (None, None, None, None)


def test_a_stated_value_counts_before_price_times_quantity() -> None:
    assert read(b"asset,quantity,price,value,currency\nBTC,2,10,19.99,USD\n").rows[0].value == Decimal("19.99")


def test_a_price_of_zero_makes_a_row_worthless() -> None:
    assert read(b"asset,quantity,price,currency\nSPAM,2,0,USD\n").rows[0].value == Decimal(0)


def test_equal_rows_stay_rows_of_their_own() -> None:
    assert len(read(b"asset,quantity,location\nBTC,1,Kraken\nBTC,1,Kraken\n").rows) == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("BTC,1,Kraken,soon,,,", "not_a_choice"),
        ("BTC,1,Kraken,,-5,,USD", "negative_amount"),
        ("BTC,1,Kraken,,5,,", "currency_missing"),
        ("BTC,1,Kraken,,5,,GBP", "unknown_currency"),
        (",1,Kraken,,,,", "value_missing"),
        ("BTC,,Kraken,,,,", "number_missing"),
        ("BTC,NaN,Kraken,,,,", "number_not_finite"),
        ('BTC,"1.234,56",Kraken,,,,', "number_decimal_comma"),
        ("B\x07TC,1,Kraken,,,,", "control_characters"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(row: str, code: str) -> None:
    data = f"asset,quantity,location,availability,price,value,currency\n{row}\n".encode()
    assert issue_codes(data) == [code]


def test_one_file_has_one_currency() -> None:
    error = refused(b"asset,quantity,value,currency\nBTC,1,1,USD\nETH,1,1,EUR\n")
    assert error.issues[0].code == "currency_differs"
    assert error.issues[0].numbers == {"currency": "EUR", "currency_expected": "USD"}


def test_a_holding_may_be_named_by_its_canonical_id(registry: Registry) -> None:
    reading = read(b"asset,quantity\nlido-staked-ether,1\nBTC,1\n")
    found = [registry.identify(reading.alias_source, row.symbol).asset for row in reading.rows]
    assert found == ["lido-staked-ether", "bitcoin"]


def test_an_id_is_an_id_in_our_own_formats_only(registry: Registry) -> None:
    assert registry.identify("*", "lido-staked-ether").asset == "lido-staked-ether"
    assert registry.identify("cointracking", "lido-staked-ether").asset is None


def test_the_document_reads_instant_currency_and_entries() -> None:
    entry = {"asset": "BTC", "quantity": "0.5", "location": "Kraken", "availability": "free", "price": "64000.5"}
    reading = read(document(entry, as_of="2026-11-22T09:00:00+01:00", currency="USD"))
    row = reading.rows[0]
    assert (reading.source, reading.as_of) == ("generic_json", datetime(2026, 11, 22, 8, tzinfo=UTC))
    assert (row.line, row.symbol, row.value, row.availability) == (1, "BTC", Decimal("32000.25"), Availability.FREE)


def test_a_document_may_leave_out_what_it_does_not_know() -> None:
    row = read(document({"asset": "BTC", "quantity": "1", "location": None}, as_of=None)).rows[0]
    assert (row.location, row.value) == (None, None)


@pytest.mark.parametrize(
    ("entry", "code", "column"),
    [
        ({"asset": "BTC", "quantity": True}, "not_a_text", "holdings[1].quantity"),
        ({"asset": "BTC", "quantity": None}, "number_missing", "holdings[1].quantity"),
        ({"asset": "BTC", "quantity": ["1"]}, "not_a_text", "holdings[1].quantity"),
        ({"asset": 7, "quantity": "1"}, "not_a_text", "holdings[1].asset"),
        ({"asset": "BTC", "quantity": "1E1000000000"}, "number_too_long", "holdings[1].quantity"),
        ({"asset": "BTC", "quantity": "1", "approved_by": "me"}, "unknown_key", "holdings[1].approved_by"),
        ({"asset": "B\ud800", "quantity": "1"}, "control_characters", "holdings[1].asset"),
        ({"asset": "B\u0000", "quantity": "1"}, "control_characters", "holdings[1].asset"),
        ("BTC", "json_entry_not_an_object", "holdings[1]"),
        (None, "json_entry_not_an_object", "holdings[1]"),
    ],
)
def test_an_entry_that_cannot_be_read_is_named_with_its_path(entry: object, code: str, column: str) -> None:
    issues = refused(document(entry)).issues
    assert (issues[0].code, issues[0].column, issues[0].line) == (code, column, None)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ({"as_of": "2026-11-22T09:00:00"}, "instant_without_zone"),
        ({"as_of": "22.11.2026"}, "not_an_instant"),
        ({"as_of": "2026-13-45T09:00:00Z"}, "not_an_instant"),
        ({"as_of": "0001-01-01T00:00:00+23:59"}, "not_an_instant"),
        ({"currency": "GBP"}, "unknown_currency"),
        ({"role": "admin"}, "unknown_key"),
    ],
)
def test_the_head_of_a_document_is_checked_too(head: dict[str, Any], code: str) -> None:
    assert issue_codes(document({"asset": "BTC", "quantity": "1"}, **head)) == [code]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"holdings": [', "json_invalid"),
        (b'{"holdings": [{"asset": "BTC", "asset": "ETH", "quantity": "1"}]}', "json_duplicate_key"),
        (b'{"holdings": [{"asset": "BTC", "quantity": NaN}]}', "json_not_finite"),
        (b'{"holdings": [{"asset": "BTC", "quantity": -Infinity}]}', "json_not_finite"),
        (b"[" * 100_000, "json_too_deep"),
        (b'{"a":' * 100_000, "json_too_deep"),
        (b"[" + b"[]," * 1_000_001 + b"[]]", "json_too_many_values"),
        (b"[]", "json_not_an_object"),
        (b'{"holdings": {}}', "json_not_a_list"),
        (b"{}", "json_not_a_list"),
        (b'{"holdings": []}', "no_rows"),
    ],
)
def test_a_hostile_or_broken_document_is_refused_by_name(data: bytes, code: str) -> None:
    assert refused(data).code == code


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"holdings": [{"asset": "BTC", "quantity": ' + b"9" * 1_000_000 + b"}]}",
        b'{"holdings": [{"asset": "BTC", "quantity": "' + b"9" * 1_000_000 + b'"}]}',
        b'{"holdings": [{"asset": "BTC", "quantity": "1E1000000000"}]}',
        b'{"holdings": [{"asset": "BTC", "quantity": 1E1000000000}]}',
    ],
    ids=["depth", "digits", "digits in a text", "exponent in a text", "exponent"],
)
def test_hostile_numbers_and_depth_are_refused_before_anything_is_built_from_them(data: bytes) -> None:
    assert refused(data).code in {"json_too_deep", "rows_unreadable"}


def test_a_document_of_more_than_a_hundred_thousand_entries_is_refused() -> None:
    entry = b'{"asset":"BTC","quantity":"1"}'
    assert refused(b'{"holdings":[' + b",".join([entry] * 100_001) + b"]}").code == "too_many_rows"
