"""Language of an answer: the first of English and French that the request prefers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers

if TYPE_CHECKING:
    from starlette.types import Scope

LANGUAGES: Final = ("en", "fr")
_HEADER_MAX: Final = 200  # A browser sends some thirty characters.


def preferred_language(scope: Scope) -> str:
    """Read ``Accept-Language``; English when it names neither.

    ``fr-CH;q=0.9, de`` is French. A weight of 0, or one that is not a number, is a refusal of that language.
    """
    header = Headers(scope=scope).get("accept-language", "")[:_HEADER_MAX]
    ranked: list[tuple[float, int, str]] = []
    for position, part in enumerate(header.split(",")):
        tag, _, parameter = part.strip().partition(";")
        language = tag.strip().casefold().partition("-")[0]
        weight = _weight(parameter)
        if language in LANGUAGES and weight > 0:
            ranked.append((-weight, position, language))
    return min(ranked)[2] if ranked else LANGUAGES[0]


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
