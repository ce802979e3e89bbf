"""The plan written down, and its table."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from rebalancer.domain.certificate import certify
from rebalancer.domain.content import content_hash
from rebalancer.domain.money import install_decimal_context
from rebalancer.domain.plan.document import ACTION_COLUMNS, actions_csv, instant, plan_body, plan_document
from rebalancer.domain.plan.proposal import propose_plan
from rebalancer.errors import Issue, PlanRefusedError, RebalancerError
from tests.scenarios.language import Scenario

install_decimal_context()

SCENARIOS = Path(__file__).parent.parent / "scenarios"


def test_the_name_of_a_plan_is_the_hash_of_all_the_rest() -> None:
    inputs = Scenario.read(SCENARIOS / "sales_come_before_the_buys_they_pay_for.txt").inputs()
    plan = propose_plan(inputs)
    document = plan_document(plan, inputs, certify(plan_body(plan, inputs), inputs).document())
    assert document["plan_id"] == content_hash({key: value for key, value in document.items() if key != "plan_id"})
    assert document["as_of"] == "2026-11-22T12:00:00Z"
    assert document["expires_at"] == "2026-11-22T12:30:00Z"


def test_the_table_has_one_row_per_action_and_reads_back() -> None:
    inputs = Scenario.read(SCENARIOS / "sales_come_before_the_buys_they_pay_for.txt").inputs()
    body = plan_body(propose_plan(inputs), inputs)
    rows = list(csv.DictReader(io.StringIO(actions_csv(body))))
    actions = body["actions"]
    assert isinstance(actions, list)
    assert len(rows) == len(actions) == 4
    assert tuple(rows[0]) == ACTION_COLUMNS
    assert [row["est_quantity"] for row in rows] == [action["est_quantity"] for action in actions]
    assert Decimal(rows[0]["usd"]) == 15000
    assert rows[0]["venue"] == "kraken"
    assert rows[0]["market"] == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_no_cell_can_start_a_formula_and_numbers_stay_numbers(text: str) -> None:
    action = {**dict.fromkeys(ACTION_COLUMNS), "symbol": text, "location": 'a,b"c', "value": "-5"}
    (row,) = csv.DictReader(io.StringIO(actions_csv({"actions": [action]}), newline=""))
    assert row["symbol"] == f"'{text}"
    assert row["location"] == 'a,b"c'
    assert row["value"] == "-5"


def test_an_instant_is_written_in_utc() -> None:
    east = timezone(timedelta(hours=2))
    assert instant(datetime(2026, 1, 1, 1, 30, tzinfo=east)) == "2025-12-31T23:30:00Z"
    assert instant(datetime(2026, 1, 1, 0, 0, 0, 5, tzinfo=UTC)) == "2026-01-01T00:00:00.000005Z"


def test_a_long_list_of_symbols_is_cut_and_counted() -> None:
    rows = "   ".join(f"X{n} 1, worth {1000 - n}" for n in range(12))
    inputs = Scenario.parse(f"holdings  {rows}\ntargets  BTC 100%\nrefused  total_not_positive").inputs()
    with pytest.raises(PlanRefusedError) as refusal:
        propose_plan(inputs)
    assert refusal.value.code == "total_not_positive"
    with_coin = Scenario.parse(
        f"holdings  {rows}   BTC 1\nprices  BTC 100\ntargets  BTC 100%\nrefused  unclassified_over_limit"
    ).inputs()
    with pytest.raises(PlanRefusedError) as refusal:
        propose_plan(with_coin)
    assert refusal.value.numbers["symbols"] == "X0, X1, X2, X3, X4, X5, X6, X7, X8, X9, +2"


def test_an_error_carries_its_code_and_its_numbers() -> None:
    error = RebalancerError("some_code", {"b": "2", "a": "1"}, [Issue("wrong")])
    assert str(error) == "some_code(a=1, b=2)"
    assert str(RebalancerError("plain")) == "plain"
    assert error.issues == (Issue("wrong"),)
