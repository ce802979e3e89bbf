"""One door for every file of holdings: the format is recognised from the content, never from the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rebalancer.adapters.files import cointracking, generic_csv, holdings_json
from rebalancer.adapters.files.json_text import looks_like_json
from rebalancer.adapters.files.rows import check_complete
from rebalancer.adapters.files.table import open_table
from rebalancer.errors import FileError

if TYPE_CHECKING:
    from rebalancer.domain.holdings import Reading


def read_holdings(data: bytes, name: str, *, keep_readable: bool = False) -> Reading:
    """Read a file of holdings in any known format.

    Args:
        data: The file, at most 50 MB and 100,000 rows.
        name: Its name as the person gave it; only messages use it.
        keep_readable: Take the rows that can be read and list the others in ``rejected``, instead of refusing the
            file.

    Raises:
        FileError: The file is not one of the known formats, or has no rows.
        RowsError: ``rows_unreadable``: some rows cannot be read (with ``keep_readable``: none can).
    """
    reading, rejected = _read(data, name)
    kept = keep_readable and bool(reading.rows)
    check_complete(() if kept else reading.rejected, name, rows_seen=reading.rows_seen, rows_rejected=rejected)
    return reading


def _read(data: bytes, name: str) -> tuple[Reading, int]:
    if looks_like_json(data):
        return holdings_json.read_document(data, name)
    table = open_table(data, name)
    if generic_csv.is_generic(table):
        return generic_csv.read_table(table)
    layout = cointracking.recognise(table)
    if layout is None:
        raise FileError("header_not_recognised", {"file": name, "headers": table.headers_seen})
    return cointracking.read_export(table, layout)
