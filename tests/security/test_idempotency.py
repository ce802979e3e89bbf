"""A request that is sent again has one effect and one answer."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from rebalancer.ports.application import Application
from tests.support.api import PREFIX, Caller, check_problem, client_of
from tests.support.files import TARGETS, table

URL = f"{PREFIX}/portfolios"


async def test_a_post_without_a_key_is_refused(caller: Caller) -> None:
    for path in ("/plans", "/targets", "/holdings/imports", "/prices", "/markets", "/taxonomy/decisions"):
        check_problem(await caller.client.post(caller.at(path), json={}), 400, "idempotency_key_missing")
    check_problem(await caller.client.post(URL, json={"name": "x"}), 400, "idempotency_key_missing")


@pytest.mark.parametrize("key", ["", "k" * 256])
async def test_a_key_that_cannot_be_is_refused(client: httpx.AsyncClient, key: str) -> None:
    answer = await client.post(URL, json={"name": "x"}, headers={"idempotency-key": key})
    check_problem(answer, 400, "idempotency_key_invalid")


async def test_the_same_request_again_gets_the_first_answer(caller: Caller) -> None:
    headers = {"idempotency-key": "once"}
    await caller.hold()
    await caller.aim()
    first = await caller.post("/plans", json={}, headers=headers)
    again = await caller.post("/plans", json={}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.content, first.headers["location"]) == (again.content, again.headers["location"])
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert len((await caller.get("/plans")).json()["items"]) == 1


async def test_the_same_key_with_another_body_is_refused(client: httpx.AsyncClient) -> None:
    headers = {"idempotency-key": "once"}
    await client.post(URL, json={"name": "One"}, headers=headers)
    check_problem(await client.post(URL, json={"name": "Two"}, headers=headers), 422, "idempotency_key_reused")
    assert len((await client.get(URL)).json()["items"]) == 1


async def test_the_same_file_in_another_envelope_is_the_same_request(caller: Caller) -> None:
    def envelope(boundary: str) -> dict[str, object]:
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="h.csv"\r\n\r\n'
            f"{table('BTC,1,Kraken,64000,USD').data.decode()}\r\n"
            f'--{boundary}\r\nContent-Disposition: form-data; name="account"\r\n\r\nMain\r\n--{boundary}--\r\n'
        )
        headers = {"content-type": f"multipart/form-data; boundary={boundary}", "idempotency-key": "once"}
        return {"content": body.encode(), "headers": headers}

    first = await caller.client.post(caller.at("/holdings/imports"), **envelope("aaaa"))  # type: ignore[arg-type]
    again = await caller.client.post(caller.at("/holdings/imports"), **envelope("bbbb"))  # type: ignore[arg-type]
    assert first.status_code == 201, first.text
    assert again.headers["idempotency-replayed"] == "true"
    assert again.content == first.content


async def test_a_refused_request_gives_its_key_back(caller: Caller) -> None:
    headers = {"idempotency-key": "once"}
    refused = await caller.post("/targets", json={"toml": "[targets]\nBTC = '99%'"}, headers=headers)
    assert refused.status_code == 422
    assert (await caller.post("/targets", json={"toml": TARGETS}, headers=headers)).status_code == 201


async def test_a_key_belongs_to_its_portfolio(caller: Caller) -> None:
    headers = {"idempotency-key": "once"}
    await caller.post("/targets", json={"toml": TARGETS}, headers=headers)
    other = (await caller.client.post(URL, json={"name": "Other"}, headers=headers)).json()["id"]
    answer = await caller.client.post(f"{URL}/{other}/targets", json={"toml": TARGETS}, headers=headers)
    assert (answer.status_code, "idempotency-replayed" in answer.headers) == (201, False)


async def test_fifty_at_once_have_one_effect(app: Application) -> None:
    async with client_of(app) as client:
        headers = {"idempotency-key": "fifty"}
        answers = await asyncio.gather(*(client.post(URL, json={"name": "Fifty"}, headers=headers) for _ in range(50)))
        assert {answer.status_code for answer in answers} <= {201, 409}
        made = [answer for answer in answers if answer.status_code == 201]
        assert len({answer.content for answer in made}) == 1
        assert len([answer for answer in made if "idempotency-replayed" not in answer.headers]) == 1
        for answer in answers:
            if answer.status_code == 409:
                check_problem(answer, 409, "idempotency_in_flight")
        assert len((await client.get(URL)).json()["items"]) == 1
        assert (await client.post(URL, json={"name": "Fifty"}, headers=headers)).content == made[0].content
