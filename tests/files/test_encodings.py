from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from rebalancer.adapters.files.decoding import SIZE_MAX
from tests.support.exports import BOM, balance_by_exchange, read, refused

ROW = ("1.00000000", "BTC", "64000.00", "1.00000000", "Börse")
EXPORT = balance_by_exchange(ROW)


@pytest.mark.parametrize("data", [EXPORT, EXPORT.removeprefix(BOM)])
def test_utf8_is_read_with_and_without_a_byte_order_mark(data: bytes) -> None:
    assert read(data).rows[0].location == "Börse"


@pytest.mark.parametrize(
    ("encoding", "mark", "seen"),
    [
        ("utf-16-le", b"\xff\xfe", "UTF-16 LE"),
        ("utf-16-be", b"\xfe\xff", "UTF-16 BE"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "UTF-32 LE"),
        ("utf-32-be", b"\x00\x00\xfe\xff", "UTF-32 BE"),
        ("utf-16-le", b"", "UTF-16 LE"),
        ("utf-16-be", b"", "UTF-16 BE"),
        ("utf-32-le", b"", "UTF-32 LE"),
        ("utf-32-be", b"", "UTF-32 BE"),
    ],
)
def test_a_wide_encoding_is_refused_by_its_name_with_or_without_its_mark(encoding: str, mark: bytes, seen: str) -> None:
    error = refused(mark + EXPORT.removeprefix(BOM).decode().encode(encoding))
    assert (error.code, error.numbers["encoding"]) == ("encoding_not_utf8", seen)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_one_byte_encoding_is_refused_with_the_line_of_the_first_damaged_name(encoding: str) -> None:
    error = refused(EXPORT.removeprefix(BOM).decode().encode(encoding))
    assert (error.code, error.numbers["line"]) == ("encoding_not_utf8", "2")


def test_damage_behind_the_first_megabyte_is_found_on_its_line() -> None:
    rows = [("1.00000000", "BTC", "1.00", "0.1", "Kraken é")] * 30_000
    data = balance_by_exchange(*rows)
    assert len(data) > 1024 * 1024
    error = refused(data + b"\r\n\xe9")
    assert (error.code, error.numbers["line"]) == ("encoding_not_utf8", "30002")


def test_a_letter_that_straddles_two_blocks_is_no_damage() -> None:
    head = EXPORT + b"\r\n"
    fill = b"\n" * (1024 * 1024 - 1 - len(head) - 1)
    assert read(head + fill + '"1.0","€","1.00","0.1","x"'.encode()).rows_seen == 2


def test_the_line_is_right_when_a_letter_straddles_two_blocks_before_the_damage() -> None:
    head = EXPORT + b"\r\n"
    data = head + b" " * (1024 * 1024 - 2 - len(head)) + "\u20ac".encode() + b"\xe9\n\n\n"
    assert refused(data).numbers["line"] == "3"


def test_a_single_nul_byte_is_damage_and_not_an_encoding() -> None:
    error = refused(EXPORT + b"\r\n\x00")
    assert (error.code, error.numbers["line"]) == ("nul_bytes", "3")


@pytest.mark.parametrize("data", [b"", b"\n\r\n ", BOM, BOM + b"   \n", b"sep=;\n"])
def test_an_empty_file_says_so(data: bytes) -> None:
    assert refused(data).code == "empty_file"


def test_a_workbook_an_archive_a_document_and_a_page_are_named_as_what_they_are() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("export.csv", EXPORT)
    codes = [
        refused(data).code
        for data in (archive.getvalue(), gzip.compress(EXPORT), b"%PDF-1.7\n", b" \n<!DOCTYPE html><html>")
    ]
    assert codes == ["file_is_zip", "file_is_gzip", "file_is_pdf", "file_is_html"]


def test_a_file_of_sixty_megabytes_is_refused_before_it_is_looked_at() -> None:
    error = refused(bytes(60 * 1024 * 1024))
    assert error.code == "file_too_large"
    assert (error.numbers["size"], error.numbers["size_max"]) == ("60.0", "50.0")


def test_fifty_megabytes_to_the_byte_are_looked_at() -> None:
    assert refused(b" " * SIZE_MAX).code == "empty_file"
    assert refused(b" " * (SIZE_MAX + 1)).code == "file_too_large"
