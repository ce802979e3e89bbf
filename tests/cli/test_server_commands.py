from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from rebalancer.api.server import bind_local
from rebalancer.errors import ConflictError, InputError
from tests.support.servers import REBALANCER, STOP_S_MAX


@contextmanager
def started(home: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server on a free port, by the line it prints; it is told to stop at the end."""
    env = {**os.environ, "REBALANCER_HOME": str(home)}
    command = [str(REBALANCER), *arguments, "--port", "0"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            yield url, process
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=STOP_S_MAX)


def test_the_demo_serves_a_filled_portfolio_and_keeps_what_the_person_changed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with started(home, "demo", "--no-open") as (url, process):
        portfolio = httpx.get(f"{url}/api/v1/portfolios").json()["items"][0]
        assert portfolio["demo"] is True
        api = f"{url}/api/v1/portfolios/{portfolio['id']}"
        assert httpx.get(f"{api}/overview", timeout=30).json()["counts"]["assets"] > 100
        made = httpx.post(f"{api}/plans", json={}, headers={"idempotency-key": "demo"}, timeout=60)
        assert made.status_code == 201, made.text
        assert made.json()["actions"]
        assert httpx.delete(f"{api}/accounts/CoinTracking demo", timeout=30).status_code == 200
    assert process.returncode == 0, "SIGTERM is an ordinary end"
    with started(home, "demo", "--no-open") as (url, _):
        again = httpx.get(f"{url}/api/v1/portfolios").json()["items"]
        assert [item["id"] for item in again] == [portfolio["id"]]
        assert httpx.get(f"{url}/api/v1/portfolios/{portfolio['id']}/accounts").json() == {"items": []}
    assert not (home / "rebalancer.sqlite3").exists(), "the person's own database is never touched"


def test_a_fresh_server_has_one_empty_portfolio_of_the_person_s_own(tmp_path: Path) -> None:
    with started(tmp_path / "home", "serve") as (url, _):
        items = httpx.get(f"{url}/api/v1/portfolios").json()["items"]
        assert [item["demo"] for item in items] == [False]
        assert httpx.get(f"{url.replace('localhost', '127.0.0.1')}/readyz").json() == {"status": "ok"}
        page = httpx.get(url)
        assert page.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.com"])  # noqa: S104 - refused
def test_no_address_but_this_machine_s_own_is_served(host: str) -> None:
    with pytest.raises(InputError, match="host_not_local"):
        bind_local(host, 0)


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConflictError, match="port_in_use"):
            bind_local("localhost", taken.getsockname()[1])


def test_localhost_is_bound_on_this_machine_only() -> None:
    sockets = bind_local("localhost", 0)
    try:
        addresses = {opened.getsockname()[0] for opened in sockets}
        assert addresses <= {"127.0.0.1", "::1"}
        assert len({opened.getsockname()[1] for opened in sockets}) == 1
        # Without this asyncio waits 40 ms with each small answer.
        assert all(opened.proto == socket.IPPROTO_TCP for opened in sockets)
    finally:
        for opened in sockets:
            opened.close()


def test_a_file_of_sixty_megabytes_is_refused_with_words_over_a_real_connection(tmp_path: Path) -> None:
    with started(tmp_path / "home", "serve") as (url, _):
        portfolio = httpx.get(f"{url}/api/v1/portfolios").json()["items"][0]["id"]
        answer = httpx.post(
            f"{url}/api/v1/portfolios/{portfolio}/holdings/preview",
            files={"file": ("big.csv", b"x" * 60_000_000)},
            timeout=60,
        )
        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_the_module_runs_as_the_program_does() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rebalancer.cli.main", "version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.startswith("rebalancer ")) == (0, True)
