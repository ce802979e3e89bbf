"""Every way to change one thing in a plan document."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
Change = tuple[Path, str, Any]  # Where, how, and the whole changed document.

SWAPS = {
    "now": "after",
    "after": "now",
    "buy": "sell",
    "sell": "buy",
    "api": "hand",
    "hand": "api",
    "pass": "fail",
    "overweight": "underweight",
    "underweight": "overweight",
    "redeem": "transfer",
    "transfer": "redeem",
    "Kraken": "Binance",
    "Binance": "Kraken",
    "kraken": "binance",
    "binance": "kraken",
    "bitcoin": "ethereum",
    "ethereum": "bitcoin",
    "cash": "locked",
}


def changes(document: dict[str, Any]) -> Iterator[Change]:
    """Each leaf changed, each entry of each list or table taken out, doubled or swapped with the one after it."""
    for path in _paths(document, ()):
        node = _at(document, path)
        if isinstance(node, list):
            yield from _list_changes(document, path, node)
        elif isinstance(node, dict):
            yield from ((path, f"without {key}", _with(document, path, _less(node, key))) for key in node)
            yield path, "is nothing", _with(document, path, None) if path else {}
            yield path, "with one more", _with(document, path, {**node, "extra": "1"})
        else:
            yield from ((path, f"{node!r} is {other!r}", _with(document, path, other)) for other in _others(node))


def _paths(node: Any, path: Path) -> Iterator[Path]:  # noqa: ANN401 JSON
    yield path
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from _paths(child, (*path, key))


def _list_changes(document: dict[str, Any], path: Path, node: list[Any]) -> Iterator[Change]:
    for index, entry in enumerate(node):
        yield path, f"without {index}", _with(document, path, [*node[:index], *node[index + 1 :]])
        yield path, f"{index} twice", _with(document, path, [*node[: index + 1], entry, *node[index + 1 :]])
    for index in range(len(node) - 1):
        swapped = [*node[:index], node[index + 1], node[index], *node[index + 2 :]]
        yield path, f"{index} swapped", _with(document, path, swapped)


def _others(leaf: object) -> list[object]:
    if isinstance(leaf, bool):
        return [not leaf, None]
    if isinstance(leaf, int):
        return [leaf + 1, str(leaf)]
    if leaf is None:
        return ["1", 0]
    assert isinstance(leaf, str), leaf
    return [_other(leaf), None]


def _other(text: str) -> str:
    """The text with one digit changed, or another word of its kind."""
    if text in SWAPS:
        return SWAPS[text]
    digits = [at for at, letter in enumerate(text) if letter.isdigit()]
    if not digits:
        return f"{text}x"
    at = digits[-1]
    return f"{text[:at]}{(int(text[at]) + 1) % 9 + (0 if at else 1)}{text[at + 1 :]}"


def _at(document: Any, path: Path) -> Any:  # noqa: ANN401 JSON
    for key in path:
        document = document[key]
    return document


def _with(document: dict[str, Any], path: Path, value: object) -> dict[str, Any]:
    if not path:
        assert isinstance(value, dict), value
        return value
    changed = copy.deepcopy(document)
    _at(changed, path[:-1])[path[-1]] = value
    return changed


def _less(node: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in node.items() if name != key}
