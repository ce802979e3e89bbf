"""Measure drift: held against target, per group, for the whole portfolio."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rebalancer.domain import drift
from rebalancer.domain.drift import Drift
from rebalancer.domain.valuation import Valuation
from rebalancer.errors import ConflictError
from rebalancer.ports.application import Application
from rebalancer.workflows.join_portfolio import PortfolioState
from rebalancer.workflows.read_portfolio import read_portfolio


@dataclass(frozen=True, slots=True)
class DriftReport:
    """Drift of every group that the targets name.

    Attributes:
        drifts: In alphabetical order of group.
        worst: The one farthest from its target; None when the targets name no group.
        targets_version: Version of the targets.
        valuation: What it was measured on.
        state: What that was made from.
    """

    drifts: tuple[Drift, ...]
    worst: Drift | None
    targets_version: int
    valuation: Valuation
    state: PortfolioState

    @property
    def outside(self) -> tuple[Drift, ...]:
        """Groups outside their band."""
        return tuple(item for item in self.drifts if item.outside)


async def measure_drift(app: Application, portfolio_id: str) -> DriftReport:
    """Compare what is held with the current targets.

    Raises:
        NotFoundError: ``portfolio_not_found``.
        ConflictError: ``targets_missing``: no targets were saved yet.
        PlanRefusedError: ``group_not_in_targets``.
        CurrencyMismatchError: ``currency_mismatch``.
    """
    state = await read_portfolio(app, portfolio_id)
    return await asyncio.to_thread(drift_report, state)


def drift_report(state: PortfolioState) -> DriftReport:
    """Value the portfolio and measure it against its targets.

    Raises:
        ConflictError: ``targets_missing``.
        PlanRefusedError: ``group_not_in_targets``.
    """
    if state.targets is None or state.version is None:
        raise ConflictError("targets_missing")
    valuation = state.valuation
    drifts = drift.measure_drift(valuation.group_weights(), state.targets)
    return DriftReport(drifts, drift.worst_drift(drifts), state.version.version, valuation, state)
