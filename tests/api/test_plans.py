from __future__ import annotations

import csv
import io
import json

import httpx
import pytest

from rebalancer.api.models.plans import PlanBody, PlanDocument
from rebalancer.domain.content import content_hash
from tests.support.api import Caller, check_problem
from tests.support.applications import MovableClock

BALANCED = """
[targets]
BTC = "48%"
ETH = "10%"
Stablecoins = "42%"
"""


@pytest.fixture
async def made(caller: Caller) -> httpx.Response:
    await caller.hold()
    await caller.aim()
    answer = await caller.post("/plans", json={})
    assert answer.status_code == 201, answer.text
    return answer


async def test_a_plan_is_named_by_the_hash_of_the_rest(made: httpx.Response) -> None:
    document = json.loads(made.text)
    assert document["plan_id"] == content_hash({key: document[key] for key in document if key != "plan_id"})
    assert made.headers["location"].endswith(f"/plans/{document['plan_id']}")


async def test_a_stored_plan_is_the_plan_that_was_made(caller: Caller, made: httpx.Response) -> None:
    shown = (await caller.client.get(made.headers["location"])).json()
    exported = await caller.client.get(made.headers["location"] + "/export")
    extra = {"created_at", "expired", "steps"}
    assert {key: shown[key] for key in shown if key not in extra} == made.json() == exported.json()
    assert len(shown["steps"]) == len(shown["actions"]) + len(shown["moves"]) > 0


async def test_a_plan_is_passed_on_in_the_form_that_is_described(caller: Caller, made: httpx.Response) -> None:
    """The document goes out as the planner made it, so its form is checked here and not on every request."""
    shown = await caller.client.get(made.headers["location"])
    assert json.loads(PlanDocument.model_validate(made.json()).model_dump_json(by_alias=True)) == made.json()
    assert json.loads(PlanBody.model_validate(shown.json()).model_dump_json(by_alias=True)) == shown.json()


async def test_a_plan_expires_after_thirty_minutes(caller: Caller, made: httpx.Response, clock: MovableClock) -> None:
    first = await caller.client.get(made.headers["location"])
    clock.move(minutes=30)
    later = await caller.client.get(made.headers["location"], headers={"if-none-match": first.headers["etag"]})
    assert (first.json()["expired"], later.status_code, later.json()["expired"]) == (False, 200, True)


async def test_the_csv_export_has_one_line_per_action(caller: Caller, made: httpx.Response) -> None:
    exported = await caller.client.get(made.headers["location"] + "/export", params={"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(exported.text, newline="")))
    assert [row["symbol"] for row in rows] == [action["symbol"] for action in made.json()["actions"]]
    assert "attachment" in exported.headers["content-disposition"]


async def test_the_checker_runs_again_on_the_stored_plan(caller: Caller, made: httpx.Response) -> None:
    answer = await caller.client.post(made.headers["location"] + "/checks")
    assert (answer.status_code, answer.json()["verdict"]) == (200, "pass")


async def test_steps_are_ticked_off_and_opened_again(caller: Caller, made: httpx.Response) -> None:
    step = f"{made.headers['location']}/steps/action-1"
    before = await caller.client.get(made.headers["location"])
    done = await caller.client.put(step, json={"done": True})
    assert (done.json()["done"], done.json()["done_by"]) == (True, "owner")
    after = await caller.client.get(made.headers["location"], headers={"if-none-match": before.headers["etag"]})
    assert [found["done"] for found in after.json()["steps"] if found["id"] == "action-1"] == [True]
    undone = await caller.client.put(step, json={"done": False})
    assert undone.json()["done"] is False
    missing = await caller.client.put(f"{made.headers['location']}/steps/action-99", json={"done": True})
    check_problem(missing, 404, "step_not_found")


async def test_plans_and_runs_are_listed_newest_first(caller: Caller, clock: MovableClock) -> None:
    await caller.hold()
    check_problem(await caller.post("/plans", json={}), 409, "targets_missing")
    await caller.aim()
    made = []
    for _ in range(3):
        clock.move(seconds=1)
        made.append((await caller.post("/plans", json={})).json()["plan_id"])
    first = (await caller.get("/plans", params={"limit": 2})).json()
    rest = (await caller.get("/plans", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [item["plan_id"] for item in first["items"] + rest["items"]] == made[::-1]
    assert rest["next_cursor"] is None
    runs = (await caller.get("/runs")).json()["items"]
    assert [(run["state"], run["error"]) for run in runs][-1] == ("failed", "targets_missing")
    shown = await caller.get(f"/runs/{runs[0]['id']}")
    assert shown.json() == runs[0]
    check_problem(await caller.get("/runs/none"), 404, "run_not_found")


async def test_nothing_to_do_is_a_plan_that_says_so(caller: Caller) -> None:
    await caller.hold()
    await caller.aim(BALANCED)
    answer = await caller.post("/plans", json={})
    assert answer.status_code == 201
    assert (answer.json()["actions"], answer.json()["nothing_to_do"] is None) == ([], False)


async def test_a_group_that_is_held_and_not_named_is_no_sale(caller: Caller) -> None:
    await caller.hold("SOL,10,Kraken,1500,USD")
    await caller.aim()
    problem = check_problem(await caller.post("/plans", json={}), 422, "group_not_in_targets")
    assert problem["numbers"]["groups"] == "SOL"


async def test_an_unknown_plan_is_not_found(caller: Caller) -> None:
    for path in ("/plans/none", "/plans/none/export", "/plans/none/export?format=csv"):
        check_problem(await caller.get(path), 404, "plan_not_found")
    check_problem(await caller.post("/plans/none/checks"), 404, "plan_not_found")
    check_problem(await caller.put("/plans/none/steps/action-1", json={"done": True}), 404, "plan_not_found")
