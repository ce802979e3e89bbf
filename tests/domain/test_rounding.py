from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from rebalancer.domain.certificate import certify
from rebalancer.domain.holdings import Holding
from rebalancer.domain.places import Availability, Places
from rebalancer.domain.plan.document import plan_body
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.proposal import propose_plan
from rebalancer.domain.prices import Quotes
from rebalancer.domain.targets import Targets
from tests.support.portfolios import PRICES, VENUES, random_inputs

# 0.3 at 100.01 is 30.003; the source writes cents.
ROWS = (("bitcoin", "1", "100.01", "100.01"), ("bitcoin", "0.3", "100.01", "30.00"), ("usd", "50", "1", "50.00"))


def inputs_of(rows: tuple[tuple[str, str, str, str], ...]) -> PlanInputs:
    known = {asset: asset for asset in PRICES}
    held = tuple(
        Holding(name, None, known[asset], Decimal(units), "Kraken", Availability.FREE, Decimal(price), Decimal(value))
        for asset in known
        for name, units, price, value in rows
        if asset == name
    )
    plain = replace(random_inputs(Random(1)), markets=None, quotes=Quotes(), places=Places(VENUES))
    return replace(plain, holdings=held, targets=Targets("USD", {"BTC": Decimal("0.5"), "Stablecoins": Decimal("0.5")}))


def test_what_the_source_rounded_away_is_told_and_certified() -> None:
    inputs = inputs_of(ROWS)
    body = plan_body(propose_plan(inputs), inputs)
    assumptions = body["assumptions"]
    assert isinstance(assumptions, list)
    assert {"code": "rounding", "numbers": {"value": "0.003"}} in assumptions
    assert certify(body, inputs).passed


def test_a_source_that_does_not_round_has_nothing_to_tell() -> None:
    inputs = inputs_of((ROWS[0], ROWS[2]))
    assert "rounding" not in str(plan_body(propose_plan(inputs), inputs)["assumptions"])
