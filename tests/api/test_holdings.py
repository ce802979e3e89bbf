from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.api import Caller, check_problem
from tests.support.applications import MovableClock
from tests.support.files import table


async def test_a_preview_tells_what_was_understood_and_stores_nothing(caller: Caller) -> None:
    answer = await caller.upload("/holdings/preview", table("BTC,1,Kraken,64000,USD").data)
    assert answer.status_code == 200
    assert answer.json()["total_value"] == "64000"
    assert answer.json()["holdings"][0]["asset"] == "bitcoin"
    assert (await caller.get("/accounts")).json() == {"items": []}


async def test_a_preview_needs_no_idempotency_key(caller: Caller) -> None:
    files = {"file": ("h.csv", table("BTC,1,Kraken,64000,USD").data)}
    answer = await caller.client.post(caller.at("/holdings/preview"), files=files)
    assert answer.status_code == 200


async def test_an_import_becomes_the_holdings_of_its_account(caller: Caller) -> None:
    made = await caller.hold()
    assert made.status_code == 201
    assert made.json()["snapshot"]["account"] == "Main"
    assert (made.json()["replaced"], made.json()["unchanged"]) == (None, False)
    listed = (await caller.get("/holdings")).json()
    assert listed["totals"]["total_value"] == "100000"
    assert [item["value"] for item in listed["items"]] == ["42000", "32000", "16000", "10000"]


async def test_the_same_file_twice_changes_nothing(caller: Caller) -> None:
    first = await caller.hold()
    second = await caller.hold()
    assert second.json()["unchanged"] is True
    assert second.json()["snapshot"] == first.json()["snapshot"]


async def test_a_newer_file_of_an_account_replaces_the_older(caller: Caller) -> None:
    first = await caller.hold()
    second = await caller.hold("BTC,1,Kraken,64000,USD")
    assert second.json()["replaced"] == first.json()["snapshot"]["id"]
    assert (await caller.get("/holdings")).json()["totals"]["total_value"] == "64000"


async def test_pages_hold_every_row_once(caller: Caller) -> None:
    await caller.hold()
    seen, cursor = [], None
    while True:
        params = {"limit": 1, "sort": "symbol"} | ({"cursor": cursor} if cursor else {})
        page = (await caller.get("/holdings", params=params)).json()
        seen += [(item["symbol"], item["location"]) for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [("BTC", "Kraken"), ("BTC", "Ledger Wallets"), ("ETH", "Kraken"), ("USD", "Kraken")]


@pytest.mark.parametrize(
    ("params", "rows"),
    [
        ({"group": "BTC"}, 2),
        ({"location": "Kraken"}, 3),
        ({"search": "ether"}, 1),
        ({"min_value": "20000"}, 2),
        ({"status": "unpriced"}, 0),
        ({"account": "Main"}, 4),
    ],
)
async def test_a_list_holds_only_the_rows_that_match(caller: Caller, params: dict[str, str], rows: int) -> None:
    await caller.hold()
    listed = (await caller.get("/holdings", params=params)).json()
    assert (len(listed["items"]), listed["totals"]["rows"]) == (rows, rows)
    assert listed["totals"]["total_value"] == "100000", "the totals of everything do not depend on the filter"


async def test_a_change_of_anything_is_seen_at_once(caller: Caller) -> None:
    await caller.hold()
    await caller.get("/holdings")
    await caller.upload("/prices", b"asset,price,currency,as_of,source\nBTC,100000,USD,,\n", "prices.csv")
    repriced = (await caller.get("/holdings")).json()["totals"]["total_value"]
    await caller.put("/taxonomy/groups", json={"groups": {"bitcoin": "Others"}})
    regrouped = (await caller.get("/holdings", params={"group": "Others"})).json()["totals"]["rows"]
    await caller.delete("/prices")
    back = (await caller.get("/overview")).json()["total_value"]
    assert (repriced, regrouped, back) == ("127000", 2, "100000")


async def test_the_age_of_a_price_is_told(caller: Caller, clock: MovableClock) -> None:
    await caller.hold()
    stamp = clock.now().replace(microsecond=0).isoformat()
    await caller.upload("/prices", f"asset,price,currency,as_of\nBTC,64000,USD,{stamp}\n".encode(), "prices.csv")
    clock.move(minutes=5)
    rows = (await caller.get("/holdings", params={"group": "BTC"})).json()["items"]
    assert {(row["price_source"], row["price_age_s"]) for row in rows} == {("user_file", 300)}


async def test_a_removed_account_leaves_the_others(caller: Caller) -> None:
    await caller.hold(account="One")
    await caller.hold("ETH,2,Kraken,5000,USD", account="Two Words / Slash")
    left = await caller.delete("/accounts/One")
    assert [item["name"] for item in left.json()["items"]] == ["Two Words / Slash"]
    check_problem(await caller.delete("/accounts/One"), 404, "account_not_found")


async def test_overview_and_drift_agree(caller: Caller) -> None:
    await caller.hold()
    check_problem(await caller.get("/drift"), 409, "targets_missing")
    await caller.aim()
    overview, drift = (await caller.get("/overview")).json(), (await caller.get("/drift")).json()
    assert overview["drift"] == drift["items"]
    assert overview["worst_drift"] == drift["worst"]
    assert sum(Decimal(item["drift"]) for item in drift["items"]) == 0
    assert overview["counts"]["rows"] == 4


async def test_an_overview_says_why_drift_cannot_be_measured(caller: Caller) -> None:
    await caller.hold("SOL,10,Kraken,1500,USD")
    await caller.aim()
    assert (await caller.get("/overview")).json()["drift_refused"]["code"] == "group_not_in_targets"


async def test_an_empty_portfolio_has_an_overview(caller: Caller) -> None:
    overview = (await caller.get("/overview")).json()
    assert (overview["total_value"], overview["by_group"], overview["latest_plan"]) == ("0", [], None)
