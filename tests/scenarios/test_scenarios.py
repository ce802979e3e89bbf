"""Every file of this folder is a rule told by an example, in the language of ``language.py``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rebalancer.domain.certificate import certify, check_plan
from rebalancer.domain.money import install_decimal_context
from rebalancer.domain.plan.document import plan_body, plan_document
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.proposal import propose_plan
from rebalancer.errors import RebalancerError
from tests.scenarios import answers
from tests.scenarios.language import EXPECTATIONS, Scenario, ScenarioError

FILES = sorted(Path(__file__).parent.glob("*.txt"))
SENTENCE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+){3,}")

install_decimal_context()


def _planned(inputs: PlanInputs) -> dict[str, Any]:
    plan = propose_plan(inputs)
    certificate = certify(plan_body(plan, inputs), inputs)
    document: dict[str, Any] = json.loads(json.dumps(plan_document(plan, inputs, certificate.document())))
    checked = check_plan(document, inputs)
    assert checked.passed, checked.failed
    return document


def _said(document: dict[str, Any], keyword: str, wanted: tuple[str, ...]) -> list[str]:
    """What the plan says where the scenario says ``wanted``."""
    if keyword in {"after", "now"}:
        return answers.weights_of(document, keyword, wanted)
    if keyword == "assumes":
        codes = {entry["code"] for entry in document["assumptions"]}
        return [code for code in wanted if code in codes]
    if keyword == "among":
        return [entry for entry in wanted if entry in answers.untouched_of(document)]
    if keyword == "plan":
        said = answers.plan_of(document)
        return [next(fact for fact in said if fact.split()[0] == name.split()[0]) for name in wanted]
    return {
        "trades": answers.trades_of,
        "moves": answers.moves_of,
        "untouched": answers.untouched_of,
        "outside": answers.outside_of,
        "idle": answers.idle_of,
    }[keyword](document)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_plan_says_what_the_scenario_says(path: Path) -> None:
    scenario = Scenario.read(path)
    if "refused" in scenario.expected:
        with pytest.raises(RebalancerError) as refusal:
            propose_plan(scenario.inputs())
        assert (refusal.value.code,) == scenario.expected["refused"]
        return
    document = _planned(scenario.inputs())
    for keyword, wanted in scenario.expected.items():
        said = _said(document, keyword, wanted)
        if keyword in {"untouched", "outside"}:
            assert sorted(said) == sorted(wanted), keyword
        else:
            assert said == list(wanted), keyword


def test_there_are_scenarios_and_their_names_are_sentences() -> None:
    assert len(FILES) >= 35
    assert [path.name for path in FILES if not SENTENCE.fullmatch(path.stem)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "holdings  BTC 1",
        "holding  BTC 1\ntrades  none",
        "holdings\ntrades  none",
        "  BTC 1\ntrades  none",
        "holdings  BTC\ntrades  none",
        "holdings  BTC one\ntrades  none",
        "holdings  BTC 1, somewhere\ntrades  none",
        "prices  BTC\ntrades  none",
        "prices  BTC 1 USD please\ntrades  none",
        "places  Desk is at kraken\ntrades  none",
        "places  Desk: colour red\ntrades  none",
        "markets  BTC at kraken\ntrades  none",
        "markets  BTC/USD at kraken: lot 1, lot 2\ntrades  none",
        "on  tomorrow\ntrades  none",
        "invest  100 USD\ntrades  none",
        "refused  total_not_positive\ntrades  none",
    ],
)
def test_a_scenario_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ScenarioError):
        Scenario.parse(text).inputs()


def test_every_expectation_is_used_by_some_scenario() -> None:
    assert {keyword for path in FILES for keyword in Scenario.read(path).expected} == EXPECTATIONS
