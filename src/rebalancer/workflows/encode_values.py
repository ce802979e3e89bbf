"""Encode domain values as JSON documents, and decode them again to equal values.

Every frozen dataclass of the domain goes through the same rules: Decimal as text in plain notation, an instant as RFC
3339 with microseconds and ``Z``, a day as ISO 8601, an enumeration by its value, a set as a sorted list, None as
null. A field that a stored document does not have takes its default, so that documents outlive new fields.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Final, NewType, TypeVar, cast

from rebalancer.domain import assets, holdings, instruments, places, prices, targets, taxonomy
from rebalancer.domain.content import Json
from rebalancer.domain.money import plain
from rebalancer.errors import Issue

T = TypeVar("T")
Step = Callable[[object], object]


@dataclasses.dataclass(frozen=True, slots=True)
class Codec:
    """Both directions for one type."""

    encode: Step
    decode: Step


def document_of(kind: type[T], value: T) -> Json:
    """Write a value of ``kind`` as JSON."""
    return cast("Json", codec_of(cast("Hashable", kind)).encode(value))


def value_of(kind: type[T], document: Json) -> T:
    """Read what ``document_of`` wrote.

    Raises:
        KeyError, TypeError, ValueError: The document is not one of ``kind``.
    """
    return cast("T", codec_of(cast("Hashable", kind)).decode(document))


def instant_text(instant: datetime) -> str:
    """RFC 3339 in UTC with microseconds: ``2026-11-22T08:00:00.000000Z``."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _instant(text: object) -> datetime:
    return datetime.fromisoformat(cast("str", text)).astimezone(UTC)


def _same(value: object) -> object:
    return value


_LEAVES: Final[Mapping[object, Codec]] = {
    str: Codec(_same, _same),
    int: Codec(_same, _same),
    bool: Codec(_same, _same),
    type(None): Codec(_same, _same),
    Decimal: Codec(lambda value: plain(cast("Decimal", value)), lambda text: Decimal(cast("str", text))),
    datetime: Codec(lambda value: instant_text(cast("datetime", value)), _instant),
    date: Codec(lambda value: cast("date", value).isoformat(), lambda text: date.fromisoformat(cast("str", text))),
}

# The domain imports these for type checkers only, so its annotations find them here.
_NAMES: Final = {
    name: value
    for module in (assets, places, holdings, instruments, prices, targets, taxonomy)
    for name, value in vars(module).items()
    if isinstance(value, type | NewType)
} | {"Decimal": Decimal, "datetime": datetime, "date": date, "Mapping": Mapping, "Issue": Issue}


@cache
def codec_of(kind: object) -> Codec:
    """The codec of a type, from its annotations.

    Raises:
        TypeError: There is no rule for the type.
    """
    if kind in _LEAVES:
        return _LEAVES[kind]
    if isinstance(kind, NewType):
        return codec_of(kind.__supertype__)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Codec(lambda value: cast("StrEnum", value).value, kind)
    if dataclasses.is_dataclass(kind):
        return _record(cast("type", kind))
    return _generic(kind)


def _generic(kind: object) -> Codec:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in {types.UnionType, typing.Union} and len(arguments) == 2 and type(None) in arguments:  # noqa: PLR2004 - X | None
        return _optional(codec_of(next(argument for argument in arguments if argument is not type(None))))
    if origin is tuple:
        return _sequence(codec_of(arguments[0]), tuple)
    if origin is frozenset:
        return _sequence(codec_of(arguments[0]), frozenset)
    if origin is Mapping:
        return _mapping(codec_of(arguments[0]), codec_of(arguments[1]))
    msg = f"no rule to encode {kind!r}"
    raise TypeError(msg)


def _optional(inner: Codec) -> Codec:
    return Codec(
        lambda value: None if value is None else inner.encode(value),
        lambda value: None if value is None else inner.decode(value),
    )


def _sequence(inner: Codec, make: type[tuple[object, ...] | frozenset[object]]) -> Codec:
    def encode(value: object) -> object:
        items = [inner.encode(item) for item in cast("Sequence[object]", value)]
        return sorted(cast("list[str]", items)) if make is frozenset else items

    def decode(value: object) -> object:
        return make([inner.decode(item) for item in cast("Sequence[object]", value)])

    return Codec(encode, decode)


def _mapping(key: Codec, item: Codec) -> Codec:
    def encode(value: object) -> object:
        pairs = cast("Mapping[object, object]", value).items()
        return {key.encode(name): item.encode(content) for name, content in pairs}

    def decode(value: object) -> object:
        pairs = cast("Mapping[object, object]", value).items()
        return {key.decode(name): item.decode(content) for name, content in pairs}

    return Codec(encode, decode)


def _record(kind: type) -> Codec:
    hints = typing.get_type_hints(kind, localns=_NAMES)
    parts = [(field.name, codec_of(hints[field.name])) for field in dataclasses.fields(kind) if field.init]

    def encode(value: object) -> object:
        return {name: part.encode(getattr(value, name)) for name, part in parts}

    def decode(value: object) -> object:
        found = cast("Mapping[str, object]", value)
        return kind(**{name: part.decode(found[name]) for name, part in parts if name in found})

    return Codec(encode, decode)
