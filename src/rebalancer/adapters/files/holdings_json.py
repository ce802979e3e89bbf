"""The product's own document of holdings.

``{"as_of", "currency", "holdings": [{"asset", "quantity", "location", "availability", "price", "value"}]}``
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rebalancer.adapters.files.entries import HOLDING_FIELDS, read_entries
from rebalancer.adapters.files.fields import Fields
from rebalancer.adapters.files.json_text import json_list, json_object, parse_json
from rebalancer.adapters.files.rows import entry_fields
from rebalancer.domain.holdings import Reading
from rebalancer.errors import RowsError

SOURCE: Final = "generic_json"

_KEYS: Final = frozenset({"as_of", "currency", "holdings"})


def read_document(data: bytes, name: str) -> tuple[Reading, int]:
    """Read every entry; the number says how many could not be read.

    Raises:
        FileError: The file is not such a document.
        RowsError: ``rows_unreadable``: what the document says of itself cannot be read.
    """
    document = json_object(parse_json(data, name), name, "$")
    head = Fields(document, name)
    head.known(_KEYS)
    as_of = head.instant("as_of")
    currency = head.currency("currency") if head.has("currency") else None
    entries = json_list(document.get("holdings"), name, "holdings")
    if head.issues:
        numbers = {"file": name, "rows": str(len(entries)), "rows_rejected": str(len(entries))}
        raise RowsError("rows_unreadable", numbers, head.issues)
    reading, rejected = read_entries(SOURCE, entry_fields(entries, name, "holdings"), HOLDING_FIELDS, currency)
    return replace(reading, as_of=as_of), rejected
