from __future__ import annotations

import pytest

from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.adapters.files.table import LINE_LENGTH_MAX, ROWS_MAX
from rebalancer.errors import Issue, RowsError
from tests.support.exports import balance_by_exchange, read, refused

HEADER = "asset,quantity,location\n"


def only_issue(data: bytes) -> Issue:
    error = refused(data)
    assert isinstance(error, RowsError)
    assert len(error.issues) == 1, error.issues
    return error.issues[0]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separator_and_line_end_are_found_in_the_file(separator: str, line_end: str) -> None:
    text = line_end.join(separator.join(row) for row in (("asset", "quantity", "location"), ("BTC", "1.5", "Kraken")))
    row = read(text.encode()).rows[0]
    assert (row.symbol, str(row.quantity), row.location, row.line) == ("BTC", "1.5", "Kraken", 2)


def test_line_ends_may_be_mixed() -> None:
    assert [row.line for row in read(b"asset,quantity\nBTC,1\r\nETH,2\rSOL,3").rows] == [2, 3, 4]


def test_a_quoted_value_may_hold_the_separator_and_doubled_quotes() -> None:
    assert read((HEADER + 'BTC,1,"My ""cold"" box, at home"').encode()).rows[0].location == 'My "cold" box, at home'


def test_a_spreadsheet_may_name_its_separator_above_the_header() -> None:
    assert read(b"sep=;\r\nasset;quantity\r\nBTC;1\r\n").rows[0].line == 3


def test_empty_lines_are_no_rows() -> None:
    assert read((HEADER + "\n,,\nBTC,1,Kraken\n\n").encode()).rows_seen == 1


def test_separators_that_a_spreadsheet_appends_to_every_line_are_nothing() -> None:
    assert read(b"asset,quantity,,\nBTC,1,,\n").rows[0].symbol == "BTC"


@pytest.mark.parametrize("separator", ["|", "^", "~"])
def test_another_separator_is_refused_with_the_header_it_was_seen_in(separator: str) -> None:
    error = refused(separator.join(("asset", "quantity", "location")).encode() + b"\n")
    assert (error.code, error.numbers["separator"]) == ("separator_unknown", separator)


def test_rows_with_another_separator_than_the_header_are_named_one_by_one() -> None:
    error = refused(b"asset;quantity;location\nBTC,1,Kraken\nETH,2,Kraken\n")
    assert [(issue.code, issue.line) for issue in error.issues] == [("separator_differs", 2), ("separator_differs", 3)]
    assert error.issues[0].numbers == {"separator": ",", "separator_expected": ";"}


def test_a_quote_left_open_spoils_its_own_line_only() -> None:
    data = (HEADER + 'BTC,1,"Kraken\nETH,2,Kraken\n').encode()
    assert (only_issue(data).code, only_issue(data).line) == ("quote_not_closed", 2)
    assert [row.symbol for row in read_holdings(data, "x", keep_readable=True).rows] == ["ETH"]


def test_text_behind_a_closing_quote_is_a_quote_out_of_place() -> None:
    assert only_issue((HEADER + '"BTC"x,1,Kraken\n').encode()).code == "quote_not_closed"


@pytest.mark.parametrize("end", ['"1.0","BTC","64', '"1.0","BTC","64000.00"', '"1.0","BTC","64000.00",'])
def test_a_file_that_ends_within_a_row_is_called_cut_off(end: str) -> None:
    data = balance_by_exchange(("1.0", "ETH", "2000.00", "0.1", "Kraken")) + b"\r\n" + end.encode()
    assert (only_issue(data).code, only_issue(data).line) == ("file_truncated", 3)


def test_every_cut_of_a_quoted_export_is_refused_or_ends_at_a_row() -> None:
    whole = balance_by_exchange(*[("1.5", "BTC", "10.00", "0.1", "Kraken")] * 3)
    first_row = whole.index(b"\n") + 1
    for cut in range(first_row, len(whole)):
        data = whole[:cut]
        if data.endswith((b"\n", b"\r", b'"Kraken"')):
            continue
        assert refused(data).issues[-1].code == "file_truncated", data[-30:]


@pytest.mark.parametrize(
    ("row", "code", "cells"), [("BTC,1", "too_few_cells", "2"), ("BTC,1,Kraken,x", "too_many_cells", "4")]
)
def test_a_ragged_row_says_how_many_values_it_has(row: str, code: str, cells: str) -> None:
    issue = only_issue((HEADER + row + "\n").encode())
    assert (issue.code, issue.line, issue.value) == (code, 2, row)
    assert issue.numbers == {"cells": cells, "cells_expected": "3"}


def test_a_header_may_not_name_a_column_twice_or_not_at_all() -> None:
    twice = refused(b"asset,quantity,Quantity\nBTC,1,2\n")
    assert (twice.code, twice.numbers["name"], twice.numbers["column"]) == ("header_name_twice", "Quantity", "3")
    missing = refused(b"asset,,quantity\nBTC,1,2\n")
    assert (missing.code, missing.numbers["column"]) == ("header_name_missing", "2")


def test_a_quote_left_open_in_the_header_is_named_as_such() -> None:
    assert refused(b'"asset,quantity\nBTC,1\n').code == "header_quote_not_closed"


def test_a_header_without_rows_says_so() -> None:
    assert refused(HEADER.encode()).code == "no_rows"


def test_a_header_of_nothing_known_is_shown() -> None:
    error = refused(b"Date,Open,Close\n1,2,3\n")
    assert (error.code, error.numbers["headers"]) == ("header_not_recognised", "Date, Open, Close")


def test_a_missing_and_an_unknown_column_are_named() -> None:
    assert refused(b"asset,amount\nBTC,1\n").numbers["columns"] == "quantity"
    error = refused(b"asset,quantity,avaliability\nBTC,1,free\n")
    assert (error.code, error.numbers["columns"]) == ("columns_unknown", "avaliability")


def test_a_hundred_thousand_rows_are_read_and_one_more_is_refused() -> None:
    data = HEADER.encode() + b"BTC,1,Kraken\n" * ROWS_MAX
    assert len(read(data).rows) == ROWS_MAX
    assert refused(data + b"BTC,1,Kraken\n").code == "too_many_rows"


def test_a_line_without_end_is_refused_at_a_bound() -> None:
    error = refused(HEADER.encode() + b"B" * (LINE_LENGTH_MAX * 3))
    assert (error.code, error.numbers["line"]) == ("line_too_long", "2")


def test_a_long_value_is_refused_with_its_length() -> None:
    issue = only_issue((HEADER + f"BTC,1,{'x' * 5000}\n").encode())
    assert (issue.code, issue.column, issue.numbers["length"]) == ("cell_too_long", "location", "5000")
    assert issue.value == "x" * 80


def test_a_name_of_more_than_two_hundred_letters_is_refused() -> None:
    assert only_issue((HEADER + f"BTC,1,{'x' * 201}\n").encode()).code == "cell_too_long"


def test_quoted_names_with_another_separator_between_them_are_told_by_that_separator() -> None:
    error = refused(b'"asset"|"quantity"\n"BTC"|"1"\n')
    assert (error.code, error.numbers["separator"]) == ("separator_unknown", "|")
