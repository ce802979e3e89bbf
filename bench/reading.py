"""``reading``: exports of two sizes, from bytes to identified holdings."""

from __future__ import annotations

from collections.abc import Iterator

from bench.inputs import DEMO_ASSETS, export, long_export
from bench.measures import Measure, median_s
from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.adapters.reference import load_registry, load_venues
from rebalancer.domain.holdings import Holding, identify_holdings
from rebalancer.domain.places import Places


def measure(assets: int = DEMO_ASSETS, rows: int = 100_000, runs: int = 3) -> Iterator[Measure]:
    """Median time to read and identify an export, files and reference data in memory."""
    small, large = export(assets), long_export(rows)
    yield Measure("registry, aliases and venues, first load", median_s(load_reference, 1), "s")
    yield Measure(f"export of {assets} assets", median_s(lambda: read(small), runs), "s")
    yield Measure(
        f"export of {rows:,} rows, {len(large) / 1e6:.1f} million bytes", median_s(lambda: read(large), runs), "s"
    )


def load_reference() -> None:
    load_registry()
    load_venues()


def read(data: bytes) -> tuple[Holding, ...]:
    """Rows of an export with their assets."""
    return identify_holdings(read_holdings(data, "export.csv"), load_registry(), Places(load_venues()))
