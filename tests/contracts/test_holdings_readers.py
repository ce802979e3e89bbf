"""What every format of holdings keeps, whatever it looks like."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.domain.money import install_decimal_context, plain
from rebalancer.errors import InputError, RowsError
from rebalancer.sandbox.demo_portfolio import (
    DemoPosition,
    balance_by_exchange_csv,
    coins_by_exchange_csv,
    current_balance_csv,
    demo_positions,
)
from tests.support.exports import check_explained, read, refused

install_decimal_context()

Writer = Callable[[Sequence[DemoPosition]], bytes]


def generic_csv(positions: Sequence[DemoPosition]) -> bytes:
    rows = [f'"{p.ticker}","{p.quantity:f}","{p.location}",{p.value_usd},USD' for p in positions]
    return "\n".join(("asset,quantity,location,value,currency", *rows)).encode()


def generic_json(positions: Sequence[DemoPosition]) -> bytes:
    entries = [
        {"asset": p.ticker, "quantity": f"{p.quantity:f}", "location": p.location, "value": str(p.value_usd)}
        for p in positions
    ]
    return json.dumps({"currency": "USD", "holdings": entries}).encode()


WITH_PLACES: dict[str, Writer] = {
    "balance_by_exchange": balance_by_exchange_csv,
    "coins_by_exchange": coins_by_exchange_csv,
    "generic_csv": generic_csv,
    "generic_json": generic_json,
}
ALL: dict[str, Writer] = {**WITH_PLACES, "current_balance": current_balance_csv}
QUANTITIES = st.decimals(min_value=-(10**20), max_value=10**20, places=8)


def position(quantity: Decimal) -> DemoPosition:
    return DemoPosition("BTC", "Bitcoin", "Coin", quantity, "Kraken Earn", Decimal("64000.5"), Decimal(1))


@pytest.mark.parametrize("format_", ALL)
@given(quantity=QUANTITIES)
def test_a_quantity_comes_back_to_the_last_digit(format_: str, quantity: Decimal) -> None:
    # Current Balance shows shares of the total, so the total must not be zero.
    written = ALL[format_]([position(quantity or Decimal(1))])
    assert read(written).rows[0].quantity == (quantity or Decimal(1))


@pytest.mark.parametrize("format_", WITH_PLACES)
def test_the_demo_portfolio_comes_back_row_by_row(format_: str) -> None:
    positions = demo_positions()
    reading = read(WITH_PLACES[format_](positions))
    found = sorted((row.symbol, row.location or "", row.quantity, row.value or Decimal(0)) for row in reading.rows)
    assert found == sorted((p.ticker, p.location, p.quantity, p.value_usd) for p in positions)
    assert (reading.currency, reading.rows_seen, reading.rejected) == ("USD", len(positions), ())


def test_current_balance_has_the_net_quantity_of_each_asset() -> None:
    net: dict[str, Decimal] = {}
    for held in demo_positions():
        net[held.ticker] = net.get(held.ticker, Decimal(0)) + held.quantity
    assert {row.symbol: row.quantity for row in read(current_balance_csv(demo_positions())).rows} == net


@pytest.mark.parametrize("format_", ALL)
def test_the_same_bytes_read_the_same_and_the_name_of_the_file_means_nothing(format_: str) -> None:
    data = ALL[format_](demo_positions())
    assert read_holdings(data, "a.json") == read_holdings(data, "../b\x00.exe")


@pytest.mark.parametrize("format_", ALL)
@pytest.mark.parametrize("bad", ["NaN", "Infinity", "1.234,56", "0x10", "(5)", "--", "\u22125", "1e400", "1 234"])
def test_no_format_takes_a_quantity_that_is_none(format_: str, bad: str) -> None:
    quantity = Decimal("5.12345678")
    data = ALL[format_]([position(quantity)]).replace(plain(quantity).encode(), bad.encode(), 1)
    error = refused(data)
    assert isinstance(error, RowsError)
    issue = error.issues[0]
    assert issue.value == bad
    assert issue.column in {"Amount", "quantity", "holdings[1].quantity"}


@given(st.binary(max_size=300))
def test_random_bytes_are_read_or_refused_and_never_anything_else(data: bytes) -> None:
    for keep in (False, True):
        try:
            read_holdings(data, "x", keep_readable=keep)
        except InputError as error:
            check_explained(error)


@pytest.mark.parametrize("format_", ALL)
@given(at=st.integers(0, 600), change=st.binary(max_size=4), cut=st.integers(0, 3))
def test_a_damaged_file_is_read_or_refused_and_never_anything_else(
    format_: str, at: int, change: bytes, cut: int
) -> None:
    whole = ALL[format_](demo_positions()[:4])
    at = min(at, len(whole))
    data = whole[:at] + change + whole[at + cut :]
    for keep in (False, True):
        try:
            reading = read_holdings(data, "x", keep_readable=keep)
        except InputError as error:
            check_explained(error)
        else:
            assert reading.rows
            assert reading.rows_seen >= len(reading.rows)


TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=12)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4))
def test_any_texts_in_the_cells_are_read_or_listed(rows: list[tuple[str, str, str]]) -> None:
    escaped = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    data = "\n".join(("asset,quantity,location", *escaped)).encode()
    try:
        read_holdings(data, "x", keep_readable=True)
    except InputError as error:
        check_explained(error)
