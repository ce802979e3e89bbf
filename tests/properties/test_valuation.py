from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from rebalancer.domain.drift import measure_drift, target_weights
from rebalancer.domain.holdings import Holding
from rebalancer.domain.money import install_decimal_context, total
from rebalancer.domain.places import Availability
from rebalancer.domain.prices import Quotes
from rebalancer.domain.targets import Targets
from rebalancer.domain.valuation import Valuation, ValueStatus, value_holdings
from tests.support.portfolios import GROUPS, PRICES, REGISTRY, TAXONOMY, usd_quotes

install_decimal_context()

quantities = st.decimals(min_value=-50, max_value=5000, allow_nan=False, places=8)
values = st.none() | st.decimals(min_value=-500, max_value=50_000, allow_nan=False, places=2)
assets = st.sampled_from([None, *PRICES])
rows = st.builds(
    lambda asset, quantity, place, value, ignored: Holding(
        REGISTRY[asset].symbol if asset else "WHATSIT",
        None,
        asset,
        quantity,
        place,
        Availability.FREE,
        None,
        value,
        ignored=ignored and asset is None,
    ),
    assets,
    quantities,
    st.sampled_from([None, "Kraken", "Ledger Wallets"]),
    values,
    st.booleans(),
)
portfolios = st.lists(rows, max_size=12)
quotes = st.sets(st.sampled_from(list(PRICES)), max_size=8).map(lambda known: usd_quotes({a: PRICES[a] for a in known}))


def valued(holdings: Sequence[Holding], known: Quotes, currency: str = "USD") -> Valuation:
    return value_holdings(holdings, known, TAXONOMY, source_currency="USD", currency=currency)


@given(portfolios, quotes)
def test_the_total_is_the_sum_of_the_rows_to_the_last_digit(holdings: list[Holding], known: Quotes) -> None:
    valuation = valued(holdings, known)
    assert valuation.total_value == sum((row.value for row in valuation.rows if row.value is not None), Decimal(0))
    assert valuation.total_value == total(valuation.value_of(status) for status in ValueStatus)
    assert [row.holding for row in valuation.rows] == holdings


@given(portfolios)
def test_without_outside_prices_the_total_is_that_of_the_export(holdings: list[Holding]) -> None:
    stated = [row for row in holdings if row.value is not None]
    assert valued(stated, Quotes()).total_value == total(row.value for row in stated if row.value is not None)


@given(portfolios, quotes)
def test_the_planning_value_counts_no_debt_and_no_unknown(holdings: list[Holding], known: Quotes) -> None:
    valuation = valued(holdings, known)
    assert all(position.planning_value >= 0 for position in valuation.positions.values())
    assert valuation.planning_value == total(valuation.group_values().values())
    owned = [position for position in valuation.positions.values() if position.quantity > 0 and position.value > 0]
    assert valuation.planning_value == total(position.value for position in owned)
    counted = {row.holding.asset for row in valuation.rows_of(ValueStatus.PRICED)}
    assert set(valuation.positions) == counted


@given(portfolios, quotes)
def test_group_weights_sum_to_one_or_to_nothing(holdings: list[Holding], known: Quotes) -> None:
    valuation = valued(holdings, known)
    weights = valuation.group_weights()
    expected = 1 if valuation.planning_value > 0 else 0
    assert abs(total(weights.values()) - expected) <= Decimal("1e-12") * len(GROUPS)


@given(portfolios, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_value(holdings: list[Holding], shuffler: Random) -> None:
    mixed = list(holdings)
    shuffler.shuffle(mixed)
    first, second = valued(holdings, usd_quotes()), valued(mixed, usd_quotes())
    assert first.positions == second.positions
    assert first.total_value == second.total_value


@given(rows, st.integers(1, 99))
def test_a_row_split_in_two_is_worth_the_same(row: Holding, percent: int) -> None:
    part = row.quantity * percent / 100
    pieces = [replace(row, quantity=part, value=None), replace(row, quantity=row.quantity - part, value=None)]
    whole = valued([replace(row, value=None)], usd_quotes())
    split = valued(pieces, usd_quotes())
    assert split.total_value == whole.total_value
    assert split.positions == whole.positions


@given(portfolios)
def test_converting_at_the_same_prices_leaves_the_weights(holdings: list[Holding]) -> None:
    dollars, euros = valued(holdings, usd_quotes()), valued(holdings, usd_quotes(), "EUR")
    for group, weight in dollars.group_weights().items():
        assert abs(euros.group_weights()[group] - weight) <= Decimal("1e-11")


@st.composite
def weighings(draw: st.DrawFn) -> dict[str, Decimal]:
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=len(GROUPS) - 1, max_size=len(GROUPS) - 1)))
    ends = zip([0, *cuts], [*cuts, 1000], strict=True)
    return {group: Decimal(end - start) / 1000 for group, (start, end) in zip(GROUPS, ends, strict=True)}


@given(held=weighings(), target=weighings())
def test_overweights_and_underweights_cancel(held: dict[str, Decimal], target: dict[str, Decimal]) -> None:
    drifts = measure_drift(held, Targets("USD", target))
    assert abs(total(drift.drift for drift in drifts)) < Decimal("1e-24")
    assert all(drift.outside == (abs(drift.drift) > drift.half_width) for drift in drifts)


@given(held=weighings(), target=weighings(), group=st.sampled_from([name for name in GROUPS if name != "Stablecoins"]))
def test_a_group_on_hold_never_drifts(held: dict[str, Decimal], target: dict[str, Decimal], group: str) -> None:
    shares = dict(target)
    shares["Stablecoins"] += shares.pop(group)
    targets = Targets("USD", shares, frozenset({group}))
    drifts = {drift.group: drift for drift in measure_drift(held, targets)}
    assert drifts[group].drift == 0
    assert not drifts[group].outside
    assert abs(total(target_weights(held, targets).values()) - 1) <= Decimal("1e-12") * len(GROUPS)
