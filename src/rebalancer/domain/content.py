"""Canonical bytes and content hashes: two documents are the same when their hashes are.

The canonical form is RFC 8785 (JSON Canonicalization Scheme) for documents without floating-point numbers: money
travels as decimal strings, and a statistic never enters a document that is hashed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None
JsonObject: TypeAlias = Mapping[str, Json]

_INTEGER_MAX: Final = 2**53 - 1  # Beyond it a reader that uses doubles sees another number.


def canonical_bytes(document: Json) -> bytes:
    """UTF-8 bytes of ``document`` in RFC 8785 form: keys sorted by UTF-16 units, no white space.

    Raises:
        TypeError: A float, or anything that JSON does not know, is inside.
        ValueError: An integer is beyond 2**53 - 1, or a text holds a lone surrogate.
    """
    return json.dumps(_sorted(document), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def content_hash(document: Json) -> str:
    """SHA-256 of the canonical bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(document)).hexdigest()


def _sorted(node: object) -> Json:
    if node is None or isinstance(node, str | bool):
        return node
    if isinstance(node, int):
        return _integer(node)
    if isinstance(node, Mapping):
        return {key: _sorted(node[key]) for key in sorted(node, key=lambda key: str(key).encode("utf-16-be"))}
    if isinstance(node, Sequence) and not isinstance(node, bytes | bytearray):
        return [_sorted(item) for item in node]
    msg = f"not canonical JSON: {type(node).__name__}"
    raise TypeError(msg)


def _integer(node: int) -> int:
    if abs(node) > _INTEGER_MAX:
        msg = f"integer outside the range of RFC 8785: {node}"
        raise ValueError(msg)
    return node
