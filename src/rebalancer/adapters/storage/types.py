"""Column types that hold values exactly and give the same value back on both engines."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, Numeric, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from rebalancer.domain.money import plain


class Money(TypeDecorator[Decimal]):
    """An exact decimal: NUMERIC on PostgreSQL, TEXT in plain notation on SQLite. A float never passes.

    SQL must not add or order these columns: text has neither meaning nor order as a number.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """NUMERIC without scale keeps every digit; psycopg hands it over as Decimal."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric(asdecimal=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: object, dialect: Dialect) -> Decimal | str | None:
        """Write a finite Decimal."""
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            msg = f"money is a finite Decimal, not {value!r}"
            raise TypeError(msg)
        text = plain(value)
        return Decimal(text) if dialect.name == "postgresql" else text

    def process_result_value(self, value: object, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Read it back: the same number with the same digits."""
        if value is None:
            return None
        if not isinstance(value, Decimal | str):
            msg = f"money came out of the database as {type(value).__name__}"
            raise TypeError(msg)
        return Decimal(value)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant with microseconds: TIMESTAMPTZ on PostgreSQL, sortable RFC 3339 text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """TIMESTAMPTZ or TEXT."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Write an aware instant."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"an instant needs a time zone: {value!r}"
            raise TypeError(msg)
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.isoformat(timespec="microseconds")

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read it back, aware, UTC."""
        if value is None:
            return None
        instant = datetime.fromisoformat(value) if isinstance(value, str) else value
        return instant.astimezone(UTC)
