"""Show the taxonomy: which held asset belongs to which group, and what nobody has identified yet."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal

from rebalancer.domain.assets import Asset, AssetId, Decision
from rebalancer.domain.money import ZERO
from rebalancer.domain.taxonomy import GROUPS, UNCLASSIFIED
from rebalancer.domain.valuation import ValuedHolding, ValueStatus
from rebalancer.ports.application import Application
from rebalancer.workflows.join_portfolio import PortfolioState
from rebalancer.workflows.read_portfolio import read_portfolio


@dataclass(frozen=True, slots=True)
class Member:
    """One held asset of a group: value of all its rows; ``chosen`` when the person put it there."""

    asset: Asset
    value: Decimal
    chosen: bool


@dataclass(frozen=True, slots=True)
class GroupMembers:
    """One group and the held assets in it, largest value first."""

    group: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """One symbol of one source that stands for no asset yet.

    Attributes:
        source: Alias source that a decision about it is stored under.
        symbol: As written there.
        name: Long name beside it, or None.
        candidates: Assets that it may be; may be empty.
        quantity: Units over all rows.
        value: Value over all rows; None when no row has any.
        rows: Rows that carry it.
        ignored: The person has set it aside.
    """

    source: str
    symbol: str
    name: str | None
    candidates: tuple[Asset, ...]
    quantity: Decimal
    value: Decimal | None
    rows: int
    ignored: bool


@dataclass(frozen=True, slots=True)
class TaxonomyView:
    """The eleven groups (and ``Unclassified`` for identified assets that no table places) and the decisions so far."""

    groups: tuple[GroupMembers, ...]
    decisions: tuple[Decision, ...]
    currency: str


async def show_taxonomy(app: Application, portfolio_id: str) -> TaxonomyView:
    """Every group with the held assets in it.

    Raises:
        NotFoundError: ``portfolio_not_found``.
        CurrencyMismatchError: ``currency_mismatch``.
    """
    state = await read_portfolio(app, portfolio_id)
    return await asyncio.to_thread(_view, state)


async def list_unknown(app: Application, portfolio_id: str) -> tuple[Unknown, ...]:
    """Every symbol that nobody has identified, largest value first; those set aside come last.

    Raises:
        NotFoundError: ``portfolio_not_found``.
        CurrencyMismatchError: ``currency_mismatch``.
    """
    state = await read_portfolio(app, portfolio_id)
    return await asyncio.to_thread(_unknown, state)


def _view(state: PortfolioState) -> TaxonomyView:
    values: dict[AssetId, Decimal] = {}
    for row in state.valuation.rows:
        if row.holding.asset is not None:
            values[row.holding.asset] = values.get(row.holding.asset, ZERO) + (row.value or ZERO)
    members: dict[str, list[Member]] = {group: [] for group in (*GROUPS, UNCLASSIFIED)}
    for asset, value in sorted(values.items(), key=lambda item: (-item[1], item[0])):
        member = Member(state.registry[asset], value, asset in state.taxonomy.chosen)
        members[state.taxonomy.group_of(asset)].append(member)
    groups = tuple(GroupMembers(group, tuple(found)) for group, found in members.items())
    return TaxonomyView(groups, tuple(state.registry.decisions.values()), state.currency)


def _unknown(state: PortfolioState) -> tuple[Unknown, ...]:
    grouped: dict[tuple[str, str], list[ValuedHolding]] = {}
    for row, valued in zip(state.rows, state.valuation.rows, strict=True):
        if valued.status in {ValueStatus.UNCLASSIFIED, ValueStatus.IGNORED} and row.holding.asset is None:
            grouped.setdefault((row.alias_source, row.holding.symbol), []).append(valued)
    found = [_merged(state, source, rows) for (source, _), rows in grouped.items()]
    return tuple(sorted(found, key=lambda item: (item.ignored, -abs(item.value or ZERO), item.symbol, item.source)))


def _merged(state: PortfolioState, source: str, rows: list[ValuedHolding]) -> Unknown:
    values = [row.value for row in rows if row.value is not None]
    first = rows[0].holding
    return Unknown(
        source=source,
        symbol=first.symbol,
        name=first.name,
        candidates=tuple(state.registry[asset] for asset in first.candidates),
        quantity=sum((row.holding.quantity for row in rows), ZERO),
        value=sum(values, ZERO) if values else None,
        rows=len(rows),
        ignored=first.ignored,
    )
