"""A plan document as it was exported: JSON whose only bare numbers are counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rebalancer.adapters.files.json_text import NumberLiteral, json_object, parse_json
from rebalancer.errors import FileError

if TYPE_CHECKING:
    from rebalancer.domain.content import Json, JsonObject


def read_plan(data: bytes, name: str) -> JsonObject:
    """Read a plan; what it says is not believed here, only its form.

    Raises:
        FileError: Not one JSON object, or a bare number in it is not a whole number of at most fifteen digits.
    """
    document = json_object(parse_json(data, name), name, "plan")
    return {key: _node(value, name) for key, value in document.items()}


def _node(node: object, name: str) -> Json:
    if isinstance(node, NumberLiteral):
        return _count(node.text, name)
    if isinstance(node, dict):
        return {key: _node(value, name) for key, value in node.items()}
    if isinstance(node, list):
        return [_node(value, name) for value in node]
    assert node is None or isinstance(node, str | bool), node
    return node


def _count(text: str, name: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len("123456789012345"):
        raise FileError("json_not_whole", {"file": name, "value": text[:80]})
    return int(text)
