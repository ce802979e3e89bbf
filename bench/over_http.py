"""``http``: the real server over a temporary home, asked as a page or a program asks it."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx

from bench.inputs import TARGETS, export
from bench.measures import Measure, durations_s, median_s, percentile
from tests.support.servers import start_server

_KIBIBYTES_PER_MB = 1024


def measure(assets: int = 1_000, requests: int = 100, plans: int = 3) -> Iterator[Measure]:
    """Import, first page, 95th percentile of repeated requests, plans, and the memory of the one process."""
    with tempfile.TemporaryDirectory() as folder, start_server(Path(folder)) as server:
        with httpx.Client(base_url=f"{server.base_url}/api/v1", timeout=60) as client:
            portfolio = f"/portfolios/{answer(client.get('/portfolios'))['items'][0]['id']}"
            data = export(assets)
            yield Measure(
                f"load: import {assets} assets, first page", median_s(lambda: load(client, portfolio, data), 1), "s", 2
            )
            answer(client.post(f"{portfolio}/targets", json={"toml": TARGETS}, headers=key()))
            for name, work in pages(client, portfolio).items():
                times = [1000 * duration for duration in durations_s(work, requests)]
                yield Measure(f"{name}, p95 of {requests}", percentile(times, 95), "ms", 100)
            yield Measure(f"plan, {assets} assets", median_s(lambda: plan(client, portfolio), plans), "s", 5)
        now, peak = memory_mb(server.process.pid)
        yield Measure("memory of the process after it", now, "MB", 512)
        yield Measure("memory of the process at its peak", peak, "MB", 512)


def pages(client: httpx.Client, portfolio: str) -> dict[str, Callable[[], object]]:
    """What a page asks again and again."""
    return {
        "holdings, 100 rows": lambda: answer(client.get(f"{portfolio}/holdings", params={"limit": 100})),
        "overview": lambda: answer(client.get(f"{portfolio}/overview")),
        "drift": lambda: answer(client.get(f"{portfolio}/drift")),
    }


def load(client: httpx.Client, portfolio: str, data: bytes) -> None:
    """Import an export and ask for the first page of it."""
    file = {"file": ("export.csv", data, "text/csv")}
    answer(client.post(f"{portfolio}/holdings/imports", files=file, data={"account": "Bench"}, headers=key()))
    answer(client.get(f"{portfolio}/holdings", params={"limit": 100}))


def plan(client: httpx.Client, portfolio: str) -> None:
    answer(client.post(f"{portfolio}/plans", json={}, headers=key()))


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def answer(response: httpx.Response) -> dict[str, list[dict[str, str]]]:
    """The document of an answer.

    Raises:
        RuntimeError: The request was refused.
    """
    if response.is_error:
        raise RuntimeError(
            f"{response.request.method} {response.request.url.path}: {response.status_code} {response.text[:500]}"
        )
    document: dict[str, list[dict[str, str]]] = response.json()
    return document


def memory_mb(pid: int) -> tuple[float | None, float | None]:
    """Memory of a process now and at its peak, where the system tells it."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None, None
    fields = dict(line.split(":", 1) for line in lines)
    now, peak = (float(fields[name].split()[0]) / _KIBIBYTES_PER_MB for name in ("VmRSS", "VmHWM"))
    return now, peak
