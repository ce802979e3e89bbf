"""The product's own table of holdings, in any order of columns.

``asset,quantity[,location,availability,price,value,currency]``
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rebalancer.adapters.files.entries import HOLDING_FIELDS, read_entries
from rebalancer.adapters.files.rows import check_columns, table_fields

if TYPE_CHECKING:
    from rebalancer.adapters.files.table import Table
    from rebalancer.domain.holdings import Reading

SOURCE: Final = "generic_csv"

_REQUIRED: Final = frozenset({"asset", "quantity"})


def is_generic(table: Table) -> bool:
    """Whether a header means to be this table."""
    return "asset" in {name.casefold() for name in table.header}


def read_table(table: Table) -> tuple[Reading, int]:
    """Read every row; the number says how many could not be read.

    Raises:
        FileError: The header lacks a column or has one that means nothing here.
    """
    check_columns(table, _REQUIRED, HOLDING_FIELDS)
    return read_entries(SOURCE, table_fields(table))
