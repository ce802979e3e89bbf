"""One row as one line of JSON, and back: bytes in base 64, money in plain notation, instants in RFC 3339."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import cast

from sqlalchemy import Column, LargeBinary, Table
from sqlalchemy.engine import RowMapping

from rebalancer.adapters.storage.types import Instant, Money
from rebalancer.domain.money import plain


def row_to_line(table: Table, row: RowMapping) -> bytes:
    """Write a row; columns in alphabetical order."""
    values = {column.name: _written(row[column.name]) for column in table.columns}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def row_from_line(table: Table, line: bytes) -> dict[str, object]:
    """Read a row.

    Raises:
        ArithmeticError, ValueError, TypeError, KeyError: The line is not a row of the table.
    """
    values = cast("Mapping[str, object]", json.loads(line))
    return {column.name: _read(column, values[column.name]) for column in table.columns}


def _written(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    return plain(value) if isinstance(value, Decimal) else value


def _read(column: Column[object], value: object) -> object:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(cast("str", value), validate=True)
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(cast("str", value))
    return Decimal(cast("str", value)) if isinstance(column.type, Money) else value
