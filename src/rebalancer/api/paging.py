"""Pages by key: a page ends with a cursor that names its last entry, and the next one begins after it."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from fastapi import Query

from rebalancer.errors import InputError

LimitParameter: TypeAlias = Annotated[int, Query(ge=1, le=200, description="Entries per page.")]
CursorParameter: TypeAlias = Annotated[
    str | None, Query(max_length=100, description="``next_cursor`` of the page before.")
]


def number_cursor(cursor: str | None) -> int | None:
    """The number in a cursor that is one.

    Raises:
        InputError: ``cursor_invalid``.
    """
    if cursor is None:
        return None
    if not cursor.isascii() or not cursor.isdigit():
        raise InputError("cursor_invalid", {"cursor": cursor[:80]})
    return int(cursor)
