"""What a plan document says, in the words of the scenario language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rebalancer.domain.targets import percent

Document = Mapping[str, Any]


def trades_of(document: Document) -> list[str]:
    return [_trade(action) for action in document["actions"]] or ["none"]


def _trade(action: Document) -> str:
    stage = "after " if action["stage"] == "after" else ""
    place = f" at {action['location']}" if action["location"] is not None else ""
    market = f" on {action['market']}" if action["market"] is not None else ""
    plain = action["reason"] in {"overweight", "underweight"}
    reason = "" if plain else f" for {action['reason']}"
    return f"{stage}{action['action']} {action['est_quantity']} {action['symbol']}{place}{market}{reason}"


def moves_of(document: Document) -> list[str]:
    return [_move(move) for move in document["moves"]] or ["none"]


def _move(move: Document) -> str:
    way = f"from {move['from'] or 'outside'} to {move['to'] or 'nowhere'}"
    return f"{move['why']} {move['quantity']} {move['symbol']} {way}"


def untouched_of(document: Document) -> list[str]:
    return [_untouched(entry) for entry in document["untouched"]] or ["none"]


def _untouched(entry: Document) -> str:
    if entry["asset"] is None and entry["symbol"] == entry["group"]:
        return f"group {entry['group']}: {entry['reason']}"
    place = f" at {entry['location']}" if entry["location"] is not None else ""
    return f"{entry['symbol']}{place}: {entry['reason']}"


def outside_of(document: Document) -> list[str]:
    return [group["group"] for group in document["groups"] if group["outside"]] or ["none"]


def idle_of(document: Document) -> list[str]:
    idle = document["nothing_to_do"]
    return [f"{idle['worst_group']} {_percent(idle['worst_drift'], 1)}"] if idle else ["no"]


def plan_of(document: Document) -> list[str]:
    dollars = [action["usd"] for action in document["actions"]]
    known = "unknown" if None in dollars else str(sum(map(Decimal, dollars)))
    cost = document["cost"]
    return [f"approvable {'yes' if document['approvable'] else 'no'}", f"fees {cost['fees']}", f"usd {known}"]


def weights_of(document: Document, column: str, entries: Sequence[str]) -> list[str]:
    """The weights of the groups that ``entries`` name, each to as many digits as are written there."""
    weights = {group["group"]: group[f"weight_{column}"] for group in document["groups"]}
    return [f"{group} {_percent(weights[group], _digits(text))}" for group, text in map(_apart, entries)]


def _apart(entry: str) -> tuple[str, str]:
    group, text = entry.rsplit(" ", 1)
    percent(text.removeprefix("-"))  # Nothing but a percentage stands there.
    return group, text


def _digits(text: str) -> int:
    return len(text.rstrip("%").partition(".")[2])


def _percent(weight: str, digits: int) -> str:
    return f"{(Decimal(weight) * 100).quantize(Decimal(1).scaleb(-digits))}%"
