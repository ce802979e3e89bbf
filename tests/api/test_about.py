from __future__ import annotations

import httpx

from rebalancer import __version__
from rebalancer.api.app import create_app
from rebalancer.ports.application import Application
from tests.support.api import BASE_URL, PREFIX, Caller


async def test_the_server_tells_what_it_is(caller: Caller) -> None:
    answer = await caller.client.get(f"{PREFIX}/about")
    assert answer.json() == {
        "name": "Crypto Rebalancer",
        "version": __version__,
        "mode": "real",
        "languages": ["en", "fr"],
    }


async def test_what_a_browser_kept_of_it_is_asked_about_and_never_stale(caller: Caller, app: Application) -> None:
    first = await caller.client.get(f"{PREFIX}/about")
    assert first.headers["cache-control"] == "private, no-cache"
    tag = {"if-none-match": first.headers["etag"]}
    again = await caller.client.get(f"{PREFIX}/about", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    transport = httpx.ASGITransport(create_app(app, demo=True))
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as demo:
        assert (await demo.get(f"{PREFIX}/about", headers=tag)).json()["mode"] == "demo"


async def test_venues_are_listed_with_what_is_closed(caller: Caller, app: Application) -> None:
    listed = (await caller.client.get(f"{PREFIX}/venues")).json()["items"]
    assert len(listed) == len(app.reference.venues())
    found = {item["id"]: item for item in listed}
    assert found["kraken"] == {"id": "kraken", "name": "Kraken", "type": "exchange", "closed": False}
    assert found["ftx"]["closed"] is True
