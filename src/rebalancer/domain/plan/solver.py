"""From a problem to trades: correct, feasible and sparing.

Two stages. ``now`` sells what is free where it is and buys with the cash that is there; ``after`` does the same with
what the moves bring. In each stage excess value is sold, at most as much as can be bought, and the proceeds go to the
buckets that lack most. Money to be taken out and money to be invested are served first. Orders that are too small
merge; while there are more than ``max_orders`` the least size of an order rises. The plan of least objective is
another solver's business; this one proves nothing about the best, only keeps every rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rebalancer.domain.money import ZERO
from rebalancer.domain.plan.bands import Bands
from rebalancer.domain.plan.book import Book
from rebalancer.domain.plan.desk import Desk
from rebalancer.domain.plan.flows import Flows
from rebalancer.domain.plan.orders import Orders
from rebalancer.domain.plan.problem import Problem
from rebalancer.domain.plan.settling import settle
from rebalancer.domain.plan.trades import Stage

_RISE: Final = Decimal("1.25")
_NARROWINGS: Final = 5


@dataclass(frozen=True, slots=True)
class Solution:
    """What the solver decided.

    Attributes:
        desk: Trades and moves, and what is left.
        wanted: Whether a plan was wanted at all.
        withdraw_short: Base currency that could not be freed of what is to be taken out.
        deposit: Base currency to be invested that must be paid in first.
        invest_left: Base currency to be invested that no valid order could spend.
        objective: What the trades are measured by, in base currency; lower is better.
        abandoned: Trades were found, and given up because together they cost more than the deviation they take away.
    """

    desk: Desk
    wanted: bool
    withdraw_short: Decimal
    deposit: Decimal
    invest_left: Decimal
    objective: Decimal
    abandoned: bool = False


def solve(problem: Problem) -> Solution:
    """Find at most ``max_orders`` trades that keep every rule and bring the groups towards their targets.

    With too many orders the least size of an order rises until there are few enough, and is then narrowed down between
    the last size that was too small and the first that was not; the attempt of least objective wins.
    """
    most = problem.inputs.targets.rules.max_orders
    first = _attempt(problem, ZERO)
    if len(first.desk.trades) <= most:
        return first
    too_small, size = ZERO, _order_size(first, most)
    found = _attempt(problem, size)
    while len(found.desk.trades) > most:  # It ends: the size rises past every order there could be.
        too_small, size = size, max(size * _RISE, _order_size(found, most))
        found = _attempt(problem, size)
    return _narrowed(problem, found, too_small, size)


def _order_size(solution: Solution, most: int) -> Decimal:
    """Value of the largest order that is one too many."""
    return sorted((trade.value for trade in solution.desk.trades), reverse=True)[most]


def _narrowed(problem: Problem, found: Solution, too_small: Decimal, enough: Decimal) -> Solution:
    rules, best = problem.inputs.targets.rules, found
    for _ in range(_NARROWINGS):
        size = (too_small + enough) / 2
        tried = _attempt(problem, size)
        if len(tried.desk.trades) > rules.max_orders:
            too_small = size
            continue
        enough = size
        best = min(best, tried, key=lambda solution: solution.objective)
    return best


def _attempt(problem: Problem, threshold: Decimal) -> Solution:
    """One pass with one least order size: money out, money in, then the bands."""
    rules = problem.inputs.targets.rules
    desk = Desk(problem, threshold, dict(problem.cash))
    book = Book(problem, desk)
    orders = Orders(book)
    flows, bands = Flows(book, orders), Bands(book, orders)
    triggered = book.outside_band()
    if rules.withdraw is not None:
        flows.serve_withdrawal(rules.withdraw)
    if rules.invest is not None:
        flows.serve_investment(rules.invest)
    if triggered:
        bands.rebalance(Stage.NOW)
        bands.rebalance_after_moves()
        settle(problem, desk)
    wanted = triggered or rules.withdraw is not None or rules.invest is not None
    return Solution(desk, wanted, flows.withdraw_short, book.deposit, flows.invest_left, book.objective())
