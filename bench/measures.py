"""Measures: one number each, with its unit and the figure promised for it, and the table that shows them."""

from __future__ import annotations

import math
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the printout.

    Attributes:
        what: What was measured, on what size of input.
        value: The number; None where this machine cannot tell.
        unit: ``s``, ``ms`` or ``MB`` (2**20 bytes).
        promised: The number it is promised to stay below, in the same unit; None where nothing is promised.
    """

    what: str
    value: float | None
    unit: str
    promised: float | None = None


def median_s(work: Callable[[], object], runs: int) -> float:
    """Median duration in seconds over ``runs`` runs, the first one included."""
    return statistics.median(durations_s(work, runs))


def durations_s(work: Callable[[], object], runs: int) -> list[float]:
    """Duration of each run in seconds."""
    found = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return found


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that at least ``percent`` percent of the values do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def table(measures: Iterable[Measure]) -> Iterator[str]:
    """Lines of a table with the promised figures beside."""
    rows = [("", "measured", "promised")]
    rows += [(m.what, shown(m.value, m.unit), f"< {m.promised:g} {m.unit}" if m.promised else "") for m in measures]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for what, measured, promised in rows:
        yield f"{what:<{widths[0]}}  {measured:>{widths[1]}}  {promised:>{widths[2]}}".rstrip()


def shown(value: float | None, unit: str) -> str:
    if value is None:
        return "not known here"
    return f"{value:.2f} {unit}" if unit == "s" else f"{value:.0f} {unit}"


def machine() -> str:
    """What the numbers were measured on, without its name."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    implementation = f"{platform.python_implementation()} {platform.python_version()}"
    load = f"load {os.getloadavg()[0]:.1f}"
    return f"{platform.system()} {platform.machine()}, {processor()}, {cores} cores, {implementation}, {load}"


def processor() -> str:
    """Name of the processor where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "processor not named")
