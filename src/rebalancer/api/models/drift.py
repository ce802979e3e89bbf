"""Bodies of ``/overview`` and ``/drift``."""

from __future__ import annotations

from datetime import datetime

from rebalancer.api.models.base import Amount, Body, Fraction, Instant, example
from rebalancer.api.models.holdings import SourceBody
from rebalancer.api.models.places import PlaceBody
from rebalancer.api.models.plans import PlanSummaryBody
from rebalancer.domain.drift import Drift
from rebalancer.domain.money import plain
from rebalancer.workflows.measure_drift import DriftReport
from rebalancer.workflows.show_overview import GroupShare, LocationShare, Overview

_DRIFT = {
    "group": "BTC",
    "weight_held": "0.768",
    "weight_target": "0.7",
    "drift": "0.068",
    "band": "0.05",
    "outside": True,
    "on_hold": False,
}


class DriftBody(Body):
    """One group against its target: fractions of the planning value; ``band`` is the half-width."""

    model_config = example(**_DRIFT)

    group: str
    weight_held: Fraction
    weight_target: Fraction
    drift: Fraction
    band: Fraction
    outside: bool
    on_hold: bool

    @classmethod
    def of(cls, drift: Drift) -> DriftBody:
        """A drift as a body."""
        return cls(
            group=drift.group,
            weight_held=plain(drift.weight_held),
            weight_target=plain(drift.weight_target),
            drift=plain(drift.drift),
            band=plain(drift.half_width),
            outside=drift.outside,
            on_hold=drift.on_hold,
        )


class DriftList(Body):
    """Drift of every group that the targets name."""

    model_config = example(
        items=[_DRIFT], worst=_DRIFT, outside_count=1, currency="USD", planning_value="50000", targets_version=1
    )

    items: list[DriftBody]
    worst: DriftBody | None
    outside_count: int
    currency: str
    planning_value: Amount
    targets_version: int

    @classmethod
    def of(cls, report: DriftReport) -> DriftList:
        """A report as a body."""
        return cls(
            items=[DriftBody.of(drift) for drift in report.drifts],
            worst=DriftBody.of(report.worst) if report.worst is not None else None,
            outside_count=len(report.outside),
            currency=report.valuation.currency,
            planning_value=plain(report.valuation.planning_value),
            targets_version=report.targets_version,
        )


class GroupShareBody(Body):
    """One group: planning value and weight."""

    group: str
    value: Amount
    weight: Fraction

    @classmethod
    def of(cls, share: GroupShare) -> GroupShareBody:
        """A share as a body."""
        return cls(group=share.group, value=plain(share.value), weight=plain(share.weight))


class LocationShareBody(Body):
    """One location: value of all its rows, negatives included; null stands for a source without places."""

    location: str | None
    place: PlaceBody | None
    value: Amount
    rows: int

    @classmethod
    def of(cls, share: LocationShare) -> LocationShareBody:
        """A share as a body."""
        place = PlaceBody.of(share.place) if share.place is not None else None
        return cls(location=share.location, place=place, value=plain(share.value), rows=share.rows)


class Refusal(Body):
    """Why something cannot be measured, as code and numbers of an error."""

    code: str
    numbers: dict[str, str]


class Counts(Body):
    """How many of each: different identified assets, and rows by what is odd about them."""

    assets: int
    rows: int
    unclassified: int
    unpriced: int
    worthless: int
    ignored: int
    negative: int


class OverviewBody(Body):
    """What the portfolio is worth, how it is spread, how far it is from its targets, and how old all that is."""

    model_config = example(
        currency="USD",
        total_value="50000",
        planning_value="50000",
        partial=False,
        by_group=[{"group": "BTC", "value": "38400", "weight": "0.768"}],
        by_location=[{"location": "Kraken", "place": None, "value": "50000", "rows": 12}],
        drift=[_DRIFT],
        worst_drift=_DRIFT,
        drift_refused=None,
        outside_count=1,
        counts={
            "assets": 12,
            "rows": 12,
            "unclassified": 0,
            "unpriced": 0,
            "worthless": 0,
            "ignored": 0,
            "negative": 0,
        },
        unclassified_share="0",
        sources=[],
        as_of=None,
        age_s=None,
        targets_version=1,
        latest_plan=None,
    )

    currency: str
    total_value: Amount
    planning_value: Amount
    partial: bool
    by_group: list[GroupShareBody]
    by_location: list[LocationShareBody]
    drift: list[DriftBody]
    worst_drift: DriftBody | None
    drift_refused: Refusal | None
    outside_count: int
    counts: Counts
    unclassified_share: Fraction
    sources: list[SourceBody]
    as_of: Instant | None
    age_s: int | None
    targets_version: int | None
    latest_plan: PlanSummaryBody | None

    @classmethod
    def of(cls, overview: Overview, now: datetime) -> OverviewBody:
        """An overview as a body."""
        refused = overview.drift_refused
        return cls(
            currency=overview.valuation.currency,
            total_value=plain(overview.valuation.total_value),
            planning_value=plain(overview.valuation.planning_value),
            partial=overview.valuation.partial,
            by_group=[GroupShareBody.of(share) for share in overview.by_group],
            by_location=[LocationShareBody.of(share) for share in overview.by_location],
            drift=[DriftBody.of(drift) for drift in overview.drifts],
            worst_drift=DriftBody.of(overview.worst) if overview.worst is not None else None,
            drift_refused=Refusal(code=refused.code, numbers=dict(refused.numbers)) if refused is not None else None,
            outside_count=overview.outside_count,
            counts=Counts(**overview.counts),
            unclassified_share=plain(overview.unclassified_share),
            sources=SourceBody.all_of(overview.state, now),
            as_of=overview.state.as_of,
            age_s=overview.age_s,
            targets_version=overview.targets_version,
            latest_plan=PlanSummaryBody.maybe(overview.latest_plan),
        )
