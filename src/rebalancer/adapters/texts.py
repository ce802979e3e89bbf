"""Texts: the sentence that a person reads, made from a code and its numbers in the person's language.

The catalogues stand in ``reference/texts``: one key per line, sorted. ``error.<code>.title``, ``.detail`` and
``.remedy`` belong to the errors and issues of a code; further families are ``reason.``, ``assumption.``, ``check.``,
``hint.`` and ``why.``. A place such as ``{file}`` is filled from the numbers; what fills it is never read as a place
itself.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from rebalancer.domain.money import parse_decimal, plain, round_to_step
from rebalancer.errors import NumberError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rebalancer.domain.content import JsonObject
    from rebalancer.errors import Issue, RebalancerError

LANGUAGES: Final = ("en", "fr")

_PLACE: Final = re.compile(r"\{(\w+)(:percent)?\}")
_POINTS_STEP: Final = Decimal("0.01")  # In a sentence; the exact fraction stands beside it.
_UNKNOWN: Final = "\u2026"  # A number that nobody gave is left open, visibly.


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Every text of a language; English for a language that there is no catalogue of."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    resource = files("rebalancer") / "reference" / "texts" / f"{chosen}.json"
    read: dict[str, str] = json.loads(resource.read_text(encoding="utf-8"))
    return read


def has_text(key: str) -> bool:
    """Whether there is a text of this key."""
    return key in catalogue(LANGUAGES[0])


def text(language: str, code: str, numbers: Mapping[str, str]) -> str:
    """The text of a key with its places filled.

    Args:
        language: ``en`` or ``fr``.
        code: Whole key, for example ``error.empty_file.title``; one that has no text is answered with itself.
        numbers: What fills the places, already as text.
    """
    template = catalogue(language).get(code)
    if template is None:
        return code
    return _PLACE.sub(lambda place: _filled(numbers.get(place[1]), language, as_percent=bool(place[2])), template)


def _filled(number: str | None, language: str, *, as_percent: bool) -> str:
    if number is None:
        return _UNKNOWN
    if not as_percent:
        return number
    try:
        points = plain(round_to_step(parse_decimal(number) * 100, _POINTS_STEP))
    except NumberError:
        return number
    return f"{points}%" if language != "fr" else f"{points.replace('.', ',')}\u202f%"


def problem_document(error: RebalancerError, language: str) -> JsonObject:
    """An error as the document that the command line and the API answer with (RFC 9457)."""
    return {
        "type": f"urn:rebalancer:problem:{error.code}",
        "title": text(language, f"error.{error.code}.title", error.numbers),
        "detail": text(language, f"error.{error.code}.detail", error.numbers),
        "remedy": text(language, f"error.{error.code}.remedy", error.numbers),
        "code": error.code,
        "numbers": error.numbers,
        "errors": [issue_document(issue, language) for issue in error.issues],
    }


def issue_document(issue: Issue, language: str) -> JsonObject:
    """One mistake at one place of an input, with its reason and what to do about it."""
    given = {"file": issue.file, "line": issue.line, "column": issue.column, "value": issue.value}
    numbers = {**{key: str(value) for key, value in given.items() if value is not None}, **issue.numbers}
    return {
        "code": issue.code,
        **given,
        "numbers": dict(issue.numbers),
        "reason": text(language, f"error.{issue.code}.detail", numbers),
        "remedy": text(language, f"error.{issue.code}.remedy", numbers),
    }
