from __future__ import annotations

import pytest

from tests.support.api import Caller, check_problem
from tests.support.files import TARGETS


async def test_targets_have_versions(caller: Caller) -> None:
    check_problem(await caller.get("/targets"), 404, "targets_missing")
    first = await caller.aim()
    assert (first.status_code, first.json()["version"]) == (201, 1)
    second = await caller.post("/targets", json={"toml": TARGETS.replace("40%", "41%").replace("30%", "29.5%")})
    assert second.json()["version"] == 2
    assert (await caller.get("/targets")).json() == second.json()
    assert (await caller.get("/targets/versions/1")).json() == first.json()
    page = (await caller.get("/targets/versions", params={"limit": 1})).json()
    assert ([item["version"] for item in page["items"]], page["next_cursor"]) == ([2], "2")
    rest = (await caller.get("/targets/versions", params={"cursor": "2"})).json()
    assert ([item["version"] for item in rest["items"]], rest["next_cursor"]) == ([1], None)


async def test_whoever_edited_an_older_version_is_told(caller: Caller) -> None:
    await caller.aim()
    answer = await caller.post("/targets", json={"toml": TARGETS, "note": "late", "based_on": 0})
    check_problem(answer, 412, "targets_changed")


async def test_an_unchanged_version_is_not_sent_again(caller: Caller) -> None:
    await caller.aim()
    first = await caller.get("/targets")
    again = await caller.get("/targets", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await caller.post("/targets", json={"toml": TARGETS, "note": "another"})
    changed = await caller.get("/targets", headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("toml", "issue"),
    [
        ('[targets]\nBTC = "99%"\n', "targets_sum"),
        ('[targets]\nBTC = "50%"\nBitcoins = "50%"\n', "unknown_group"),
        ('[targets]\nBTC = "nan%"\n', "not_a_percentage"),
        ('[targets]\nBTC = "100%"\n[rules]\nmin_trade = "1.234,56"\n', "not_a_number"),
        ('[targets]\nBTC = "100%"\n[extra]\n', "unknown_key"),
    ],
)
async def test_unusable_targets_are_refused_with_every_mistake(caller: Caller, toml: str, issue: str) -> None:
    for path in ("/targets", "/targets/check"):
        problem = check_problem(await caller.post(path, json={"toml": toml}), 422, "targets_invalid")
        assert issue in [found["code"] for found in problem["errors"]]
        assert all(found["reason"] and found["remedy"] for found in problem["errors"])


async def test_text_that_is_no_toml_is_refused(caller: Caller) -> None:
    check_problem(await caller.post("/targets/check", json={"toml": "BTC == 1"}), 422, "toml_invalid")


async def test_every_preset_can_be_used(caller: Caller) -> None:
    presets = (await caller.client.get("/api/v1/targets/presets")).json()["items"]
    assert presets
    for preset in presets:
        assert not preset["title"].startswith("preset."), preset["title"]
        answer = await caller.post("/targets/check", json={"toml": preset["toml"]})
        assert answer.status_code == 200, answer.text
