"""The certificate refuses a plan that other rules, other markets or other holdings would not have allowed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rebalancer.domain.assets import AssetId
from rebalancer.domain.certificate import certify, check_plan
from rebalancer.domain.content import content_hash
from rebalancer.domain.instruments import MarketStatus
from rebalancer.domain.money import install_decimal_context
from rebalancer.domain.places import Executor, Place, PlaceKind, Places
from rebalancer.domain.plan.document import plan_body, plan_document
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.proposal import propose_plan
from rebalancer.domain.prices import Quotes
from rebalancer.domain.targets import Band, Mode
from tests.scenarios.language import Scenario

install_decimal_context()

SCENARIOS = Path(__file__).parent.parent / "scenarios"
BTC, ETH, USDC = AssetId("bitcoin"), AssetId("ethereum"), AssetId("usd-coin")
Change = Callable[[PlanInputs], PlanInputs]


def _inputs(name: str) -> PlanInputs:
    return Scenario.read(SCENARIOS / f"{name}.txt").inputs()


def _body(inputs: PlanInputs) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(plan_body(propose_plan(inputs), inputs)))
    return read


def _failed(body: Mapping[str, Any], inputs: PlanInputs) -> set[str]:
    return {verdict.check for verdict in certify(body, inputs).failed}


def _rules(**changed: object) -> Change:
    def change(inputs: PlanInputs) -> PlanInputs:
        rules = replace(inputs.targets.rules, **changed)  # type: ignore[arg-type]  # each case names fields of Rules
        return replace(inputs, targets=replace(inputs.targets, rules=rules))

    return change


def _targets(**changed: object) -> Change:
    def change(inputs: PlanInputs) -> PlanInputs:
        return replace(inputs, targets=replace(inputs.targets, **changed))  # type: ignore[arg-type]  # as in _rules

    return change


def _markets(**changed: object) -> Change:
    def change(inputs: PlanInputs) -> PlanInputs:
        assert inputs.markets is not None
        markets = tuple(replace(market, **changed) for market in inputs.markets)  # type: ignore[arg-type]  # as in _rules
        return replace(inputs, markets=markets)

    return change


def _place(name: str, **changed: object) -> Change:
    def change(inputs: PlanInputs) -> PlanInputs:
        place: Place = replace(inputs.places.of(name), **changed)  # type: ignore[arg-type]  # as in _rules
        return replace(inputs, places=Places(inputs.places.venues, {**inputs.places.said, name: place}))

    return change


def _fewer(asset: str, quantity: str) -> Change:
    def change(inputs: PlanInputs) -> PlanInputs:
        rows = (replace(row, quantity=Decimal(quantity)) if row.asset == asset else row for row in inputs.holdings)
        return replace(inputs, holdings=tuple(rows))

    return change


SALE = "a_group_outside_its_band_goes_back_to_its_target"
IN_MARKETS = "orders_are_on_the_lot_step_of_the_venue"
CASH_MOVE = "cash_in_a_wallet_is_moved_to_be_spent"
REDEEM = "earn_coins_are_redeemed_before_they_are_sold"
DEPOSIT = "money_to_invest_must_be_paid_in_where_it_is_not_there"
WITHDRAW = "money_to_take_out_is_raised_by_sales"
NEVER = date(2030, 1, 1)


@pytest.mark.parametrize(
    ("scenario", "change", "check"),
    [
        (SALE, _rules(max_orders=1), "sequence"),
        (SALE, _rules(min_trade=Decimal(30_000)), "sizes"),
        (IN_MARKETS, _markets(lot_step=Decimal("0.4")), "sizes"),
        (IN_MARKETS, _markets(min_notional=Decimal(30_000)), "sizes"),
        (IN_MARKETS, _markets(min_quantity=Decimal(100)), "sizes"),
        (IN_MARKETS, _markets(min_quantity=Decimal(9)), "remainders"),
        (SALE, _place("Kraken", executor=Executor.NONE), "markets"),
        (SALE, _place("Kraken", kind=PlaceKind.COLD), "free"),
        (IN_MARKETS, _markets(status=MarketStatus.CLOSED), "markets"),
        (IN_MARKETS, _markets(status=MarketStatus.SELL_ONLY), "markets"),
        (IN_MARKETS, _markets(taker_fee=Decimal("0.02")), "markets"),
        (IN_MARKETS, _markets(taker_fee=Decimal("0.02")), "costs"),
        (IN_MARKETS, lambda inputs: replace(inputs, markets=None), "form"),
        (IN_MARKETS, lambda inputs: replace(inputs, markets=()), "form"),
        (SALE, _rules(freeze={ETH: NEVER}), "permissions"),
        (CASH_MOVE, _rules(freeze={USDC: NEVER}), "permissions"),
        (CASH_MOVE, _targets(hold=frozenset({"Stablecoins"}), weights={"BTC": Decimal(1)}), "permissions"),
        (SALE, _targets(hold=frozenset({"ETH"}), weights={"BTC": Decimal(1)}), "permissions"),
        (SALE, _rules(never_buy=frozenset({ETH})), "permissions"),
        (SALE, _rules(mode=Mode.SELL_ONLY), "permissions"),
        (SALE, _rules(mode=Mode.BUY_ONLY), "permissions"),
        (SALE, _targets(primary={"ETH": {AssetId("lido-staked-ether"): Decimal(1)}}), "permissions"),
        (SALE, _rules(keep={BTC: Decimal("1.3")}), "net"),
        (SALE, _fewer("bitcoin", "0.3"), "free"),
        (DEPOSIT, _fewer("usd", "100"), "cash"),
        (REDEEM, _fewer("ethereum", "7"), "moves"),
        (REDEEM, _place("Kraken", kind=PlaceKind.WALLET), "moves"),
        (REDEEM, _place("Kraken Earn", executor=Executor.NONE), "moves"),
        (DEPOSIT, _rules(invest=None), "moves"),
        (WITHDRAW, _rules(withdraw=None), "codes"),
        (SALE, _rules(fee=Decimal("0.002")), "costs"),
        ("the_narrower_of_points_and_share_is_the_band", _rules(cost_cap=Decimal("0.001")), "costs"),
        ("each_venue_spends_its_own_cash", _fewer("usd", "15000"), "cash"),
        (SALE, _rules(band=Band(Decimal(1), Decimal(1))), "nothing_to_do"),
        (SALE, lambda inputs: replace(inputs, hashes={"holdings": "c" * 64}), "inputs"),
        (SALE, lambda inputs: replace(inputs, as_of=inputs.as_of + timedelta(seconds=1)), "dates"),
        (SALE, _targets(weights={"BTC": Decimal("0.6"), "ETH": Decimal("0.4")}), "groups"),
        (SALE, _rules(deviation_price=Decimal("0.06")), "groups"),
    ],
)
def test_a_plan_is_refused_under_rules_that_it_was_not_made_for(scenario: str, change: Change, check: str) -> None:
    inputs = _inputs(scenario)
    body = _body(inputs)
    assert _failed(body, inputs) == set()
    if check == "groups" and inputs.targets.rules != change(inputs).targets.rules:
        check = "objective"
    assert check in _failed(body, change(inputs))


def test_money_that_is_to_be_taken_out_must_stay() -> None:
    inputs = _inputs(WITHDRAW)
    more = replace(inputs.targets.rules, withdraw=replace(inputs.targets.rules.withdraw, amount=Decimal(2500)))  # type: ignore[type-var]  # it has one
    assert "cash" in _failed(_body(inputs), replace(inputs, targets=replace(inputs.targets, rules=more)))


def test_a_plan_with_a_coin_that_has_no_price_is_refused() -> None:
    inputs = _inputs("a_group_buys_its_primary_coins_with_their_weights")
    known = {key: quote for key, quote in inputs.quotes.by_key.items() if key[0] != "aave"}
    assert _failed(_body(inputs), replace(inputs, quotes=Quotes(known))) == {"actions"}


def test_a_move_of_a_coin_that_has_no_price_is_refused() -> None:
    inputs = _inputs(CASH_MOVE)
    known = {key: quote for key, quote in inputs.quotes.by_key.items() if key[0] != USDC}
    found = {
        verdict.check: verdict.numbers
        for verdict in certify(_body(inputs), replace(inputs, quotes=Quotes(known))).failed
    }
    assert found["moves"] == {"where": "no_price: usd-coin"}


def test_nothing_to_do_and_something_done_contradict_each_other() -> None:
    inputs = _inputs(SALE)
    wide = _rules(band=Band(Decimal(1), Decimal(1)))(inputs)
    body = {**_body(inputs), "nothing_to_do": _body(wide)["nothing_to_do"]}
    assert "nothing_to_do" in _failed(body, wide)


def test_a_group_with_too_much_is_not_called_not_overweight() -> None:
    inputs = _inputs("a_closed_place_keeps_what_it_holds")
    body = _body(inputs)
    drift = next(group for group in body["groups"] if group["group"] == "BTC")
    numbers = {"drift": str(Decimal(drift["weight_held"]) - Decimal(drift["weight_target"])), "band": drift["band"]}
    for entry in body["untouched"]:
        if entry["asset"] == BTC:
            entry.update(reason="group_not_overweight", numbers=numbers)
    assert _failed(body, inputs) == {"untouched"}


@pytest.mark.parametrize(
    "change",
    [
        {"stage": "later"},
        {"action": "swap"},
        {"n": True},
        {"n": "1"},
        {"asset": "no-such-coin"},
        {"asset": None},
        {"est_quantity": "1e3"},
        {"est_quantity": "0.40"},
        {"est_quantity": 1},
        {"location": 5},
    ],
)
def test_an_action_that_is_not_written_as_one_is_refused_as_a_whole(change: dict[str, object]) -> None:
    inputs = _inputs(SALE)
    body = _body(inputs)
    body["actions"][0].update(change)
    certificate = certify(body, inputs)
    assert [verdict.check for verdict in certificate.verdicts] == ["form"]
    assert not certificate.passed


@pytest.mark.parametrize("key", ["actions", "moves", "groups", "cost", "untouched"])
@pytest.mark.parametrize("wrong", [None, "text", [1]])
def test_a_part_of_another_form_is_refused(key: str, wrong: Any) -> None:  # noqa: ANN401 anything
    inputs = _inputs(SALE)
    assert not certify({**_body(inputs), key: wrong}, inputs).passed


def _document(inputs: PlanInputs) -> dict[str, Any]:
    plan = propose_plan(inputs)
    return dict(plan_document(plan, inputs, certify(plan_body(plan, inputs), inputs).document()))


def test_expiry_is_a_verdict_of_its_own() -> None:
    inputs = _inputs(SALE)
    document = _document(inputs)
    assert check_plan(document, inputs).expired is None
    assert check_plan(document, inputs, inputs.as_of + timedelta(minutes=29, seconds=59)).expired is False
    late = check_plan(document, inputs, inputs.as_of + timedelta(minutes=30))
    assert late.expired is True
    assert late.passed


@pytest.mark.parametrize("stated", [None, "tomorrow", "2026-11-22"])
def test_an_expiry_that_cannot_be_read_is_no_verdict_and_no_pass(stated: str | None) -> None:
    inputs = _inputs(SALE)
    checked = check_plan({**_document(inputs), "expires_at": stated}, inputs, datetime(2026, 11, 22, tzinfo=UTC))
    assert checked.expired is None
    assert not checked.passed


def test_a_certificate_names_every_check_and_what_failed() -> None:
    inputs = _inputs(SALE)
    certificate = certify({**_body(inputs), "total_value": "1"}, inputs)
    (wrong,) = certificate.failed
    assert wrong.document() == {
        "check": "totals",
        "verdict": "fail",
        "numbers": {"where": "total_value", "found": "1", "expected": "100000"},
    }
    written = certificate.document()
    assert written["verdict"] == "fail"
    assert len(certificate.verdicts) == len({verdict.check for verdict in certificate.verdicts}) > 15


def test_a_certificate_that_was_not_given_by_the_checks_is_refused() -> None:
    inputs = _inputs(SALE)
    named = {key: value for key, value in _document(inputs).items() if key != "plan_id"}
    named["certificate"] = {"verdict": "pass", "checks": []}
    checked = check_plan({"plan_id": content_hash(named), **named}, inputs)
    assert [verdict.check for verdict in checked.failed] == ["certificate"]
