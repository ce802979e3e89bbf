from __future__ import annotations

import pytest

from rebalancer.adapters.files.symbols import looks_like, marks_of, shown, storable
from rebalancer.domain.assets import Registry
from tests.support.exports import read

CYRILLIC_BTC = "\u0412\u0422\u0421"


@pytest.mark.parametrize(
    ("symbol", "mark", "resembles"),
    [
        (CYRILLIC_BTC, "look_alike", "BTC"),
        ("\u0410\u0410V\u0415", "look_alike", "AAVE"),
        ("B\u03a4C", "look_alike", "BTC"),
        ("\uff22\uff34\uff23", "look_alike", "BTC"),
        ("\U0001d401\U0001d413\U0001d402", "look_alike", "BTC"),
        ("\u017fOL", "look_alike", "SOL"),
        ("B\u0131TC", "look_alike", "BITC"),
        ("BT\u200bC", "invisible_characters", "BTC"),
        ("\ufeffBTC", "invisible_characters", "BTC"),
        ("BT\u00adC", "invisible_characters", "BTC"),
        ("\u202eCTB", "reversed_text", "CTB"),
        ("B\u0336\u0337\u0338TC", "combining_flood", "BTC"),
    ],
)
def test_a_symbol_that_is_not_what_it_looks_like_is_kept_marked_and_never_identified(
    registry: Registry, symbol: str, mark: str, resembles: str
) -> None:
    row = read(f"asset,quantity\n{symbol},1\n".encode()).rows[0]
    assert row.symbol == symbol
    identity = registry.identify("*", row.symbol)
    assert (identity.asset, identity.candidates) == (None, ())
    assert mark in marks_of(symbol)
    assert looks_like(symbol) == resembles


@pytest.mark.parametrize("symbol", ["BTC", "1INCH", "BSC-USD", "$MYRO", "\u039e\u03a3\u0398", "\u20bf", "\U0001f680"])
def test_an_honest_symbol_has_no_marks(symbol: str) -> None:
    assert marks_of(symbol) == ()
    assert looks_like(symbol) is None


def test_what_would_steer_a_terminal_is_shown_as_its_code_point() -> None:
    assert shown("a\u202eb\u200bc\x1b[31m") == "a\\u202eb\\u200bc\\u001b[31m"
    assert shown("Caf\u00e9 \U0001f680") == "Caf\u00e9 \U0001f680"


@pytest.mark.parametrize(
    ("text", "answer"), [("a\u200bb", True), ("a\x00b", False), ("a\nb", False), ("\ud800", False)]
)
def test_only_texts_that_every_store_can_hold_are_taken(text: str, answer: bool) -> None:  # noqa: FBT001 - a table of answers
    assert storable(text) is answer
