"""A plan for people in a terminal: what to do now, what to move, what to do then, and how many things stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rebalancer.cli import figures, output
from rebalancer.domain.content import Json, JsonObject


def print_plan(document: JsonObject) -> None:
    """Write the plan as tables."""
    _print_groups(document)
    idle = document["nothing_to_do"]
    if isinstance(idle, Mapping):
        numbers = {"worst_group": str(idle["worst_group"]), "band": figures.points(idle["band"])}
        output.line(
            output.say("cli.plan.nothing_to_do", {**numbers, "worst_drift": figures.points(idle["worst_drift"], "+")})
        )
    else:
        _print_actions(document, "now")
        _print_moves(document)
        _print_actions(document, "after")
        _print_cost(document)
    _print_untouched(document)
    for entry in _entries(document, "assumptions"):
        output.line("• " + output.say(f"assumption.{entry['code']}", _numbers(entry)))


def _print_groups(document: JsonObject) -> None:
    columns = ("group", "value", "held", "after", "target", "band")
    rows = [
        (
            str(entry["group"]),
            figures.money(entry["value"]),
            *(figures.percent(entry[key]) for key in ("weight_held", "weight_after", "weight_target")),
            figures.points(entry["band"]),
        )
        for entry in _entries(document, "groups")
    ]
    title = output.say("cli.plan.title", {"currency": str(document["currency"])})
    output.table(title, _headings(columns), rows, right=range(1, 6))


def _print_actions(document: JsonObject, stage: str) -> None:
    found = [entry for entry in _entries(document, "actions") if entry["stage"] == stage]
    if not found:
        return
    rows = [
        (
            str(entry["n"]),
            output.say(f"cli.{entry['action']}"),
            str(entry["symbol"]),
            figures.quantity(entry["est_quantity"]),
            figures.money(entry["value"]),
            str(entry["location"] or "—"),
            _why(entry),
        )
        for entry in found
    ]
    columns = ("n", "action", "symbol", "quantity", "value", "location", "reason")
    output.table(output.say(f"cli.plan.{stage}"), _headings(columns), rows, right=(0, 3, 4))


def _print_moves(document: JsonObject) -> None:
    rows = [
        (
            str(entry["n"]),
            output.say(f"why.{entry['why']}"),
            str(entry["symbol"]),
            figures.quantity(entry["quantity"]),
            str(entry["from"] or "—"),
            str(entry["to"] or "—"),
        )
        for entry in _entries(document, "moves")
    ]
    if rows:
        columns = ("n", "move", "symbol", "quantity", "from", "to")
        output.table(output.say("cli.plan.moves"), _headings(columns), rows, right=(0, 3))


def _print_cost(document: JsonObject) -> None:
    cost = document["cost"]
    assert isinstance(cost, Mapping), cost
    numbers = {
        "orders": str(cost["orders"]),
        "cost": figures.money(cost["total"]),
        "currency": str(document["currency"]),
    }
    output.line(output.say("cli.plan.cost", numbers))


def _print_untouched(document: JsonObject) -> None:
    counts = Counter(str(entry["reason"]) for entry in _entries(document, "untouched"))
    rows = [(str(count), output.say(f"reason.{reason}.title")) for reason, count in counts.most_common()]
    if rows:
        output.table(output.say("cli.plan.untouched"), _headings(("count", "reason")), rows, right=(0,))


def _headings(columns: Sequence[str]) -> list[str]:
    return [output.say(f"cli.column.{column}") for column in columns]


def _entries(document: JsonObject, key: str) -> list[Mapping[str, Json]]:
    found = document[key]
    assert isinstance(found, Sequence), key
    return [entry for entry in found if isinstance(entry, Mapping)]


def _numbers(entry: Mapping[str, Json]) -> dict[str, str]:
    numbers = entry["numbers"]
    return {name: str(value) for name, value in numbers.items()} if isinstance(numbers, Mapping) else {}


def _why(entry: Mapping[str, Json]) -> str:
    numbers = _numbers(entry)
    return output.say("cli.plan.why", {"group": str(entry["group"]), "drift": figures.points(numbers["drift"], "+")})
