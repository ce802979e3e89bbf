"""Symbols that are not what they look like: letters of other alphabets, invisible characters, reversed text.

A token may carry any name, and a fake one likes to look like a known coin. Its symbol is kept as it stands, is never
taken for the coin it resembles, and is marked wherever it is shown.
"""

from __future__ import annotations

import unicodedata
from typing import Final

# Capital and small letters of other alphabets that look like Latin ones in common fonts; a selection of Unicode's
# confusables (UTS 39).
_CYRILLIC: Final = str.maketrans(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u04ae\u0501\u051b\u051c\u0430\u0435\u0455\u0456\u0458\u043e\u0440\u0441\u0445\u0443\u04bb\u04cf",
    "ABESIJKMHOPCTXYdqWaesijopcxyhl",
)
_GREEK: Final = str.maketrans(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b1\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7",
    "ABEZHIKMNOPTYXaiknoptux",
)
_OTHER: Final = str.maketrans("\u0131\u017f\u0196\u01c0\u029f\u1d0f", "isIIlo")
_LOOKS: Final = {**_CYRILLIC, **_GREEK, **_OTHER}

LOOK_ALIKE: Final = "look_alike"

_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_COMBINING_MAX: Final = 2  # More marks than this on one letter is a flood, not a language.


def marks_of(text: str) -> tuple[str, ...]:
    """What is odd about a text; usually nothing.

    ``reversed_text``, ``invisible_characters``, ``combining_flood`` or ``look_alike``.
    """
    if text.isascii():
        return ()
    found = {
        "reversed_text": any(letter in _BIDI for letter in text),
        "invisible_characters": any(_invisible(letter) for letter in text),
        "combining_flood": _most_combining(text) > _COMBINING_MAX,
        LOOK_ALIKE: looks_like(text) is not None,
    }
    return tuple(mark for mark, present in found.items() if present)


def looks_like(text: str) -> str | None:
    """The plain text that a text resembles, in capitals; None when it resembles no other."""
    if text.isascii():
        return None
    visible = "".join(letter for letter in text if letter not in _BIDI and not _invisible(letter))
    plain = unicodedata.normalize("NFKD", visible).translate(_LOOKS)
    skeleton = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_LOOKS)
    return skeleton.upper() if skeleton.isascii() and skeleton else None


def shown(text: str) -> str:
    """A text that is safe to print: every character that reorders or hides others is written as its code point."""
    if text.isprintable():
        return text
    return "".join(letter if _visible(letter) else f"\\u{ord(letter):04x}" for letter in text)


def storable(text: str) -> bool:
    """Whether a text has no control characters and no halves of characters: every store and page can hold it."""
    return text.isprintable() or not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in text)


def _visible(letter: str) -> bool:
    # French texts have hard spaces, which Python does not count as printable.
    return letter.isprintable() or unicodedata.category(letter) == "Zs"


def _invisible(letter: str) -> bool:
    return letter not in _BIDI and (unicodedata.category(letter) == "Cf" or letter in "\u115f\u1160\u3164\u034f")


def _most_combining(text: str) -> int:
    most = run = 0
    for letter in text:
        run = run + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        most = max(most, run)
    return most
