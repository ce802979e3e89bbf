from __future__ import annotations

import httpx

from rebalancer.ports.application import Application
from tests.support.api import PREFIX, Caller, check_problem


async def test_a_new_portfolio_is_listed_and_found_at_its_location(client: httpx.AsyncClient) -> None:
    made = await client.post(f"{PREFIX}/portfolios", json={"name": "Family"}, headers={"idempotency-key": "family-1"})
    assert made.status_code == 201
    found = await client.get(made.headers["location"])
    listed = await client.get(f"{PREFIX}/portfolios")
    assert found.json() == made.json()
    assert listed.json() == {"items": [made.json()]}
    assert made.json()["demo"] is False


async def test_two_portfolios_cannot_have_one_name(client: httpx.AsyncClient) -> None:
    for key, status in (("one", 201), ("two", 409)):
        made = await client.post(f"{PREFIX}/portfolios", json={"name": "Same"}, headers={"idempotency-key": key})
        assert made.status_code == status


async def test_another_portfolio_sees_nothing_of_this_one(caller: Caller) -> None:
    await caller.hold()
    other = await caller.client.post(f"{PREFIX}/portfolios", json={"name": "Other"}, headers=caller.key())
    rows = await caller.client.get(f"{PREFIX}/portfolios/{other.json()['id']}/holdings")
    assert rows.json()["items"] == []


async def test_an_unknown_portfolio_is_not_found_at_any_noun(client: httpx.AsyncClient, app: Application) -> None:
    assert await app.journal.portfolios() == ()
    for noun in ("", "/holdings", "/overview", "/drift", "/accounts", "/taxonomy", "/places", "/targets", "/plans"):
        check_problem(await client.get(f"{PREFIX}/portfolios/nobody{noun}"), 404, "portfolio_not_found")
