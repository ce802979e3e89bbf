"""Bounds that the readers keep: time and memory. Generous, for a busy machine; `./dev bench` has the figures."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from rebalancer.adapters.reference import load_registry, load_venues
from rebalancer.domain.holdings import identify_holdings
from rebalancer.domain.places import Places
from rebalancer.sandbox.demo_portfolio import balance_by_exchange_csv, demo_positions
from tests.support.exports import read

MEASURE = """
import resource, sys
from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.errors import RebalancerError
{make}
try:
    read_holdings(data, "big")
except RebalancerError:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
BIG = {
    "rows": 'data = b"asset,quantity,location\\n" + b"BTC,1.00000001,Kraken number 17\\n" * 100_000',
    "bad rows": 'data = b"asset,quantity,location\\n" + b"BTC,1.234\\n" * 100_000',
    "wide rows": 'data = b"asset,quantity,location\\n" + (b"BTC,1," + b"x" * 480 + b"\\n") * 100_000',
    "one line": 'data = b"asset,quantity\\n" + b"x" * (50 * 1024 * 1024 - 20)',
    "one quote": 'data = b"asset,quantity\\n\\"" + b"x\\n" * (25 * 1024 * 1024 - 20)',
    "entries": 'data = b\'{"holdings":[\' + b",".join([b\'{"asset":"BTC","quantity":"1"}\'] * 100_000) + b"]}"',
    "empty lists": 'data = b"[" + b"[]," * 16_000_000 + b"[]]"',
    "deep": 'data = b"[" * (50 * 1024 * 1024)',
}


def test_an_export_of_950_assets_is_read_and_identified_at_once() -> None:
    data = balance_by_exchange_csv(demo_positions())
    registry, places = load_registry(), Places(load_venues())
    best = min(seconds_to_read(data, registry, places) for _ in range(3))
    assert best < 0.15


def seconds_to_read(data: bytes, registry: object, places: object) -> float:
    started = time.process_time()
    assert len(identify_holdings(read(data), registry, places)) > 900  # type: ignore[arg-type]  # passed through
    return time.process_time() - started


@pytest.mark.parametrize("case", BIG)
def test_the_largest_files_stay_within_256_megabytes(case: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE.format(make=BIG[case])], check=True, capture_output=True, text=True, timeout=60
    )
    assert int(done.stdout) < 256, case


def test_reading_files_loads_nothing_heavy() -> None:
    program = (
        "import sys, rebalancer.adapters.files.holdings, rebalancer.adapters.files.prices, "
        "rebalancer.adapters.files.targets, rebalancer.adapters.files.markets, rebalancer.adapters.texts; "
        "print(sorted({'sqlalchemy', 'fastapi', 'ccxt', 'pydantic', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
