"""Figures for people: amounts, weights and instants as their language writes them. Documents keep every digit."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Final

from rebalancer.cli import output

if TYPE_CHECKING:
    from rebalancer.domain.content import Json

NONE: Final = "—"

_CENT: Final = Decimal("0.01")
_TENTH: Final = Decimal("0.1")
_FRENCH: Final = str.maketrans({",": "\u202f", ".": ","})
_ID_LENGTH: Final = 12  # Of the 64 digits of a plan's id: enough to tell plans apart.


def money(value: Json) -> str:
    """An amount to the cent: ``1,234.50``, in French ``1 234,50``; a dash for none."""
    return NONE if value is None else _written(f"{Decimal(str(value)).quantize(_CENT, ROUND_HALF_EVEN):,}")


def quantity(value: Json) -> str:
    """Units with every digit they have."""
    return NONE if value is None else _written(f"{Decimal(str(value)):,f}")


def percent(fraction: Json) -> str:
    """A weight in percent to one digit: ``38.7%``."""
    words = f"{(Decimal(str(fraction)) * 100).quantize(_TENTH, ROUND_HALF_EVEN)}"
    return _written(words) + ("\u202f%" if output.language() == "fr" else "%")


def points(fraction: Json, sign: str = "") -> str:
    """A fraction as points of weight: 0.0123 is ``1.23``; with sign ``+`` it is ``+1.23``."""
    return _written(format((Decimal(str(fraction)) * 100).quantize(_CENT, ROUND_HALF_EVEN), sign))


def minute(instant: datetime) -> str:
    """An instant to the minute, in UTC."""
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def short_id(plan_id: str) -> str:
    """The beginning of a plan's id, which commands take for the whole."""
    return plan_id[:_ID_LENGTH]


def source_name(source: str) -> str:
    """What a format of holdings or a source of prices is called; one that has no name of its own keeps its code."""
    from rebalancer.adapters.texts import has_text

    key = f"cli.source.{source}"
    return output.say(key) if has_text(key) else source


def _written(english: str) -> str:
    return english.translate(_FRENCH) if output.language() == "fr" else english
