from __future__ import annotations

import asyncio

import pytest

from rebalancer.errors import InputError, NotFoundError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.create_portfolio import (
    create_portfolio,
    ensure_portfolio,
    find_portfolio,
    list_portfolios,
)


async def test_a_fresh_install_gets_one_portfolio_and_keeps_it(app: Application) -> None:
    first = await ensure_portfolio(app)
    assert await ensure_portfolio(app) == first
    assert await list_portfolios(app) == (first,)


async def test_a_portfolio_is_found_by_its_id(app: Application, portfolio: Portfolio) -> None:
    assert await find_portfolio(app, portfolio.id) == portfolio
    with pytest.raises(NotFoundError, match="portfolio_not_found"):
        await find_portfolio(app, "Main")


@pytest.mark.parametrize(
    ("name", "code"), [("  ", "name_empty"), ("x" * 81, "name_too_long"), ("a\u202eb", "name_unprintable")]
)
async def test_a_name_that_cannot_be_read_back_is_refused(app: Application, name: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        await create_portfolio(app, name)


async def test_white_space_around_a_name_does_not_count(app: Application) -> None:
    assert (await create_portfolio(app, "  Savings ")).name == "Savings"


async def test_ids_are_safe_in_addresses_and_never_repeat(app: Application) -> None:
    ids = {app.ids.new() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(new) == 26 and new.isalnum() and new == new.lower() for new in ids)


async def test_processes_that_start_together_share_the_first_portfolio(app: Application) -> None:
    found = await asyncio.gather(*(ensure_portfolio(app) for _ in range(5)))
    assert len({portfolio.id for portfolio in found}) == 1
