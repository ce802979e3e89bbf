"""Remember states: one that was joined from the very same stored things is not joined again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable

from rebalancer.ports.memory import Memory
from rebalancer.workflows.join_portfolio import PortfolioState
from rebalancer.workflows.load_portfolio import StoredPortfolio


async def remember_state(
    memory: Memory, facts: StoredPortfolio, join: Callable[[], Awaitable[PortfolioState]]
) -> PortfolioState:
    """The state in memory when it was made from the same facts, else the one that ``join`` makes, kept from now on.

    Args:
        memory: Where states are kept.
        facts: Everything that is stored but for the large documents, which it names by their hashes.
        join: Makes the state anew.
    """
    key = _key_of(facts)
    kept = memory.recall(key)
    if isinstance(kept, PortfolioState):
        return kept
    state = await join()
    memory.keep(key, state, size=_size_of(state))
    return state


def _key_of(facts: StoredPortfolio) -> Hashable:
    """Everything that a state is made from; two portfolios that differ in anything have different keys."""
    return (
        "portfolio_state",
        facts.portfolio,
        facts.accounts,
        facts.identities,
        facts.own_assets,
        tuple(facts.groups.items()),
        facts.said,
        tuple(facts.files.items()),
        facts.version,
    )


def _size_of(state: PortfolioState) -> int:
    """Rows, quotes and markets in it: what its memory grows with."""
    return len(state.rows) + len(state.quotes.by_key) + len(state.markets or ())
