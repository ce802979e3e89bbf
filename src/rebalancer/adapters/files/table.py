"""Tables in text files: RFC 4180 quotes, separator ``,``, ``;`` or tab found in the header, one record per line.

A quoted value may not run over several lines: no format read here needs it, and so one stray quote spoils its own
line only and is reported there, instead of swallowing the rest of the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rebalancer.adapters.files.decoding import SIZE_MAX, check_text_file, text_lines
from rebalancer.errors import FileError, Issue

if TYPE_CHECKING:
    from io import TextIOWrapper

ROWS_MAX: Final = 100_000
CELL_LENGTH_MAX: Final = 1_000
LINE_LENGTH_MAX: Final = 100_000
SEPARATORS: Final = (",", ";", "\t")

_OTHER_SEPARATORS: Final = ("|", "^", "~", ":")
_SHOWN_MAX: Final = 300


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one line, as many as the header has."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A text file whose header is known and whose rows are read one by one.

    Attributes:
        file: Name of the file as the person gave it.
        header: Names of the columns, white space around them removed.
        header_line: Line the header stands on.
        separator: ``,``, ``;`` or tab.
        quoted: Whether the header puts its last name in quotes; then so does every row.
        data: The checked bytes.
    """

    file: str
    header: tuple[str, ...]
    header_line: int
    separator: str
    quoted: bool
    data: bytes

    @property
    def headers_seen(self) -> str:
        """The header as one text, for messages."""
        return ", ".join(self.header)[:_SHOWN_MAX]

    def check_header(self) -> None:
        """Refuse a header in which a column cannot be told from another.

        Raises:
            FileError: ``header_name_missing`` or ``header_name_twice``.
        """
        seen: set[str] = set()
        for position, name in enumerate(self.header, start=1):
            numbers = {"file": self.file, "line": str(self.header_line), "column": str(position), "name": name}
            if not name:
                raise FileError("header_name_missing", numbers)
            if name.casefold() in seen:
                raise FileError("header_name_twice", numbers)
            seen.add(name.casefold())

    def records(self) -> Iterator[Record | Issue]:
        """Every data row in order: its cells, or what is wrong with it. Empty lines are passed over.

        Raises:
            FileError: ``too_many_rows`` or ``line_too_long``.
        """
        rows = 0
        for number, text in _numbered_lines(self.data, self.file):
            if number <= self.header_line or not text.strip(self.separator + " \r\n"):
                continue
            rows += 1
            if rows > ROWS_MAX:
                raise FileError("too_many_rows", {"file": self.file, "rows_max": str(ROWS_MAX)})
            record = self._record(number, text)
            if record is not None:
                yield record

    def _record(self, line: int, text: str) -> Record | Issue | None:
        ended = text.endswith(("\n", "\r"))
        cells = _cells(text, self.separator)
        if cells is None:
            return self._issue("quote_not_closed" if ended else "file_truncated", line, text)
        width = len(self.header)
        if not ended and self.quoted and text.endswith(self.separator):
            return self._issue("file_truncated", line, text)  # An empty last value would stand as "".
        if len(cells) == width:
            record = Record(line, cells)
        elif len(cells) > width and not any(cells[width:]):
            record = Record(line, cells[:width])  # Spreadsheets append separators to every line.
        else:
            return self._ragged(line, text, cells, ended=ended)
        return self._checked(record)

    def _checked(self, record: Record) -> Record | Issue | None:
        if not any(cell.strip() for cell in record.cells):
            return None
        for name, cell in zip(self.header, record.cells, strict=True):
            if len(cell) > CELL_LENGTH_MAX:
                numbers = {"length": str(len(cell)), "length_max": str(CELL_LENGTH_MAX)}
                return Issue("cell_too_long", self.file, record.line, name, cell[:80], numbers)
        return record

    def _ragged(self, line: int, text: str, cells: tuple[str, ...], *, ended: bool) -> Issue:
        width = len(self.header)
        numbers = {"cells": str(len(cells)), "cells_expected": str(width)}
        for other in SEPARATORS:
            split = _cells(text, other) if other != self.separator and width > 1 else None
            if split is not None and len(split) == width:
                names = {"separator": separator_name(other), "separator_expected": separator_name(self.separator)}
                return self._issue("separator_differs", line, text, **names)
        if len(cells) > width:
            return self._issue("too_many_cells", line, text, **numbers)
        return self._issue("too_few_cells" if ended else "file_truncated", line, text, **numbers)

    def _issue(self, code: str, line: int, text: str, **numbers: str) -> Issue:
        return Issue(code, self.file, line, None, text.strip("\r\n")[:80], numbers)


def separator_name(separator: str) -> str:
    """A separator as a message shows it."""
    return "TAB" if separator == "\t" else separator


def open_table(data: bytes, name: str, size_max: int = SIZE_MAX) -> Table:
    """Check the bytes and read the header; the separator is the one that splits the header into most names.

    Raises:
        FileError: A code of ``check_text_file``; ``quote_not_closed`` in the header; ``separator_unknown``;
            ``line_too_long``.
    """
    check_text_file(data, name, size_max)
    for number, text in _numbered_lines(data, name):
        said = _separator_said(text)
        if said is None and text.strip():
            return _table(data, name, number, text)
    raise FileError("empty_file", {"file": name})


def _table(data: bytes, name: str, number: int, text: str) -> Table:
    splits = {separator: _cells(text, separator) for separator in SEPARATORS}
    read = {separator: cells for separator, cells in splits.items() if cells is not None}
    if not read:
        raise _unreadable_header(name, number, text)
    separator = max(read, key=lambda candidate: len(read[candidate]))
    header = tuple(" ".join(cell.split()) for cell in read[separator])
    while len(header) > 1 and not header[-1]:
        header = header[:-1]
    other = next((mark for mark in _OTHER_SEPARATORS if len(header) == 1 and mark in text), None)
    if other is not None:
        raise FileError("separator_unknown", {"file": name, "separator": other, "header": text.strip()[:_SHOWN_MAX]})
    return Table(name, header, number, separator, text.rstrip().endswith('"'), data)


def _unreadable_header(name: str, number: int, text: str) -> FileError:
    """Quotes that no separator of ours fits are closed where another one stands between them."""
    header = text.strip()[:_SHOWN_MAX]
    other = next((mark for mark in _OTHER_SEPARATORS if len(_cells(text, mark) or ()) > 1), None)
    if other is not None:
        return FileError("separator_unknown", {"file": name, "separator": other, "header": header})
    return FileError("header_quote_not_closed", {"file": name, "line": str(number), "header": header})


def _separator_said(text: str) -> str | None:
    """Spreadsheets may put a line such as ``sep=;`` above the header; the header itself says the same."""
    said = text.strip().lower().removeprefix("sep=")
    return said if text.lower().startswith("sep=") and len(said) <= 1 else None


def _cells(text: str, separator: str) -> tuple[str, ...] | None:
    """The cells of one line; None when a quote is left open or text follows a closing quote."""
    try:
        return tuple(next(csv.reader((text.rstrip("\r\n"),), delimiter=separator, strict=True), ()))
    except csv.Error:
        return None


def _numbered_lines(data: bytes, name: str) -> Iterator[tuple[int, str]]:
    stream: TextIOWrapper = text_lines(data)
    number = 0
    while text := stream.readline(LINE_LENGTH_MAX + 1):
        number += 1
        if len(text) > LINE_LENGTH_MAX:
            raise FileError("line_too_long", {"file": name, "line": str(number), "length_max": str(LINE_LENGTH_MAX)})
        yield number, text
