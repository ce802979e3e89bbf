"""Fields of one entry of a file: each is read as what it must be, and every mistake is kept with its place.

An entry is a row of a table or an object of a JSON list; in both every value is a text. A field that cannot be read
answers with a harmless value and an issue; an entry with issues is never used.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from rebalancer.adapters.files.json_text import NumberLiteral
from rebalancer.adapters.files.numbers import read_number
from rebalancer.adapters.files.symbols import storable
from rebalancer.domain.assets import AssetId
from rebalancer.domain.money import ZERO
from rebalancer.domain.prices import CURRENCIES
from rebalancer.errors import InputError, Issue, NumberError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rebalancer.domain.assets import Registry

C = TypeVar("C", bound=StrEnum)

SYMBOL_LENGTH_MAX: Final = 100
TEXT_LENGTH_MAX: Final = 200

_INSTANT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?P<zone>[Zz]|[+-]\d{2}:\d{2})?", re.ASCII
)
_NO_ASSET: Final = AssetId("")


class Fields:
    """Reads the fields of one entry.

    Args:
        values: Value per name; a name that is not there is empty.
        file: Name of the file as the person gave it.
        line: Line of the entry, or None where the file has no lines.
        prefix: What stands before a field's name in messages, for example ``holdings[3].``.
        titles: How the file itself writes a name, where that differs.
    """

    def __init__(
        self,
        values: Mapping[str, object],
        file: str,
        line: int | None = None,
        prefix: str = "",
        titles: Mapping[str, str] | None = None,
    ) -> None:
        self.values = values
        self.file = file
        self.line = line
        self.prefix = prefix
        self.titles = titles or {}
        self.issues: list[Issue] = []

    def has(self, name: str) -> bool:
        """Whether there is anything to read in the field."""
        value = self.values.get(name)
        return value is not None and not (isinstance(value, str) and not value.strip())

    def text(self, name: str, length_max: int = TEXT_LENGTH_MAX) -> str:
        """A text, white space around it removed; empty where there is none."""
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.issue("not_a_text", name)
            return ""
        text = value.strip()
        if len(text) > length_max:
            self.issue("cell_too_long", name, length=str(len(text)), length_max=str(length_max))
        elif not storable(text):
            self.issue("control_characters", name)
        return text

    def optional_text(self, name: str, length_max: int = TEXT_LENGTH_MAX) -> str | None:
        """As ``text``, None where there is none."""
        return self.text(name, length_max) or None

    def required_text(self, name: str, length_max: int = TEXT_LENGTH_MAX) -> str:
        """As ``text``; an empty one is an issue."""
        before = len(self.issues)
        text = self.text(name, length_max)
        if not text and len(self.issues) == before:
            self.issue("value_missing", name)
        return text

    def number(self, name: str, reader: Callable[[str], Decimal] = read_number) -> Decimal:
        """A decimal number; 0 beside an issue."""
        value = self.values.get(name, "")
        if isinstance(value, NumberLiteral):
            value = value.text  # The digits as they stand in the file; they never pass through binary floating point.
        if not isinstance(value, str):
            self.issue("number_missing" if value is None else "not_a_text", name)
            return ZERO
        try:
            return reader(value)
        except NumberError as error:
            self.issue(error.code, name)
            return ZERO

    def optional_number(self, name: str, reader: Callable[[str], Decimal] = read_number) -> Decimal | None:
        """As ``number``, None where there is none."""
        return self.number(name, reader) if self.has(name) else None

    def amount(self, name: str, fallback: Decimal | None = None) -> Decimal:
        """A number that is not negative; ``fallback`` stands for an empty field where one is given."""
        if fallback is not None and not self.has(name):
            return fallback
        amount = self.number(name)
        if amount < ZERO:
            self.issue("negative_amount", name)
        return amount

    def positive(self, name: str) -> Decimal:
        """A number above zero."""
        before = len(self.issues)
        amount = self.number(name)
        if amount <= ZERO and len(self.issues) == before:
            self.issue("not_positive", name)
        return amount

    def choice(self, name: str, kind: type[C], fallback: C | None = None) -> C:
        """One of the values of an enumeration."""
        text = self.text(name).casefold()
        names = [choice.value for choice in kind]
        if not text and fallback is not None:
            return fallback
        if text not in names:
            self.issue("not_a_choice", name, choices=", ".join(names))
            return kind(names[0])
        return kind(text)

    def currency(self, name: str) -> str:
        """One of the currencies that amounts may be in."""
        text = self.required_text(name).upper()
        if text and text not in CURRENCIES:
            self.issue("unknown_currency", name, currencies=", ".join(CURRENCIES))
        return text

    def asset(self, name: str, registry: Registry) -> AssetId:
        """An asset by its canonical id or by a symbol that one asset alone bears."""
        text = self.required_text(name, SYMBOL_LENGTH_MAX)
        return self.resolved(text, name, registry) if text else _NO_ASSET

    def resolved(self, symbol: str, name: str, registry: Registry) -> AssetId:
        """The asset that a symbol of the field means."""
        try:
            return registry.resolve(symbol)
        except InputError as error:
            self.issue(error.code, name, value=symbol, **error.numbers)
            return _NO_ASSET

    def instant(self, name: str) -> datetime | None:
        """An instant in RFC 3339 with its zone, as UTC; None where there is none."""
        text = self.text(name)
        match = _INSTANT.fullmatch(text) if text else None
        if match is None:
            if text:
                self.issue("not_an_instant", name)
            return None
        if match["zone"] is None:
            self.issue("instant_without_zone", name)
            return None
        try:
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            self.issue("not_an_instant", name)
            return None

    def known(self, names: frozenset[str]) -> None:
        """Refuse fields of other names: a misspelt name would silently change what is meant."""
        for name in self.values:
            if name not in names:
                self.issue("unknown_key", name[:80], keys=", ".join(sorted(names)))

    def issue(self, code: str, name: str, *, value: str | None = None, **numbers: str) -> None:
        """Keep one mistake."""
        shown = value if value is not None else _shown(self.values.get(name))
        column = f"{self.prefix}{self.titles.get(name, name)}"
        self.issues.append(Issue(code, self.file, self.line, column, shown, numbers))


def _shown(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, NumberLiteral):
        return value.text[:80]
    return value[:80] if isinstance(value, str) else type(value).__name__
