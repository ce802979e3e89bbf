"""``rebalancer taxonomy classify``: what symbols stand for, without any database."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from rebalancer.adapters.reference import load_registry, load_taxonomy
from rebalancer.cli import output
from rebalancer.cli.options import AsJson
from rebalancer.domain.assets import ANY_SOURCE, AssetId, Registry
from rebalancer.domain.content import JsonObject
from rebalancer.domain.taxonomy import UNCLASSIFIED, Taxonomy


def classify(
    symbols: Annotated[list[str], typer.Argument(metavar="SYMBOL...", help="Symbols as a source writes them.")],
    source: Annotated[str, typer.Option(help="Alias table to go through: cointracking, or * for plain tickers.")] = (
        ANY_SOURCE
    ),
    as_json: AsJson = False,
) -> None:
    """Tell which asset and group each symbol stands for, or what it may be."""
    registry, taxonomy = load_registry(), load_taxonomy()
    found = [_classified(registry, taxonomy, source, symbol) for symbol in symbols]
    output.answer({"source": source, "items": found}, as_json=as_json, human=lambda: _draw(found))


def _classified(registry: Registry, taxonomy: Taxonomy, source: str, symbol: str) -> JsonObject:
    identity = registry.identify(source, symbol)
    asset = registry.assets[identity.asset] if identity.asset is not None else None
    return {
        "symbol": symbol,
        "asset": identity.asset,
        "name": asset.name if asset is not None else None,
        "kind": asset.kind.value if asset is not None else None,
        "base": asset.base if asset is not None else None,
        "group": taxonomy.group_of(asset.id) if asset is not None else UNCLASSIFIED,
        "candidates": [_candidate(registry, taxonomy, candidate) for candidate in identity.candidates],
    }


def _candidate(registry: Registry, taxonomy: Taxonomy, candidate: AssetId) -> JsonObject:
    asset = registry.assets[candidate]
    return {
        "id": asset.id,
        "symbol": asset.symbol,
        "name": asset.name,
        "kind": asset.kind.value,
        "base": asset.base,
        "group": taxonomy.group_of(asset.id),
    }


def _draw(found: list[JsonObject]) -> None:
    rows = [
        (
            str(item["symbol"]),
            str(item["asset"] or "—"),
            str(item["name"] or "—"),
            str(item["group"]),
            ", ".join(str(candidate["id"]) for candidate in cast("list[JsonObject]", item["candidates"])),
        )
        for item in found
    ]
    columns = output.headings("symbol", "asset", "name", "group", "candidates")
    output.table(output.say("cli.taxonomy.classified"), columns, rows)
