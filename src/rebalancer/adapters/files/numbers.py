"""Numbers in files: one declared format, digits with at most one ``.``; everything else is refused by its looks.

``1,234`` may mean 1.234 or 1234, and a wrong guess is a wrong trade. So nothing is guessed, with one exception that
a person cannot repair: *Coins by Exchange* writes amounts of a million and more with a broken thousands separator.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from rebalancer.domain.money import parse_decimal
from rebalancer.errors import NumberError

# `3843,208.00000000` is 3843208: commas stand before groups of exactly three digits, the first group is unlimited.
# The decimals are what tells these commas from a decimal comma, so they must be there.
_GROUPED: Final = re.compile(r"[+-]?\d{1,40}(?:,\d{3})+\.\d+", re.ASCII)

_SPACES: Final = " \u00a0\u2007\u2009\u202f"
_MINUS_SIGNS: Final = frozenset("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d")
_UNIT: Final = r"(?:[^\W\d_]{2,5}|[$\u20ac\u00a3%])"
_EXPLAINED_MAX: Final = 200  # Nobody writes a number of more characters; beyond it the shape does not matter.

# What a refused text looks like, the surest reading first.
_SHAPE_CODES: Final = {
    "number_not_finite": re.compile(r"[+-]?(?:s?nan|qnan|inf|infinity|\u221e)", re.IGNORECASE),
    "number_ambiguous": re.compile(r"[+-]?\d+,\d{3}", re.ASCII),
    "number_decimal_comma": re.compile(rf"[+-]?\d+(?:[.'\u2019{_SPACES}]\d+)*,\d+", re.ASCII),
    "number_thousands": re.compile(rf"[+-]?\d+(?:[,.'\u2019_{_SPACES}]\d+)+", re.ASCII),
    "number_parentheses": re.compile(r"\([^()]*\)"),
    "number_too_long": re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII),
    "number_unit": re.compile(rf"{_UNIT}\s*[+-]?[\d.,]+|[+-]?[\d.,]+\s*{_UNIT}"),
}


def read_number(text: str) -> Decimal:
    """Read a cell in the declared format; white space around it does not count.

    Raises:
        NumberError: ``number_missing`` (empty), ``number_decimal_comma``, ``number_thousands``, ``number_ambiguous``
            (a comma that may be either), ``number_not_finite``, ``number_parentheses``,
            ``number_foreign_characters`` (full-width digits, a typographic minus), ``number_too_long``,
            ``number_unit`` (a currency or percent sign beside it) or ``not_a_number``.
    """
    stripped = text.strip()
    try:
        return parse_decimal(stripped)
    except NumberError:
        raise NumberError(_shape(stripped), {"value": stripped[:80]}) from None


def read_grouped_number(text: str) -> Decimal:
    """Read a cell of *Coins by Exchange*: as ``read_number``, and with the broken thousands separator of that export.

    Raises:
        NumberError: As ``read_number``.
    """
    stripped = text.strip()
    return read_number(stripped.replace(",", "") if _GROUPED.fullmatch(stripped) else stripped)


def _shape(text: str) -> str:
    if not text:
        return "number_missing"
    if len(text) > _EXPLAINED_MAX:
        return "number_too_long"
    if any(letter in _MINUS_SIGNS or _foreign_digit(letter) for letter in text):
        return "number_foreign_characters"
    return next((code for code, pattern in _SHAPE_CODES.items() if pattern.fullmatch(text)), "not_a_number")


def _foreign_digit(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter).startswith("N")
