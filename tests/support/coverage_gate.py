"""Every branch of the domain is tested, whatever the average says. Runs inside pytest, before its closing line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import coverage
import coverage.exceptions
import pytest

DOMAIN = "*/rebalancer/domain/*"


@dataclass(slots=True)
class DomainCoverageGate:
    """Fails the session where the domain's branch coverage is below ``minimum`` percent."""

    minimum: float
    report: str = ""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[None]:
        # Outermost: pytest-cov has combined and saved its data once the inner loop is through.
        result = yield
        measured, table = measure_domain_coverage()
        if measured < self.minimum:
            self.report = f"the domain is covered to {measured:.2f} %, less than {self.minimum:g} %\n{table}"
            session.testsfailed += 1
        return result

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.report:
            terminalreporter.section("domain coverage", red=True)
            terminalreporter.write_line(self.report)


def measure_domain_coverage() -> tuple[float, str]:
    """Percentage over lines and branches of the domain from pytest-cov's data file, and the table of gaps."""
    measurement = coverage.Coverage()
    measurement.load()
    table = io.StringIO()
    try:
        return measurement.report(include=[DOMAIN], file=table, skip_covered=True, show_missing=True), table.getvalue()
    except coverage.exceptions.NoDataError:
        return 0.0, "no test ran any of it"
