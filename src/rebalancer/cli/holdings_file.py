"""``rebalancer holdings read``: what a balance file says, without any database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, cast

import typer

from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.adapters.files.holdings_document import holdings_document
from rebalancer.adapters.files.places import read_places
from rebalancer.adapters.files.prices import read_prices
from rebalancer.adapters.reference import load_registry, load_taxonomy, load_venues
from rebalancer.cli import figures, output
from rebalancer.cli.options import AsJson, FileArgument
from rebalancer.cli.plan_files import read_bytes
from rebalancer.domain.content import JsonObject
from rebalancer.domain.holdings import identify_holdings
from rebalancer.domain.places import Places
from rebalancer.domain.prices import Quotes
from rebalancer.domain.valuation import value_holdings

_CURRENCY_ELSE = "USD"  # Where neither the file nor the person names one.
_SHOWN_MAX = 20

KeepReadable = Annotated[
    bool, typer.Option("--keep-readable", help="Read the rows that can be read; list the others as rejected.")
]


def read(
    file: FileArgument,
    keep_readable: KeepReadable = False,
    prices: Annotated[Path | None, typer.Option(metavar="FILE", help="Prices, CSV or JSON.")] = None,
    places: Annotated[Path | None, typer.Option(metavar="FILE", help="Kinds of locations, TOML.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read a balance file and tell what was understood. Nothing is stored."""
    document = _understood(file, prices, places, keep_readable=keep_readable)
    output.answer(document, as_json=as_json, human=lambda: draw_document(document))


def _understood(file: Path, prices: Path | None, places: Path | None, *, keep_readable: bool) -> JsonObject:
    registry, venues = load_registry(), load_venues()
    reading = read_holdings(read_bytes(file), file.name, keep_readable=keep_readable)
    said = read_places(read_bytes(places), places.name, venues) if places is not None else {}
    quotes = Quotes.of(read_prices(read_bytes(prices), prices.name, registry) if prices is not None else ())
    day = reading.as_of.date() if reading.as_of is not None else None
    valuation = value_holdings(
        identify_holdings(reading, registry, Places(venues, said), day),
        quotes,
        load_taxonomy(),
        source_currency=reading.currency,
        currency=reading.currency or _CURRENCY_ELSE,
        as_of=reading.as_of,
    )
    return holdings_document(reading, valuation, registry, language=output.language())


def draw_document(document: JsonObject) -> None:
    """Write a ``holdings read`` document for people: sums first, then what deserves a look."""
    numbers = {
        "source": figures.source_name(str(document["source"])),
        "rows": str(document["rows"]),
        "currency": str(document["currency"] or ""),
        **{key: figures.money(document[key]) for key in ("total_value", "planning_value")},
    }
    output.line(output.say("cli.holdings.read", numbers))
    for part in ("group", "location"):
        sums = document[f"by_{part}"]
        assert isinstance(sums, Mapping), part
        rows = [(name or figures.NONE, figures.money(value)) for name, value in sums.items()]
        title = output.say(f"cli.holdings.by_{part}")
        output.table(title, output.headings(part, "value"), rows, right=(1,))
    for part in ("unknown", "negative", "worthless"):
        _draw_briefs(part, _entries(document, part))
    for issue in _entries(document, "rejected"):
        output.line(output.issue_line(issue))


def _draw_briefs(part: str, entries: list[JsonObject]) -> None:
    if not entries:
        return
    rows = [
        (str(entry["symbol"]), figures.quantity(entry["quantity"]), figures.money(entry["value"])) for entry in entries
    ]
    title = output.say(f"cli.holdings.{part}", {"count": str(len(entries)), "shown": str(len(rows[:_SHOWN_MAX]))})
    output.table(title, output.headings("symbol", "quantity", "value"), rows[:_SHOWN_MAX], right=(1, 2))


def _entries(document: JsonObject, key: str) -> list[JsonObject]:
    return cast("list[JsonObject]", document[key])
