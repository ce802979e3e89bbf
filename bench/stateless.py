"""``stateless``: ``rebalancer plan`` on files, from the start of the process to its end."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.inputs import DEMO_ASSETS, TARGETS, export
from bench.measures import MEBIBYTE, Measure

# Runs a program from a small process: the peak memory of a child counts what its parent held when it was started.
_LAUNCHER = """
import json, os, sys, time
started = time.perf_counter()
nothing = os.open(os.devnull, os.O_WRONLY)
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nothing, 1)])
_, status, usage = os.wait4(child, 0)
code = os.waitstatus_to_exitcode(status)
print(json.dumps({"code": code, "wall_s": time.perf_counter() - started, "peak": usage.ru_maxrss}))
"""


def measure(assets: int = DEMO_ASSETS, runs: int = 5) -> Iterator[Measure]:
    """Median wall time and largest memory of several runs, start-up included.

    Raises:
        RuntimeError: The command failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        holdings, targets = Path(folder, "holdings.csv"), Path(folder, "targets.toml")
        holdings.write_bytes(export(assets))
        targets.write_text(TARGETS)
        plan = ("plan", "--holdings", str(holdings), "--targets", str(targets), "--json")
        found = [run(*plan) for _ in range(runs)]
        starts = [run("version", "--json") for _ in range(runs)]
    yield Measure(f"rebalancer plan, {assets} assets, wall", statistics.median(w for w, _ in found), "s", 2)
    yield Measure(f"rebalancer plan, {assets} assets, memory", max(peak for _, peak in found), "MB", 200)
    yield Measure("rebalancer version, wall", statistics.median(w for w, _ in starts), "s")


def run(*arguments: str) -> tuple[float, float]:
    """Wall time in seconds and peak memory in MB of one run of the command line."""
    program = str(Path(sys.executable).parent / "rebalancer")
    command = [sys.executable, "-I", "-S", "-c", _LAUNCHER, program, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command line
    answer = json.loads(done.stdout)
    if answer["code"] not in {0, 3}:
        raise RuntimeError(f"rebalancer {' '.join(arguments)} ended with {answer['code']}")
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return answer["wall_s"], answer["peak"] * unit / MEBIBYTE
