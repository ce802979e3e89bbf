"""Amounts: how a decimal number is read, rounded and written.

Money and quantities are ``Decimal`` with 60 digits, everywhere. They are read from text in one notation, rounded once,
at a step that somebody named, and written in plain notation. Floats never mix in: the context traps them.
"""

from __future__ import annotations

import decimal
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Final

from rebalancer.errors import NumberError

if TYPE_CHECKING:
    from collections.abc import Iterable

PRECISION: Final = 60
ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)
AMOUNT_STEP: Final = Decimal("1e-10")  # Derived amounts of money (value, fee) are written to this step.
WEIGHT_STEP: Final = Decimal("1e-12")  # Quotients of values are written to this step.
PRICE_DIGITS: Final = 18  # A price that is a quotient keeps this many significant digits.

_NUMBER: Final = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_TRAPS: Final = (decimal.FloatOperation, decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow)


def install_decimal_context() -> None:
    """Make 60 digits and a trap on floats the rule on this thread and on every thread started later."""
    for context in (decimal.DefaultContext, decimal.getcontext()):
        context.prec = PRECISION
        for trap in _TRAPS:
            context.traps[trap] = True


def parse_decimal(text: str) -> Decimal:
    """Read a number in plain notation: ``-12.5``, ``0.00000001``, ``1e-8``.

    Args:
        text: Digits with at most one ``.``, an optional sign and an optional exponent of one or two digits.

    Raises:
        NumberError: ``not_a_number`` for anything else: a thousands separator, a decimal comma, NaN, infinity, a
            number of more than 40 digits on either side of the point.
    """
    if not _NUMBER.fullmatch(text):
        raise NumberError("not_a_number", {"value": text[:80]})
    return Decimal(text)


def plain(value: Decimal) -> str:
    """Write a number without exponent and without trailing zeros: ``1E+3`` is ``1000``, ``-0.00`` is ``0``."""
    assert value.is_finite(), value
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def floor_to_step(value: Decimal, step: Decimal) -> Decimal:
    """Largest multiple of ``step`` that is not above ``value``."""
    return _to_step(value, step, ROUND_FLOOR)


def ceil_to_step(value: Decimal, step: Decimal) -> Decimal:
    """Smallest multiple of ``step`` that is not below ``value``."""
    return _to_step(value, step, ROUND_CEILING)


def round_to_step(value: Decimal, step: Decimal) -> Decimal:
    """Multiple of ``step`` nearest to ``value``; a tie goes to the even one."""
    return _to_step(value, step, ROUND_HALF_EVEN)


def _to_step(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    assert step > ZERO, step
    return (value / step).to_integral_value(rounding=rounding) * step


def round_amount(value: Decimal) -> Decimal:
    """An amount of money as it is written: to ten decimals, ties to even."""
    return round_to_step(value, AMOUNT_STEP)


def weight_of(part: Decimal, whole: Decimal) -> Decimal:
    """``part / whole`` as a fraction to twelve decimals; 0 where there is no whole."""
    return round_to_step(part / whole, WEIGHT_STEP) if whole > ZERO else ZERO


def quotient_price(value: Decimal, quantity: Decimal) -> Decimal:
    """Price that a value and a quantity imply: ``value / quantity`` to eighteen significant digits.

    Raises:
        decimal.DivisionByZero: ``quantity`` is zero; a caller looks before.
    """
    ratio = value / quantity
    return round_to_step(ratio, Decimal(1).scaleb(ratio.adjusted() - PRICE_DIGITS + 1)) if ratio else ZERO


def total(values: Iterable[Decimal]) -> Decimal:
    """Sum that is a Decimal even when there is nothing to add."""
    return sum(values, ZERO)
