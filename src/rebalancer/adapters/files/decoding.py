"""Bytes to text: files are UTF-8, with or without a byte order mark; everything else is refused by name."""

from __future__ import annotations

import codecs
import io
from typing import Final

from rebalancer.errors import FileError

SIZE_MAX: Final = 50 * 1024 * 1024
SMALL_SIZE_MAX: Final = 1024 * 1024  # Files that a person writes by hand: targets, places.

_BLOCK: Final = 1024 * 1024
_SNIFFED: Final = 4096
# The longer mark goes first: UTF-32 LE starts with the mark of UTF-16 LE.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32 LE"),
    (codecs.BOM_UTF32_BE, "UTF-32 BE"),
    (codecs.BOM_UTF16_LE, "UTF-16 LE"),
    (codecs.BOM_UTF16_BE, "UTF-16 BE"),
)


def check_text_file(data: bytes, name: str, size_max: int = SIZE_MAX) -> None:
    """Refuse bytes that are not a UTF-8 text of a bearable size.

    Raises:
        FileError: ``file_too_large``, ``empty_file``, ``file_is_zip``, ``file_is_gzip``, ``file_is_pdf``,
            ``file_is_html``, ``encoding_not_utf8`` (with the encoding seen) or ``nul_bytes``.
    """
    if len(data) > size_max:
        raise FileError(
            "file_too_large", {"file": name, "size": _megabytes(len(data)), "size_max": _megabytes(size_max)}
        )
    _check_marks(data, name)
    _check_nul(data, name)
    _check_utf8(data, name)
    start = without_mark(data[:_SNIFFED]).lstrip().lower()
    if not start and not data[_SNIFFED:].strip():
        raise FileError("empty_file", {"file": name})
    if start.startswith((b"<!doctype html", b"<html")):
        raise FileError("file_is_html", {"file": name})


def without_mark(data: bytes) -> bytes:
    """The bytes behind a UTF-8 byte order mark, if there is one."""
    return data.removeprefix(codecs.BOM_UTF8)


def text_lines(data: bytes) -> io.TextIOWrapper:
    """Checked bytes as a stream of lines; it decodes as it goes, so a large file never stands in memory twice."""
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")


def decoded(data: bytes, name: str, size_max: int = SIZE_MAX) -> str:
    """The whole text of a small file or of a JSON document.

    Raises:
        FileError: As ``check_text_file``.
    """
    check_text_file(data, name, size_max)
    return without_mark(data).decode("utf-8")


def _check_marks(data: bytes, name: str) -> None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            raise FileError("encoding_not_utf8", {"file": name, "encoding": encoding, "line": "1"})
    if data.startswith(b"PK\x03\x04"):
        raise FileError("file_is_zip", {"file": name})
    if data.startswith(b"\x1f\x8b"):
        raise FileError("file_is_gzip", {"file": name})
    if data.startswith(b"%PDF-"):
        raise FileError("file_is_pdf", {"file": name})


def _check_nul(data: bytes, name: str) -> None:
    at = data.find(b"\0")
    if at < 0:
        return
    # Text in UTF-16 without a mark is half NUL bytes as long as its letters are plain.
    head = data[:_SNIFFED]
    if head.count(b"\0") * 3 > len(head):
        wide = "UTF-32" if b"\0\0\0" in head else "UTF-16"
        order = "BE" if head[0] == 0 else "LE"
        raise FileError("encoding_not_utf8", {"file": name, "encoding": f"{wide} {order}", "line": "1"})
    raise FileError("nul_bytes", {"file": name, "line": _line_at(data, at)})


def _check_utf8(data: bytes, name: str) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, max(len(data), 1), _BLOCK):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(data[start : start + _BLOCK], final=start + _BLOCK >= len(data))
        except UnicodeDecodeError as error:
            at = start - held + error.start
            numbers = {"file": name, "encoding": "Windows-1252 / ISO-8859-1", "line": _line_at(data, at)}
            raise FileError("encoding_not_utf8", numbers) from None


def _line_at(data: bytes, position: int) -> str:
    return str(data.count(b"\n", 0, position) + 1)


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.1f}"
