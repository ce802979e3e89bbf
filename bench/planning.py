"""``plan``: propose and certify in process, without reading files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from bench.inputs import TARGETS, export
from bench.measures import Measure, median_s
from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.adapters.files.targets import read_targets
from rebalancer.adapters.reference import load_registry, load_taxonomy, load_venues
from rebalancer.domain.certificate import certify
from rebalancer.domain.holdings import identify_holdings
from rebalancer.domain.places import Places
from rebalancer.domain.plan.document import plan_body
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.proposal import propose_plan
from rebalancer.domain.prices import Quotes


def measure(assets: int = 1_000, runs: int = 3) -> Iterator[Measure]:
    """Median time to propose a plan and to check it, apart and together.

    Raises:
        RuntimeError: The checker refused the plan.
    """
    inputs = plan_inputs(export(assets))
    body = plan_body(propose_plan(inputs), inputs)
    certificate = certify(body, inputs)
    if not certificate.passed:
        raise RuntimeError(f"the plan is refused: {[verdict.check for verdict in certificate.failed]}")
    proposing = median_s(lambda: propose_plan(inputs), runs)
    checking = median_s(lambda: certify(body, inputs), runs)
    yield Measure(f"propose, {assets} assets", proposing, "s")
    yield Measure(f"certify, {assets} assets", checking, "s")
    yield Measure(f"propose and certify, {assets} assets", proposing + checking, "s", 5)


def plan_inputs(data: bytes) -> PlanInputs:
    """What a plan on an export is made from."""
    registry, places = load_registry(), Places(load_venues())
    reading = read_holdings(data, "export.csv")
    return PlanInputs(
        holdings=identify_holdings(reading, registry, places),
        source_currency=reading.currency,
        holdings_as_of=None,
        registry=registry,
        taxonomy=load_taxonomy(),
        targets=read_targets(TARGETS.encode(), "targets.toml", registry),
        quotes=Quotes(),
        markets=None,
        places=places,
        as_of=datetime(2026, 1, 1, tzinfo=UTC),
    )
