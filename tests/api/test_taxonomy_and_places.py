from __future__ import annotations

from tests.support.api import Caller, check_problem


async def test_an_unknown_symbol_is_decided_and_undecided(caller: Caller) -> None:
    await caller.hold("QQQZZZ,5,Kraken,10,USD", "BTC,1,Kraken,64000,USD")
    unknown = (await caller.get("/taxonomy/unknown")).json()["items"]
    assert [(item["symbol"], item["value"], item["ignored"]) for item in unknown] == [("QQQZZZ", "10", False)]
    source = unknown[0]["source"]
    choice = {"source": source, "symbol": "QQQZZZ", "asset": "uniswap"}
    made = await caller.post("/taxonomy/decisions", json={"decisions": [choice]})
    assert made.status_code == 201
    assert (await caller.get("/taxonomy/unknown")).json()["items"] == []
    assert (await caller.get("/holdings", params={"group": "DeFi"})).json()["totals"]["rows"] == 1
    back = await caller.delete(f"/taxonomy/decisions/{source}/QQQZZZ")
    assert [item["symbol"] for item in back.json()["items"]] == ["QQQZZZ"]


async def test_a_symbol_may_be_an_asset_that_nobody_knows(caller: Caller) -> None:
    await caller.hold("QQQZZZ,5,Kraken,10,USD")
    choice = {"source": "*", "symbol": "QQQZZZ", "new": {"name": "My token", "group": "DeFi"}}
    made = await caller.post("/taxonomy/decisions", json={"decisions": [choice]})
    row = (await caller.get("/holdings")).json()["items"][0]
    assert (row["asset"], row["name"], row["group"]) == (made.json()["items"][0]["asset"], "My token", "DeFi")


async def test_a_symbol_with_a_slash_is_undecided_at_its_address(caller: Caller) -> None:
    await caller.hold("UNI-V2/LP,5,Kraken,10,USD")
    choice = {"source": "*", "symbol": "UNI-V2/LP", "new": {"name": "My pool", "group": "DeFi"}}
    assert (await caller.post("/taxonomy/decisions", json={"decisions": [choice]})).status_code == 201
    for address in ("UNI-V2%2FLP", "UNI-V2/LP"):
        back = await caller.delete(f"/taxonomy/decisions/*/{address}")
        assert [item["symbol"] for item in back.json()["items"]] == ["UNI-V2/LP"], back.text
        assert (await caller.post("/taxonomy/decisions", json={"decisions": [choice]})).status_code == 201


async def test_many_decisions_are_taken_back_in_one_request_or_none(caller: Caller) -> None:
    symbols = [{"source": "*", "symbol": symbol} for symbol in ("QQQ/1", "QQQ2")]
    await caller.hold("QQQ/1,5,Kraken,10,USD", "QQQ2,5,Kraken,20,USD")
    await caller.post("/taxonomy/decisions", json={"decisions": [{**found, "ignore": True} for found in symbols]})
    missing = {"source": "*", "symbol": "OTHER"}
    refused = await caller.post("/taxonomy/decisions/undo", json={"decisions": [*symbols, missing]})
    assert check_problem(refused, 404, "decision_not_found")["numbers"]["symbol"] == "OTHER"
    assert [item["ignored"] for item in (await caller.get("/taxonomy/unknown")).json()["items"]] == [True, True]
    done = await caller.post("/taxonomy/decisions/undo", json={"decisions": symbols})
    assert done.status_code == 200
    assert [(item["symbol"], item["ignored"]) for item in done.json()["items"]] == [("QQQ2", False), ("QQQ/1", False)]


async def test_a_symbol_that_is_set_aside_is_listed_as_ignored(caller: Caller) -> None:
    await caller.hold("QQQZZZ,5,Kraken,10,USD")
    await caller.post("/taxonomy/decisions", json={"decisions": [{"source": "*", "symbol": "QQQZZZ", "ignore": True}]})
    assert [item["ignored"] for item in (await caller.get("/taxonomy/unknown")).json()["items"]] == [True]


async def test_a_decision_says_exactly_one_thing(caller: Caller) -> None:
    both = {"source": "*", "symbol": "X", "asset": "bitcoin", "ignore": True}
    check_problem(await caller.post("/taxonomy/decisions", json={"decisions": [both]}), 422, "request_invalid")


async def test_one_wrong_decision_stores_none(caller: Caller) -> None:
    await caller.hold("QQQZZZ,5,Kraken,10,USD")
    decisions = [
        {"source": "*", "symbol": "QQQZZZ", "asset": "bitcoin"},
        {"source": "*", "symbol": "OTHER", "asset": "no-such-asset"},
    ]
    answer = await caller.post("/taxonomy/decisions", json={"decisions": decisions})
    check_problem(answer, 422, "decisions_invalid")
    assert len((await caller.get("/taxonomy/unknown")).json()["items"]) == 1


async def test_an_unknown_group_is_refused_with_the_groups_there_are(caller: Caller) -> None:
    problem = check_problem(
        await caller.put("/taxonomy/groups", json={"groups": {"bitcoin": "Bitcoins"}}), 422, "unknown_group"
    )
    assert "BTC" in problem["numbers"]["groups"]


async def test_the_taxonomy_lists_what_is_held(caller: Caller) -> None:
    await caller.hold()
    groups = {group["group"]: group for group in (await caller.get("/taxonomy")).json()["groups"]}
    assert [member["asset"]["id"] for member in groups["BTC"]["members"]] == ["bitcoin"]
    assert groups["BTC"]["value"] == "48000"


async def test_a_place_is_guessed_said_and_guessed_again(caller: Caller) -> None:
    await caller.hold("BTC,1,Vault / one,64000,USD")
    guessed = (await caller.get("/places")).json()["items"]
    assert [(item["location"], item["guessed"]) for item in guessed] == [("Vault / one", True)]
    said = await caller.put("/places/Vault%20%2F%20one", json={"kind": "spot", "venue": "kraken"})
    assert (said.json()["kind"], said.json()["venue"], said.json()["guessed"]) == ("spot", "kraken", False)
    again = await caller.delete("/places/Vault%20%2F%20one")
    assert again.json()["guessed"] is True
    check_problem(await caller.delete("/places/Vault%20%2F%20one"), 404, "place_not_found")


async def test_a_place_of_a_venue_that_nobody_knows_is_refused(caller: Caller) -> None:
    check_problem(await caller.put("/places/Here", json={"venue": "nowhere"}), 422, "unknown_venue")


async def test_the_registry_is_searched(caller: Caller) -> None:
    found = (await caller.client.get("/api/v1/assets", params={"search": "btc", "limit": 1})).json()["items"]
    assert found[0]["id"] == "bitcoin"
    shown = await caller.client.get("/api/v1/assets/bitcoin")
    assert shown.json() == found[0]
    check_problem(await caller.client.get("/api/v1/assets/no-such"), 404, "asset_not_found")
