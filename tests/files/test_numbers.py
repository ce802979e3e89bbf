from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalancer.adapters.files.numbers import read_grouped_number, read_number
from rebalancer.errors import NumberError
from rebalancer.sandbox.demo_portfolio import broken_thousands
from tests.support.exports import balance_by_exchange, check_explained, coins_by_exchange, read, refusal, refused


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234.56", "1234.56"),
        ("-0.00000001", "-0.00000001"),
        ("+5", "5"),
        ("1e-8", "0.00000001"),
        ("2.5E+3", "2500"),
        (" 7 ", "7"),
        ("007.50", "7.50"),
        ("1" * 40 + "." + "2" * 40, "1" * 40 + "." + "2" * 40),
    ],
)
def test_the_declared_format_is_read_to_the_last_digit(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number_missing"),
        ("   ", "number_missing"),
        ("1.234,56", "number_decimal_comma"),
        ("0,5", "number_decimal_comma"),
        ("1,5", "number_decimal_comma"),
        ("1 234,56", "number_decimal_comma"),
        ("1\u00a0234,5678", "number_decimal_comma"),
        ("1'234,56", "number_decimal_comma"),
        ("1,234", "number_ambiguous"),
        ("-12,345", "number_ambiguous"),
        ("1,234.56", "number_thousands"),
        ("1 234", "number_thousands"),
        ("1\u00a0234", "number_thousands"),
        ("1\u202f234.5", "number_thousands"),
        ("1'234'567.8", "number_thousands"),
        ("1\u2019234", "number_thousands"),
        ("1.234.567", "number_thousands"),
        ("1_000", "number_thousands"),
        ("Infinity", "number_not_finite"),
        ("-inf", "number_not_finite"),
        ("NaN", "number_not_finite"),
        ("sNaN", "number_not_finite"),
        ("\u221e", "number_not_finite"),
        ("(5)", "number_parentheses"),
        ("(1,234.00)", "number_parentheses"),
        ("\uff11\uff12", "number_foreign_characters"),
        ("\u0661\u0662", "number_foreign_characters"),
        ("\u22125", "number_foreign_characters"),
        ("\u20135", "number_foreign_characters"),
        ("1e400", "number_too_long"),
        ("1" * 41, "number_too_long"),
        ("9" * 5000, "number_too_long"),
        ("$5", "number_unit"),
        ("5 USD", "number_unit"),
        ("35%", "number_unit"),
        ("--", "not_a_number"),
        ("-", "not_a_number"),
        ("0x10", "not_a_number"),
        ("1.", "not_a_number"),
        (".5", "not_a_number"),
        ("1.2.", "not_a_number"),
        ("True", "not_a_number"),
    ],
)
def test_everything_else_is_refused_by_what_it_looks_like(text: str, code: str) -> None:
    error = refusal(lambda: read_number(text))
    assert isinstance(error, NumberError)
    assert error.code == code
    assert len(error.numbers["value"]) <= 80


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3843,208.00000000", "3843208"),
        ("1508,213,014.60514045", "1508213014.60514045"),
        ("-3843,208.50000000", "-3843208.5"),
        ("1,000,000.00000000", "1000000"),
        ("999999.99999999", "999999.99999999"),
    ],
)
def test_the_broken_thousands_separator_of_coins_by_exchange_is_read(text: str, value: str) -> None:
    assert read_grouped_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["3843,208", "3843,20.5", "3843,2080.5", "3,8,43208.5", ",208.5", "3843,208,.5", "1.234,56"]
)
def test_other_commas_are_refused_in_coins_by_exchange_too(text: str) -> None:
    assert refusal(lambda: read_grouped_number(text)).code.startswith(("number_", "not_a_number"))


def test_the_broken_separator_is_refused_in_the_other_exports() -> None:
    error = refused(balance_by_exchange(("3843,208.00000000", "SHIB", "40.00", "0.0006", "Kraken")))
    assert error.issues[0].code == "number_thousands"


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=8))
def test_an_amount_reads_the_same_from_coins_by_exchange_and_balance_by_exchange(amount: Decimal) -> None:
    coins = read(coins_by_exchange((broken_thousands(amount), "Kraken", "1.00", "0.1", "BTC (Bitcoin) by Exchange")))
    balance = read(balance_by_exchange((f"{amount:.8f}", "BTC", "1.00", "0.1", "Kraken")))
    assert coins.rows[0].quantity == balance.rows[0].quantity == amount
    assert (coins.rows[0].symbol, coins.rows[0].location) == (balance.rows[0].symbol, balance.rows[0].location)


@given(st.text())
def test_any_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        assert read_grouped_number(text).is_finite()
    except NumberError as error:
        check_explained(error)
