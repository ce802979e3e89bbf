from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalancer.domain.money import (
    ceil_to_step,
    floor_to_step,
    install_decimal_context,
    parse_decimal,
    plain,
    quotient_price,
    round_amount,
    round_to_step,
    total,
    weight_of,
)
from rebalancer.errors import NumberError

install_decimal_context()

amounts = st.decimals(
    min_value=Decimal("-1e18"), max_value=Decimal("1e18"), allow_nan=False, allow_infinity=False, places=18
)
positive = st.decimals(min_value=Decimal("1e-12"), max_value=Decimal("1e12"), allow_nan=False, places=12)
steps = st.builds(lambda digit, power: Decimal(digit).scaleb(power), st.integers(1, 25), st.integers(-12, 3))


@given(amounts)
def test_what_is_written_plainly_reads_back_the_same(amount: Decimal) -> None:
    assert parse_decimal(plain(amount)) == amount


@given(amounts, st.integers(-20, 20))
def test_one_number_is_written_in_one_way_only(amount: Decimal, exponent: int) -> None:
    same = amount.scaleb(exponent).scaleb(-exponent)
    assert plain(same) == plain(amount)
    assert plain(amount + Decimal("0.000")) == plain(amount)


@given(amounts)
def test_plain_notation_has_no_exponent_and_no_idle_zero(amount: Decimal) -> None:
    text = plain(amount)
    assert "E" not in text.upper()
    assert text != "-0"
    assert not ("." in text and text.endswith(("0", ".")))


@given(st.text(max_size=12))
def test_a_text_is_one_plain_number_or_refused(text: str) -> None:
    try:
        value = parse_decimal(text)
    except NumberError:
        return
    assert value.is_finite()
    assert set(text) <= set("0123456789.+-eE")


@given(amounts, steps)
def test_rounding_down_and_up_enclose_the_value_within_one_step(amount: Decimal, step: Decimal) -> None:
    down, up = floor_to_step(amount, step), ceil_to_step(amount, step)
    assert down <= amount <= up
    assert up - down in {0, step}
    assert down % step == 0
    assert up % step == 0


@given(amounts, steps)
def test_rounding_to_the_nearest_is_never_off_by_more_than_half_a_step(amount: Decimal, step: Decimal) -> None:
    assert abs(round_to_step(amount, step) - amount) * 2 <= step


@given(amounts, steps)
def test_rounding_twice_is_rounding_once(amount: Decimal, step: Decimal) -> None:
    for rounded in (floor_to_step, ceil_to_step, round_to_step):
        once = rounded(amount, step)
        assert rounded(once, step) == once


@given(amounts)
def test_rounding_treats_both_signs_alike(amount: Decimal) -> None:
    assert round_amount(-amount) == -round_amount(amount)


@given(st.lists(positive, min_size=1, max_size=12))
def test_weights_sum_to_one_but_for_rounding(values: list[Decimal]) -> None:
    whole = total(values)
    assert abs(total(weight_of(value, whole) for value in values) - 1) <= Decimal("1e-12") * len(values)


@given(amounts)
def test_there_is_no_weight_where_there_is_no_whole(amount: Decimal) -> None:
    assert weight_of(amount, Decimal(0)) == 0
    assert weight_of(amount, -abs(amount)) == 0


@given(positive, positive)
def test_a_quotient_price_gives_the_value_back_to_eighteen_digits(value: Decimal, quantity: Decimal) -> None:
    assert abs(quotient_price(value, quantity) * quantity / value - 1) <= Decimal("1e-17")


@pytest.mark.parametrize(
    "text", ["", "1,5", "1 000", "NaN", "inf", "0x1", "1.", ".5", "1e100", "\u0661", "1_000", "--1", "9" * 41]
)
def test_what_is_not_one_plain_number_is_refused(text: str) -> None:
    with pytest.raises(NumberError):
        parse_decimal(text)
