"""Fixtures of the whole suite, and three rules: nothing is skipped, nothing is random, browser tests come last."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.support.browser import LAUNCH_FLAGS, find_axe, find_chrome, use_node_wheel
from tests.support.coverage_gate import DomainCoverageGate
from tests.support.postgres import PostgresServer

# The same examples on every run: a failure in CI is a failure here. `--hypothesis-profile=explore` looks further.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("explore", derandomize=False, deadline=None, max_examples=2_000)
hypothesis.settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--domain-coverage-min", type=float, default=None, help="fail below this branch coverage of the domain, percent"
    )


def pytest_configure(config: pytest.Config) -> None:
    use_node_wheel()
    minimum = config.getoption("--domain-coverage-min")
    if minimum is not None:
        config.pluginmanager.register(DomainCoverageGate(minimum))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put browser tests last: Playwright's synchronous interface keeps an event loop running from its first use on,
    and no asynchronous test can start one of its own after that.
    """
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one: what cannot run here must be said aloud."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and nothing is skipped here: {skip_reason(report.longrepr)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file, as by ``importorskip``."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and nothing is skipped here: {skip_reason(report.longrepr)}"
    return report


def skip_reason(longrepr: Any) -> str:  # noqa: ANN401 pytest's own type is a wide union
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the product does."""
    return "asyncio"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL for the session, started by the first test that asks."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The SQLAlchemy address of a fresh, empty database: ``postgresql+psycopg://...``."""
    database = postgres_server.create()
    yield postgres_server.url(database)
    postgres_server.drop(database)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Pytest-playwright's launch options, for the Chromium that ``./dev test`` found."""
    return {**browser_type_launch_args, "executable_path": find_chrome(), "args": list(LAUNCH_FLAGS)}


@pytest.fixture(scope="session")
def axe_path() -> Path:
    """``axe.min.js``, for ``page.add_script_tag(path=...)`` in a context with ``bypass_csp=True``."""
    return find_axe()
