"""Bounds of memory that the readers keep; `./dev bench` has the times."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# Not ru_maxrss: a child takes that over from the process that started it, which may be larger than any reader.
MEASURE = """
from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.errors import RebalancerError
{make}
try:
    read_holdings(data, "big")
except RebalancerError:
    pass
(peak,) = (line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)
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


@pytest.mark.parametrize("case", BIG)
def test_the_largest_files_stay_within_256_megabytes(case: str) -> None:
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    command = [sys.executable, "-c", MEASURE.format(make=BIG[case])]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120, env=unmeasured)
    assert int(done.stdout) < 256, case


def test_reading_files_loads_nothing_heavy() -> None:
    program = (
        "import sys, rebalancer.adapters.files.holdings, rebalancer.adapters.files.prices, "
        "rebalancer.adapters.files.targets, rebalancer.adapters.files.markets, rebalancer.adapters.texts; "
        "print(sorted({'sqlalchemy', 'fastapi', 'ccxt', 'pydantic', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
