"""What the server says about itself and about the person's money: exports, errors, logs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio
from tests.support.api import Caller, check_problem, client_of

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx")


async def test_no_cell_of_the_csv_export_starts_a_formula(caller: Caller) -> None:
    # Locations are free text of the person's files; a plan repeats them.
    await caller.hold(
        '"=cmd()|calc!A0",0.5,Kraken,32000,USD',
        "BTC,1,=HYPERLINK(1),64000,USD",
        "USD,9000,=HYPERLINK(1),9000,USD",
    )
    await caller.put("/places/=HYPERLINK(1)", json={"kind": "spot", "venue": "kraken"})
    await caller.post(
        "/taxonomy/decisions", json={"decisions": [{"source": "*", "symbol": "=cmd()|calc!A0", "ignore": True}]}
    )
    await caller.aim('[targets]\nBTC = "50%"\nStablecoins = "50%"\n')
    made = await caller.post("/plans", json={})
    assert made.status_code == 201, made.text
    assert [action["location"] for action in made.json()["actions"]] == ["=HYPERLINK(1)"]
    exported = await caller.client.get(made.headers["location"] + "/export", params={"format": "csv"})
    cells = [cell for row in csv.reader(io.StringIO(exported.text, newline="")) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(FORMULAS)]


class BrokenReference:
    """A reference whose tables are gone: the fault that nobody expects."""

    def __getattr__(self, name: str) -> object:
        raise KeyError(f"canary-{name}-secret")


@pytest.fixture
async def broken(app: Application, portfolio: Portfolio) -> AsyncIterator[Caller]:
    async with client_of(replace(app, reference=BrokenReference())) as client:  # type: ignore[arg-type]
        yield Caller(client, portfolio.id)


async def test_an_unexpected_fault_is_told_in_general_words_with_an_id(
    broken: Caller, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await broken.get("/overview")
    problem = check_problem(answer, 500, "unexpected")
    for leak in ("canary", "KeyError", "Traceback", "rebalancer/"):
        assert leak not in answer.text
    assert problem["trace_id"] in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    logged = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert {line["event"] for line in logged if line["trace_id"] == problem["trace_id"]} == {
        "request",
        "request_failed",
    }


async def test_the_log_holds_neither_paths_nor_queries_nor_bodies_nor_headers(
    caller: Caller, capsys: pytest.CaptureFixture[str]
) -> None:
    await caller.hold(account="canary-account")
    await caller.get("/holdings", params={"search": "canary-search"}, headers={"authorization": "Bearer canary-token"})
    await caller.delete("/accounts/canary-account")
    await caller.client.get("/canary-page%0d%0aforged:%20line")
    err = capsys.readouterr().err
    assert "canary" not in err
    lines = [json.loads(line) for line in err.splitlines()]
    assert [line["status"] for line in lines] == [201, 200, 200, 404]
    assert all(set(line) == {"at", "event", "level", "method", "ms", "route", "status", "trace_id"} for line in lines)


async def test_a_file_name_is_only_ever_shown(caller: Caller) -> None:
    name = "../../etc/passwd\x00.csv"
    answer = await caller.upload("/holdings/imports", b"asset,quantity,location\nBTC,1,Kraken\n", name, account="Main")
    assert answer.status_code in {201, 422}


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'; DROP TABLE portfolios; --", "\u202egnp.exe"])
async def test_hostile_text_is_stored_and_returned_as_text(caller: Caller, text: str) -> None:
    answer = await caller.hold("BTC,1,Kraken,64000,USD", account=text)
    if answer.status_code == 201:
        assert [item["name"] for item in (await caller.get("/accounts")).json()["items"]] == [text]
        assert answer.headers["content-type"] == "application/json"
    else:
        check_problem(answer, 422, answer.json()["code"])
