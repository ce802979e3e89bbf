"""Every error the product raises on purpose.

    RebalancerError
    ├── InputError              what a person or a file gave cannot be used
    │   ├── NumberError         a text is not a plain decimal number
    │   ├── FileError           a whole file is refused
    │   │   └── RowsError       some rows of it cannot be read
    │   ├── TargetsError        the targets file is not usable
    │   ├── AmbiguousAssetError a symbol stands for several assets
    │   ├── UnknownAssetError   a symbol or id stands for none
    │   └── CurrencyMismatchError  no price leads from one currency to another
    ├── PlanRefusedError        the inputs are fine, but no plan may be made from them
    ├── NotFoundError           no such thing in this portfolio
    ├── ConflictError           the thing is not in the state that this step needs
    ├── PreconditionError       the caller looked at another version of the thing
    └── StorageError            the database cannot be used, or not now

An error carries a stable ``code`` and its ``numbers``; the sentence a person reads, its reason and its remedy are made
from these at the rim, in the person's language (``adapters/texts.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that is wrong at one place of an input.

    Attributes:
        code: Stable name of what is wrong, for example ``not_a_number``.
        file: Name of the file as the person gave it, or None.
        line: Line in that file, counted from 1 (the header is line 1), or None.
        column: Name of the column, key or field, or None.
        value: What stands there, cut to 80 characters, or None.
        numbers: Facts that the sentence about it needs.
    """

    code: str
    file: str | None = None
    line: int | None = None
    column: str | None = None
    value: str | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)


class RebalancerError(Exception):
    """Root of every error of this product.

    Args:
        code: Stable name; the texts and the HTTP status hang on it.
        numbers: Facts the sentence needs, already as text.
        issues: The places in the input that caused it, in the order of the input.
    """

    def __init__(self, code: str, numbers: Mapping[str, str] | None = None, issues: Sequence[Issue] = ()) -> None:
        self.code = code
        self.numbers = dict(numbers or {})
        self.issues = tuple(issues)
        super().__init__(code, self.numbers)

    def __str__(self) -> str:
        """Code and numbers, for logs and tests."""
        facts = ", ".join(f"{name}={value}" for name, value in sorted(self.numbers.items()))
        return f"{self.code}({facts})" if facts else self.code


class InputError(RebalancerError):
    """What a person or a file gave cannot be used."""


class NumberError(InputError):
    """A text is not a plain decimal number."""


class FileError(InputError):
    """A whole file is refused."""


class RowsError(FileError):
    """Some rows of a file cannot be read; ``issues`` lists every one."""


class TargetsError(InputError):
    """The targets are not usable; ``issues`` lists every reason."""


class AmbiguousAssetError(InputError):
    """A symbol stands for several assets; ``numbers["candidates"]`` lists their ids."""


class UnknownAssetError(InputError):
    """A symbol or id stands for no asset of the registry."""


class CurrencyMismatchError(InputError):
    """No price leads from one currency to another."""


class PlanRefusedError(RebalancerError):
    """The inputs can be read, but no plan may be made from them."""


class NotFoundError(RebalancerError):
    """No such thing in this portfolio."""


class ConflictError(RebalancerError):
    """The thing is not in the state that this step needs."""


class PreconditionError(RebalancerError):
    """The caller decided on another version of the thing than the one that is stored."""


class StorageError(RebalancerError):
    """The database cannot be used, or not now; nothing of what was asked has lasted."""
