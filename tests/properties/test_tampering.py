"""No number, step or word of a certified plan can be changed without being refused.

Every leaf of a few plans is changed, one at a time, and every entry taken out, doubled or swapped. As handed over, the
name of the plan gives the change away. With the name computed anew, the independent checks must.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rebalancer.domain.certificate import certify, check_plan
from rebalancer.domain.content import content_hash
from rebalancer.domain.money import install_decimal_context
from rebalancer.domain.plan.document import plan_body, plan_document
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.proposal import propose_plan
from tests.properties.tampering import Change, changes
from tests.scenarios.language import Scenario

install_decimal_context()

SCENARIOS = Path(__file__).parent.parent / "scenarios"
PLANS = (
    "redeemed_coins_go_to_the_trading_place_of_the_same_venue",
    "proceeds_end_in_a_settle_coin_by_an_order_of_its_own",
    "money_to_invest_must_be_paid_in_where_it_is_not_there",
    "money_that_cannot_be_freed_is_named",
    "sell_only_never_buys",
    "small_drift_is_left_alone",
)


def _plan(name: str) -> tuple[dict[str, Any], PlanInputs]:
    inputs = Scenario.read(SCENARIOS / f"{name}.txt").inputs()
    plan = propose_plan(inputs)
    certificate = certify(plan_body(plan, inputs), inputs).document()
    document: dict[str, Any] = json.loads(json.dumps(plan_document(plan, inputs, certificate)))
    assert check_plan(document, inputs).passed
    return document, inputs


def _renamed(document: dict[str, Any]) -> dict[str, Any]:
    named = {key: value for key, value in document.items() if key != "plan_id"}
    return {"plan_id": content_hash(named), **named}


def _is_beyond_proof(document: dict[str, Any], change: Change) -> bool:
    """The leaves that the checker takes on trust: why a row stays, where that follows from how the plan was found.

    What stays, its place and its group are always checked; so are the weights beside a group, the value beside cash,
    and the reasons that follow from the inputs alone. Of the other reasons only that they are in the list, and the
    facts beside them not at all: they can only be judged by finding the plan again.
    """
    path, _, changed = change
    if len(path) < 3 or path[0] != "untouched" or path[2] not in {"reason", "numbers"}:
        return False
    assert isinstance(path[1], int), path
    entry = document["untouched"][path[1]]
    proved = {"unclassified", "ignored", "unpriced", "worthless", "in_band", "group_not_overweight"}
    if path[2] == "reason":
        return not {entry["reason"], changed["untouched"][path[1]]["reason"]} & proved
    of_group = entry["asset"] is None and "weight_after" in entry["numbers"]
    return not of_group and entry["reason"] not in {*proved, "cash"}


@pytest.mark.no_cover  # The next test walks the same checks, measured.
@pytest.mark.parametrize("name", PLANS)
def test_every_change_is_refused_by_the_name_of_the_plan(name: str) -> None:
    document, inputs = _plan(name)
    for path, how, changed in list(changes(document))[::4]:
        failed = {verdict.check for verdict in check_plan(changed, inputs).failed}
        assert "hash" in failed, (path, how)


@pytest.mark.parametrize("name", PLANS)
def test_every_change_is_refused_by_the_checks_when_the_plan_is_named_anew(name: str) -> None:
    document, inputs = _plan(name)
    accepted = [
        change
        for change in changes(document)
        if change[0] != ("plan_id",)
        and change[1] != "without plan_id"
        and check_plan(_renamed(change[2]), inputs).passed
    ]
    assert [change[:2] for change in accepted if not _is_beyond_proof(document, change)] == []


def test_a_change_that_is_not_json_is_refused_and_not_raised() -> None:
    document, inputs = _plan(PLANS[0])
    wrong: Any
    for wrong in (1.5, object(), 2**60, "\ud800"):
        assert not check_plan({**document, "objective": wrong}, inputs).passed
