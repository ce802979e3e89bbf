"""An own asset lives as long as a decision names it, on both engines."""

from __future__ import annotations

import pytest

from rebalancer.domain.assets import AssetId
from rebalancer.errors import ConflictError, NotFoundError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.choose_groups import choose_groups
from rebalancer.workflows.decide_identity import IdentityChoice, NewAsset, decide_identity
from rebalancer.workflows.forget_identity import DecidedSymbol, forget_identity
from rebalancer.workflows.read_portfolio import read_portfolio
from rebalancer.workflows.save_targets import save_targets
from rebalancer.workflows.show_taxonomy import list_unknown
from tests.support.files import hold

OWN = AssetId("own-foo")
MINE = NewAsset("Foo", "DeFi")


async def assets(app: Application, portfolio: Portfolio) -> dict[str, str | None]:
    return {row.holding.symbol: row.holding.asset for row in (await read_portfolio(app, portfolio.id)).rows}


async def decide(app: Application, portfolio: Portfolio, *symbols: str, new: NewAsset | None = MINE) -> None:
    asset = None if new is not None else AssetId("bitcoin")
    await decide_identity(app, portfolio.id, [IdentityChoice("*", symbol, asset, new) for symbol in symbols])


async def forget(app: Application, portfolio: Portfolio, *symbols: str) -> None:
    await forget_identity(app, portfolio.id, [DecidedSymbol("*", symbol) for symbol in symbols])


@pytest.fixture(autouse=True)
async def _held(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "AAAX,5,Kraken,50,USD", "BBBX,2,Kraken,20,USD")


async def test_a_symbol_whose_new_asset_is_taken_back_is_unknown_again(app: Application, portfolio: Portfolio) -> None:
    await decide(app, portfolio, "AAAX")
    await choose_groups(app, portfolio.id, {OWN: "Others"})
    assert await assets(app, portfolio) == {"AAAX": OWN, "BBBX": None}
    await forget(app, portfolio, "AAAX")
    assert [item.symbol for item in await list_unknown(app, portfolio.id)] == ["AAAX", "BBBX"]
    async with app.journal.view(portfolio.id) as view:
        assert (await view.decisions.own_assets(), await view.decisions.groups()) == ((), {})
    actions = [(event.action, event.subject) for event in await app.journal.events()]
    assert actions[-2:] == [("identity_forgotten", "*:AAAX"), ("own_asset_forgotten", OWN)]


async def test_an_own_asset_stays_while_another_symbol_is_it_but_the_ticker_goes(
    app: Application, portfolio: Portfolio
) -> None:
    await decide(app, portfolio, "AAAX", "BBBX")
    await forget(app, portfolio, "AAAX")
    assert await assets(app, portfolio) == {"AAAX": None, "BBBX": OWN}
    await forget(app, portfolio, "BBBX")
    assert await assets(app, portfolio) == {"AAAX": None, "BBBX": None}


async def test_many_decisions_are_taken_back_at_once_or_none(app: Application, portfolio: Portfolio) -> None:
    await decide(app, portfolio, "AAAX", "BBBX")
    with pytest.raises(NotFoundError, match="decision_not_found"):
        await forget(app, portfolio, "AAAX", "BBBX", "CCCX")
    assert await assets(app, portfolio) == {"AAAX": OWN, "BBBX": OWN}
    await forget(app, portfolio, "AAAX", "BBBX", "AAAX")
    assert await assets(app, portfolio) == {"AAAX": None, "BBBX": None}


async def test_a_symbol_that_is_decided_anew_leaves_no_own_asset_behind(app: Application, portfolio: Portfolio) -> None:
    await decide(app, portfolio, "AAAX")
    await decide(app, portfolio, "AAAX", new=None)
    await forget(app, portfolio, "AAAX")
    assert await assets(app, portfolio) == {"AAAX": None, "BBBX": None}
    await decide(app, portfolio, "BBBX")
    assert await assets(app, portfolio) == {"AAAX": None, "BBBX": OWN}, "the name is free for another symbol"


@pytest.mark.parametrize("name", [OWN, "AAAX"])
async def test_an_own_asset_that_the_targets_name_is_not_forgotten(
    app: Application, portfolio: Portfolio, name: str
) -> None:
    await decide(app, portfolio, "AAAX", "BBBX" if name == "AAAX" else "AAAY")
    targets = '[targets]\nDeFi = "100%"\n'
    await save_targets(app, portfolio.id, f'{targets}[rules]\nnever_buy = ["{name}"]\n')
    symbols = ("AAAX",) if name == "AAAX" else ("AAAX", "AAAY")
    with pytest.raises(ConflictError, match="own_asset_in_targets"):
        await forget(app, portfolio, *symbols)
    if name == OWN:
        with pytest.raises(ConflictError, match="own_asset_in_targets"):
            await decide(app, portfolio, *symbols, new=None)
    assert (await assets(app, portfolio))["AAAX"] == OWN
    await save_targets(app, portfolio.id, targets)
    await forget(app, portfolio, *symbols)
    assert (await assets(app, portfolio))["AAAX"] is None
