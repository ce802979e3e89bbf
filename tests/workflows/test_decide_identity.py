from __future__ import annotations

from decimal import Decimal

import pytest

from rebalancer.domain.assets import AssetId, Decision
from rebalancer.domain.valuation import ValueStatus
from rebalancer.errors import InputError, NotFoundError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Portfolio
from rebalancer.workflows.choose_groups import choose_groups
from rebalancer.workflows.decide_identity import IdentityChoice, NewAsset, decide_identity
from rebalancer.workflows.forget_identity import DecidedSymbol, forget_identity
from rebalancer.workflows.read_portfolio import read_portfolio
from rebalancer.workflows.search_assets import find_asset, search_assets
from rebalancer.workflows.show_taxonomy import list_unknown, show_taxonomy
from tests.support.files import hold

ROWS = (
    "BTC,1,Kraken,64000,USD",
    "AAAX,5,Kraken,50,USD",
    "AAAX,1,Binance,10,USD",
    "BBBX,2,Kraken,,",
    "CCCX,3,Kraken,300,USD",
)


async def test_what_nobody_knows_is_listed_largest_first(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, *ROWS)
    unknown = await list_unknown(app, portfolio.id)
    assert [(item.symbol, item.rows, item.quantity, item.value) for item in unknown] == [
        ("CCCX", 1, Decimal(3), Decimal(300)),
        ("AAAX", 2, Decimal(6), Decimal(60)),
        ("BBBX", 1, Decimal(2), None),
    ]
    assert {item.source for item in unknown} == {"*"}


async def test_candidates_are_offered_with_their_names(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "SOL2,1,Kraken,150,USD")
    (unknown,) = await list_unknown(app, portfolio.id)
    assert [asset.name for asset in unknown.candidates] == ["Solana"]


async def test_a_decision_lasts_over_new_files(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, *ROWS)
    await decide_identity(app, portfolio.id, [IdentityChoice("*", "AAAX", asset=AssetId("solana"))])
    await hold(app, portfolio.id, "AAAX,2,Kraken,20,USD")
    state = await read_portfolio(app, portfolio.id)
    assert [row.holding.asset for row in state.rows] == ["solana"]
    assert state.valuation.group_values() == {"SOL": 20}


async def test_many_are_decided_at_once(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, *ROWS)
    decisions = await decide_identity(
        app,
        portfolio.id,
        [
            IdentityChoice("*", "AAAX", new=NewAsset("Épic Coin!", "DeFi")),
            IdentityChoice("*", "BBBX", ignore=True),
            IdentityChoice("*", "CCCX", new=NewAsset("Épic Coin!", "Memecoins")),
        ],
    )
    assert decisions == (
        Decision("*", "AAAX", AssetId("own-epic-coin")),
        Decision("*", "BBBX", None),
        Decision("*", "CCCX", AssetId("own-epic-coin")),
    )
    valuation = (await read_portfolio(app, portfolio.id)).valuation
    assert valuation.group_values() == {"BTC": 64000, "Memecoins": 360}
    assert len(valuation.rows_of(ValueStatus.IGNORED)) == 1
    assert [(item.symbol, item.ignored) for item in await list_unknown(app, portfolio.id)] == [("BBBX", True)]
    events = await app.journal.events(after=2)
    assert [(event.action, event.subject) for event in events] == [
        ("identity_decided", "*:AAAX"),
        ("identity_decided", "*:BBBX"),
        ("identity_decided", "*:CCCX"),
    ]


async def test_two_new_assets_never_share_an_id(app: Application, portfolio: Portfolio) -> None:
    choices = [
        IdentityChoice("*", symbol, new=NewAsset(name, "DeFi"))
        for symbol, name in (("A", "Foo Bar"), ("B", "foo-bar"), ("C", "FOO  BAR"), ("D", "狗"))
    ]
    decisions = await decide_identity(app, portfolio.id, choices)
    assert [decision.asset for decision in decisions] == ["own-foo-bar", "own-foo-bar-2", "own-foo-bar-3", "own-asset"]


