"""A field that nobody declared is refused, wherever it is."""

from __future__ import annotations

import pytest

from tests.support.api import Caller, check_problem
from tests.support.files import TARGETS, table

BODIES = [
    ("POST", "/targets", {"toml": TARGETS, "author": "somebody else"}),
    ("POST", "/targets/check", {"toml": TARGETS, "version": 7}),
    ("POST", "/plans", {"approved_by": "owner"}),
    ("PUT", "/places/Kraken", {"kind": "spot", "guessed": True}),
    ("PUT", "/plans/x/steps/action-1", {"done": True, "done_by": "somebody else"}),
    ("PUT", "/taxonomy/groups", {"groups": {"bitcoin": "BTC"}, "role": "admin"}),
    ("POST", "/taxonomy/decisions", {"decisions": [{"source": "*", "symbol": "X", "ignore": True, "limit": 1}]}),
]


@pytest.mark.parametrize(("method", "path", "body"), BODIES)
async def test_an_extra_field_is_refused(caller: Caller, method: str, path: str, body: dict[str, object]) -> None:
    answer = await caller.client.request(method, caller.at(path), json=body, headers=caller.key())
    problem = check_problem(answer, 422, "request_invalid")
    assert [issue["numbers"]["kind"] for issue in problem["errors"]] == ["extra_forbidden"]


async def test_an_extra_field_of_a_portfolio_is_refused(caller: Caller) -> None:
    body = {"name": "Mine", "id": "chosen-by-me"}
    answer = await caller.client.post("/api/v1/portfolios", json=body, headers=caller.key())
    check_problem(answer, 422, "request_invalid")


@pytest.mark.parametrize("path", ["/holdings/imports", "/holdings/preview", "/prices", "/markets"])
async def test_an_extra_field_of_a_form_is_refused(caller: Caller, path: str) -> None:
    fields = {"account": "Main"} if path == "/holdings/imports" else {}
    answer = await caller.upload(path, table("BTC,1,Kraken,1,USD").data, imported_at="2020-01-01", **fields)
    check_problem(answer, 422, "request_invalid")
    assert (await caller.get("/accounts")).json()["items"] == []


async def test_a_second_file_in_a_form_is_refused(caller: Caller) -> None:
    files = [("file", ("a.csv", b"a")), ("other", ("b.csv", b"b"))]
    answer = await caller.post("/holdings/preview", files=files)
    check_problem(answer, 422, "request_invalid")
