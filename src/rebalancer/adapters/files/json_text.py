"""JSON as money wants it: a key stands once, numbers keep their digits, and no document can exhaust the machine.

Amounts are texts in every format of ours. A bare number is kept as the literal it was, so that it can stand for an
amount with exactly the digits of the file and never passes through binary floating point here.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rebalancer.adapters.files.decoding import SIZE_MAX, decoded
from rebalancer.errors import FileError

if TYPE_CHECKING:
    from typing import NoReturn

VALUES_MAX: Final = (
    1_000_000  # 100,000 entries of ten fields; a document of empty lists would take gigabytes otherwise.
)


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """A bare number of a JSON document, as it was written."""

    text: str


class _DuplicateKeyError(ValueError):
    """A key stands twice in one object."""


class _NotFiniteError(ValueError):
    """``NaN`` or ``Infinity``, which JSON does not know."""


def looks_like_json(data: bytes) -> bool:
    """Whether a file means to be JSON: its first character is that of an object or a list."""
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def parse_json(data: bytes, name: str, size_max: int = SIZE_MAX) -> object:
    """Read one document; numbers become ``NumberLiteral``.

    Raises:
        FileError: A code of ``check_text_file``; ``json_invalid`` (with line and column), ``json_duplicate_key``,
            ``json_not_finite``, ``json_too_deep``, ``json_too_many_values``.
    """
    text = decoded(data, name, size_max)
    if data.count(b",") + data.count(b"[") + data.count(b"{") > VALUES_MAX:
        raise FileError("json_too_many_values", {"file": name, "values_max": str(VALUES_MAX)})
    try:
        return json.loads(
            text,
            parse_int=NumberLiteral,
            parse_float=NumberLiteral,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        numbers = {"file": name, "line": str(error.lineno), "column": str(error.colno)}
        raise FileError("json_invalid", numbers) from None
    except _DuplicateKeyError as error:
        raise FileError("json_duplicate_key", {"file": name, "key": str(error)[:80]}) from None
    except _NotFiniteError as error:
        raise FileError("json_not_finite", {"file": name, "value": str(error)}) from None
    except RecursionError:
        raise FileError("json_too_deep", {"file": name}) from None


def json_object(document: object, name: str, where: str) -> dict[str, object]:
    """The document, when it is an object.

    Raises:
        FileError: ``json_not_an_object``.
    """
    if not isinstance(document, dict):
        raise FileError("json_not_an_object", {"file": name, "where": where})
    return document


def json_list(document: object, name: str, where: str) -> list[object]:
    """The document, when it is a list.

    Raises:
        FileError: ``json_not_a_list``.
    """
    if not isinstance(document, list):
        raise FileError("json_not_a_list", {"file": name, "where": where})
    return document


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        raise _DuplicateKeyError(next(key for key, count in counts.items() if count > 1))
    return read


def _refuse_constant(text: str) -> NoReturn:
    raise _NotFiniteError(text)