async def test_one_bad_choice_stores_none_and_each_is_named(app: Application, portfolio: Portfolio) -> None:
    choices = [
        IdentityChoice("*", "OK", ignore=True),
        IdentityChoice("*", "A"),
        IdentityChoice("*", "B", asset=AssetId("bitcoin"), ignore=True),
        IdentityChoice("*", "C", asset=AssetId("no-such-asset")),
        IdentityChoice("*", "D", new=NewAsset("D", "Dogs")),
        IdentityChoice("*", "E", new=NewAsset(" ", "DeFi")),
        IdentityChoice("*", "OK", ignore=True),
        IdentityChoice("", "F", ignore=True),
    ]
    with pytest.raises(InputError, match="decisions_invalid") as caught:
        await decide_identity(app, portfolio.id, choices)
    assert [(issue.line, issue.code) for issue in caught.value.issues] == [
        (2, "choice_not_one"),
        (3, "choice_not_one"),
        (4, "unknown_asset"),
        (5, "unknown_group"),
        (6, "name_empty"),
        (7, "choice_repeated"),
        (8, "name_empty"),
    ]
    async with app.journal.view(portfolio.id) as view:
        assert await view.decisions.identities() == ()


async def test_no_choice_is_no_decision(app: Application, portfolio: Portfolio) -> None:
    with pytest.raises(InputError, match="decisions_invalid"):
        await decide_identity(app, portfolio.id, [])
    with pytest.raises(InputError, match="nothing_chosen"):
        await choose_groups(app, portfolio.id, {})


async def test_a_decision_can_be_taken_back(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, *ROWS)
    await decide_identity(app, portfolio.id, [IdentityChoice("*", "BTC", ignore=True)])
    assert (await read_portfolio(app, portfolio.id)).valuation.planning_value == 0
    await forget_identity(app, portfolio.id, [DecidedSymbol("*", "BTC")])
    assert (await read_portfolio(app, portfolio.id)).valuation.planning_value == 64000
    with pytest.raises(NotFoundError, match="decision_not_found"):
        await forget_identity(app, portfolio.id, [DecidedSymbol("*", "BTC")])


async def test_an_asset_moves_to_the_group_that_the_person_chooses(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, *ROWS)
    await choose_groups(app, portfolio.id, {AssetId("bitcoin"): "Others"})
    groups = {item.group: item.members for item in (await show_taxonomy(app, portfolio.id)).groups}
    assert [(member.asset.id, member.value, member.chosen) for member in groups["Others"]] == [
        (AssetId("bitcoin"), Decimal(64000), True)
    ]
    assert groups["BTC"] == ()


async def test_the_last_word_on_the_group_of_an_own_asset_counts(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, *ROWS)
    own = AssetId("own-foo")

    async def group() -> str:
        return (await read_portfolio(app, portfolio.id)).taxonomy.group_of(own)

    await decide_identity(app, portfolio.id, [IdentityChoice("*", "AAAX", new=NewAsset("Foo", "DeFi"))])
    assert await group() == "DeFi"
    await choose_groups(app, portfolio.id, {own: "Others"})
    assert await group() == "Others"
    await decide_identity(app, portfolio.id, [IdentityChoice("*", "BBBX", new=NewAsset("Foo", "SOL"))])
    assert await group() == "SOL"


async def test_groups_are_stored_all_or_none(app: Application, portfolio: Portfolio) -> None:
    with pytest.raises(InputError, match="unknown_group"):
        await choose_groups(app, portfolio.id, {AssetId("bitcoin"): "BTC", AssetId("solana"): "Dogs"})
    with pytest.raises(NotFoundError, match="asset_not_found"):
        await choose_groups(app, portfolio.id, {AssetId("bitcoin"): "Others", AssetId("nothing"): "BTC"})
    async with app.journal.view(portfolio.id) as view:
        assert await view.decisions.groups() == {}


async def test_assets_are_found_by_symbol_name_or_id(app: Application) -> None:
    assert search_assets(app, "btc")[0].asset.id == "bitcoin"
    assert search_assets(app, "Bitcoin")[0].asset.id == "bitcoin"
    assert "lido-staked-ether" in {found.asset.id for found in search_assets(app, "staked", 500)}
    assert search_assets(app, "no such thing at all") == ()
    assert len(search_assets(app, "", 7)) == 7
    assert find_asset(app, "bitcoin").group == "BTC"
    with pytest.raises(NotFoundError, match="asset_not_found"):
        find_asset(app, "nothing")


async def test_values_of_members_add_up_over_places(app: Application, portfolio: Portfolio) -> None:
    await hold(app, portfolio.id, "BTC,1,Kraken,64000,USD", "BTC,-0.5,Binance,-32000,USD", "ETH,1,Kraken,,")
    view = await show_taxonomy(app, portfolio.id)
    found = {member.asset.id: member.value for group in view.groups for member in group.members}
    assert found == {"bitcoin": Decimal(32000), "ethereum": Decimal(0)}
