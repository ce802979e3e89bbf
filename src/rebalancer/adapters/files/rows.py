"""What all readers of entries share: all or nothing, with every mistake listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rebalancer.adapters.files.fields import Fields
from rebalancer.errors import FileError, Issue, RowsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rebalancer.adapters.files.table import Table

ENTRIES_MAX: Final = 100_000


def table_fields(table: Table) -> Iterator[Fields | Issue]:
    """The fields of every row of a table under the lower-case names of its columns, or what is wrong with the row."""
    names = [name.casefold() for name in table.header]
    titles = dict(zip(names, table.header, strict=True))
    for record in table.records():
        if isinstance(record, Issue):
            yield record
        else:
            yield Fields(dict(zip(names, record.cells, strict=True)), table.file, record.line, titles=titles)


def entry_fields(entries: Sequence[object], file: str, prefix: str) -> Iterator[Fields | Issue]:
    """The fields of every object of a JSON list, or what is wrong with the entry.

    Raises:
        FileError: ``too_many_rows``.
    """
    if len(entries) > ENTRIES_MAX:
        raise FileError("too_many_rows", {"file": file, "rows_max": str(ENTRIES_MAX)})
    for position, entry in enumerate(entries, start=1):
        where = f"{prefix}[{position}]"
        if isinstance(entry, dict):
            yield Fields(entry, file, None, f"{where}.")
        else:
            yield Issue("json_entry_not_an_object", file, None, where, type(entry).__name__)


def check_columns(table: Table, required: frozenset[str], known: frozenset[str]) -> None:
    """Refuse a header that lacks a column or has one that means nothing here.

    Raises:
        FileError: ``header_name_missing``, ``header_name_twice``, ``columns_missing`` or ``columns_unknown``.
    """
    table.check_header()
    names = {name.casefold() for name in table.header}
    numbers = {"file": table.file, "headers": table.headers_seen, "columns_known": ", ".join(sorted(known))}
    if missing := required - names:
        raise FileError("columns_missing", {**numbers, "columns": ", ".join(sorted(missing))})
    if unknown := names - known:
        raise FileError("columns_unknown", {**numbers, "columns": ", ".join(sorted(unknown))})


def check_complete(issues: Sequence[Issue], file: str, *, rows_seen: int, rows_rejected: int) -> None:
    """Refuse a file in which anything could not be read.

    Raises:
        FileError: ``no_rows``: there is nothing in it.
        RowsError: ``rows_unreadable``, with every issue.
    """
    if not rows_seen:
        raise FileError("no_rows", {"file": file})
    if issues:
        numbers = {"file": file, "rows": str(rows_seen), "rows_rejected": str(rows_rejected)}
        raise RowsError("rows_unreadable", numbers, issues)
