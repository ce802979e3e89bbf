"""Show the overview: what the portfolio is worth, how it is spread, how far off its targets, how old all that is."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rebalancer.domain.drift import Drift
from rebalancer.domain.money import ZERO, weight_of
from rebalancer.domain.places import Place
from rebalancer.domain.valuation import Valuation, ValueStatus
from rebalancer.errors import PlanRefusedError
from rebalancer.ports.application import Application
from rebalancer.ports.records import PlanSummary, Snapshot
from rebalancer.workflows.join_portfolio import PortfolioState
from rebalancer.workflows.measure_drift import drift_report
from rebalancer.workflows.read_portfolio import read_view


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group: planning value, and weight as a fraction of the planning value."""

    group: str
    value: Decimal
    weight: Decimal


@dataclass(frozen=True, slots=True)
class LocationShare:
    """One location: value of all its rows, negatives included; rows in it; None stands for a source without places."""

    location: str | None
    place: Place | None
    value: Decimal
    rows: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the first screen shows.

    Attributes:
        state: The portfolio.
        valuation: Its value.
        by_group: Groups that have value, in alphabetical order.
        by_location: Locations, largest value first.
        drifts: Drift per group; empty without targets or when ``drift_refused`` says why.
        worst: The largest drift, or None.
        drift_refused: The error that stands in the way of measuring drift, or None.
        counts: ``assets`` (identified, different ones), ``rows``, ``unclassified``, ``unpriced``, ``worthless``,
            ``ignored`` (rows), and ``negative`` (rows below zero).
        unclassified_share: Value of unclassified rows over the value of all rows, as a fraction; 0 where that total
            is not positive.
        sources: Current snapshot of every account.
        age_s: Seconds since ``state.as_of``; None when a source states no instant.
        targets_version: Current version, or None.
        latest_plan: The newest plan, or None.
    """

    state: PortfolioState
    valuation: Valuation
    by_group: tuple[GroupShare, ...]
    by_location: tuple[LocationShare, ...]
    drifts: tuple[Drift, ...]
    worst: Drift | None
    drift_refused: PlanRefusedError | None
    counts: Mapping[str, int]
    unclassified_share: Decimal
    sources: tuple[Snapshot, ...]
    age_s: int | None
    targets_version: int | None
    latest_plan: PlanSummary | None

    @property
    def outside_count(self) -> int:
        """Groups outside their band."""
        return sum(item.outside for item in self.drifts)


async def show_overview(app: Application, portfolio_id: str) -> Overview:
    """Collect the first screen.

    Raises:
        NotFoundError: ``portfolio_not_found``.
        CurrencyMismatchError: ``currency_mismatch``.
    """
    async with app.journal.view(portfolio_id) as view:
        state = await read_view(app, view)
        latest = await view.plans.all(limit=1)
    return await asyncio.to_thread(_overview, app, state, latest[0] if latest else None)


def _overview(app: Application, state: PortfolioState, latest: PlanSummary | None) -> Overview:
    valuation = state.valuation
    drifts, worst, refused = _drift(state)
    unclassified = valuation.value_of(ValueStatus.UNCLASSIFIED)
    return Overview(
        state=state,
        valuation=valuation,
        by_group=_by_group(valuation),
        by_location=_by_location(state, valuation),
        drifts=drifts,
        worst=worst,
        drift_refused=refused,
        counts=_counts(valuation),
        unclassified_share=weight_of(unclassified, valuation.total_value),
        sources=tuple(account.snapshot for account in state.accounts if account.snapshot is not None),
        age_s=int((app.clock.now() - state.as_of).total_seconds()) if state.as_of is not None else None,
        targets_version=state.version.version if state.version is not None else None,
        latest_plan=latest,
    )


def _drift(state: PortfolioState) -> tuple[tuple[Drift, ...], Drift | None, PlanRefusedError | None]:
    if state.targets is None:
        return (), None, None
    try:
        report = drift_report(state)
    except PlanRefusedError as error:
        return (), None, error
    return report.drifts, report.worst, None


def _by_group(valuation: Valuation) -> tuple[GroupShare, ...]:
    weights = valuation.group_weights()
    return tuple(GroupShare(group, value, weights[group]) for group, value in valuation.group_values().items())


def _by_location(state: PortfolioState, valuation: Valuation) -> tuple[LocationShare, ...]:
    values: dict[str | None, Decimal] = defaultdict(lambda: ZERO)
    rows: dict[str | None, int] = defaultdict(int)
    for row in valuation.rows:
        values[row.holding.location] += row.value if row.value is not None else ZERO
        rows[row.holding.location] += 1
    shares = [
        LocationShare(name, state.places.of(name) if name is not None else None, value, rows[name])
        for name, value in values.items()
    ]
    return tuple(sorted(shares, key=lambda share: (-share.value, share.location or "")))


def _counts(valuation: Valuation) -> dict[str, int]:
    named = {row.holding.asset for row in valuation.rows if row.holding.asset is not None}
    of_status = {
        status.value: len(valuation.rows_of(status)) for status in ValueStatus if status is not ValueStatus.PRICED
    }
    negative = sum(row.holding.quantity < ZERO for row in valuation.rows)
    return {"assets": len(named), "rows": len(valuation.rows), "negative": negative, **of_status}
