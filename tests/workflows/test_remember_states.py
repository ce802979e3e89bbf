"""What is kept in memory is bounded and never stale."""

from __future__ import annotations

from dataclasses import replace

from rebalancer.adapters.memory import RecentMemory
from rebalancer.domain.prices import Quote, Quotes
from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.read_portfolio import read_portfolio
from tests.support.files import hold


def kept(memory: RecentMemory, *keys: str) -> list[str]:
    return [key for key in keys if memory.recall(key) is not None]


def test_rows_bound_what_is_kept_and_the_one_asked_for_least_makes_room() -> None:
    memory = RecentMemory(values_max=9, rows_max=100)
    for key in ("a", "b"):
        memory.keep(key, key.upper(), size=40)
    assert memory.recall("a") == "A"
    memory.keep("c", "C", size=40)
    assert kept(memory, "a", "b", "c") == ["a", "c"]
    memory.keep("d", "D", size=100)
    assert kept(memory, "a", "b", "c", "d") == ["d"]


def test_a_value_larger_than_all_room_is_not_kept_and_drives_nothing_out() -> None:
    memory = RecentMemory(rows_max=100)
    memory.keep("a", "A", size=40)
    memory.keep("b", "B", size=101)
    assert kept(memory, "a", "b") == ["a"]


def test_a_value_that_is_kept_anew_counts_once() -> None:
    memory = RecentMemory(rows_max=100)
    for size in (60, 70, 30):
        memory.keep("a", "A", size=size)
    memory.keep("b", "B", size=70)
    assert kept(memory, "a", "b") == ["a", "b"]
    memory.keep("a", "A", size=101)
    assert kept(memory, "a", "b") == ["b"], "the former value would be stale"


def test_small_values_are_bounded_by_their_number() -> None:
    memory = RecentMemory(values_max=2)
    for key in ("a", "b", "c"):
        memory.keep(key, key, size=0)
    assert kept(memory, "a", "b", "c") == ["b", "c"]


async def test_a_state_is_joined_once_while_nothing_changes(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id)
    first = await read_portfolio(app, portfolio.id)
    assert await read_portfolio(app, portfolio.id) is first
    assert first.valuation is first.valuation
    await hold(app, portfolio.id, "BTC,1,Kraken,64000,USD", account="Second")
    assert await read_portfolio(app, portfolio.id) is not first


async def test_a_portfolio_with_more_rows_than_there_is_room_for_is_read_anew(
    app: Application, portfolio: Portfolio
) -> None:
    small = replace(app, memory=RecentMemory(rows_max=3))
    await hold(small, portfolio.id)
    first = await read_portfolio(small, portfolio.id)
    assert len(first.rows) == 4
    again = await read_portfolio(small, portfolio.id)
    assert again is not first
    assert again.valuation == first.valuation


async def test_a_changed_state_is_valued_anew(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "BTC,1,Kraken,64000,USD")
    state = await read_portfolio(app, portfolio.id)
    assert state.valuation.total_value == 64000
    asset = state.holdings[0].asset
    assert asset is not None
    quote = Quote(asset, state.valuation.total_value * 2, "USD", "user_file", None)
    assert replace(state, quotes=Quotes.of([quote])).valuation.total_value == 128000
    assert replace(state, rows=()).valuation.total_value == 0
