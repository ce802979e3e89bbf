"""The benches run on tiny inputs and print what they promise. No time is asserted: a slow machine breaks no build."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterator

import pytest

from bench import __main__ as program
from bench import over_http, planning, reading, stateless
from bench.inputs import long_export
from bench.measures import Measure, machine, percentile, table
from rebalancer.adapters.files.holdings import read_holdings

TINY: dict[str, Callable[[], Iterator[Measure]]] = {
    "stateless": lambda: stateless.measure(assets=20, runs=1),
    "reading": lambda: reading.measure(assets=20, rows=50, runs=1),
    "plan": lambda: planning.measure(assets=20, runs=1),
    "http": lambda: over_http.measure(assets=20, requests=2, plans=1),
}
PROMISED = {
    "stateless": ["< 2 s", "< 200 MB"],
    "reading": [],
    "plan": ["< 5 s"],
    "http": ["< 2 s", "< 5 s", "< 100 ms", "< 512 MB"],
}


def test_every_bench_is_tried_here() -> None:
    assert set(TINY) == set(program.BENCHES) == set(PROMISED)


@pytest.mark.parametrize("name", TINY)
def test_a_bench_measures_and_shows_what_is_promised(name: str) -> None:
    measures = list(TINY[name]())
    printed = "\n".join(table(measures))
    assert measures
    assert all(measure.value is not None and measure.value > 0 for measure in measures)
    assert [promise for promise in PROMISED[name] if promise not in printed] == []


def test_a_bench_by_name_is_printed_under_the_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "BENCHES", {"plan": TINY["plan"], "reading": TINY["reading"]})
    assert program.main(["plan"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"{platform.system()} {platform.machine()}")
    assert re.search(r"^propose and certify, 20 assets +\d+\.\d\d s +< 5 s$", printed, re.MULTILINE)
    assert "export" not in printed


def test_an_unknown_bench_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["speed"]) == 2
    assert "there is no bench speed" in capsys.readouterr().err


def test_the_machine_is_described_without_its_name() -> None:
    assert platform.python_version() in machine()
    assert platform.node() not in machine().split()


def test_a_percentile_is_the_nearest_rank() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert percentile(values, 95) == pytest.approx(95)
    assert percentile([7.0], 95) == pytest.approx(7)


def test_what_cannot_be_measured_is_said_to_be_unknown() -> None:
    assert list(table([Measure("memory", None, "MB", 512)]))[-1].split() == [
        "memory",
        "not",
        "known",
        "here",
        "<",
        "512",
        "MB",
    ]


def test_a_long_export_has_the_rows_it_says() -> None:
    reading_of_it = read_holdings(long_export(2_500), "export.csv")
    assert reading_of_it.rows_seen == 2_500
    assert len({(row.symbol, row.location) for row in reading_of_it.rows}) == 2_500
