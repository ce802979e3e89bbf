from __future__ import annotations

from datetime import date

from rebalancer.adapters.reference import coingecko_ids, load_registry, load_taxonomy, load_venues
from rebalancer.domain.assets import Asset, AssetId, AssetKind, Decision
from rebalancer.domain.places import Executor, guess_place
from rebalancer.domain.taxonomy import GROUPS, UNCLASSIFIED


def test_the_registry_has_at_least_six_hundred_assets_each_in_a_group_of_the_eleven() -> None:
    registry, taxonomy = load_registry(), load_taxonomy()
    assert len(registry.assets) >= 600
    assert {taxonomy.group_of(asset) for asset in registry.assets} <= {*GROUPS, UNCLASSIFIED}
    assert all(asset.base is None or asset.base in registry.assets for asset in registry.assets.values())


def test_every_symbol_of_an_asset_leads_to_it() -> None:
    registry = load_registry()
    for asset in registry.assets.values():
        assert all(asset.id in registry.bearers(symbol) for symbol in (asset.symbol, *asset.other_symbols))
        assert not any(" " in symbol for symbol in asset.other_symbols)


def test_the_curated_registry_is_read_once() -> None:
    assert load_registry() is load_registry()


def test_decisions_and_own_assets_lie_over_the_curated_ones() -> None:
    mine = Asset(AssetId("my-token"), "MYT", "My token", AssetKind.TOKEN)
    registry = load_registry([Decision("cointracking", "SCAM", None)], [mine])
    assert registry.identify("cointracking", "SCAM").ignored
    assert registry.identify("cointracking", "MYT").asset == "my-token"
    assert load_registry().identify("cointracking", "MYT").asset is None


def test_a_group_that_the_person_chose_goes_first() -> None:
    assert load_taxonomy({AssetId("bitcoin"): "Others"}).group_of(AssetId("bitcoin")) == "Others"
    assert load_taxonomy().group_of(AssetId("bitcoin")) == "BTC"


def test_notes_of_the_alias_table_name_candidates() -> None:
    identity = load_registry().identify("cointracking", "SOL")
    assert identity.asset is None
    assert "solana" in identity.candidates


def test_a_bundle_of_a_thousand_is_not_identified_even_by_the_name_of_the_coin() -> None:
    identity = load_registry().identify("*", "1000SHIB", name="Shiba Inu")
    assert (identity.asset, identity.candidates) == (None, ())


def test_aliases_are_valid_in_time() -> None:
    registry = load_registry()
    dated = [alias for rows in registry.aliases.values() for alias in rows if alias.valid_to]
    assert dated
    for alias in dated:
        assert alias.valid_to is not None
        before, after = (
            registry.identify(alias.source, alias.symbol, day=day) for day in (date(2010, 1, 1), alias.valid_to)
        )
        assert after.asset != alias.asset or before.asset == after.asset


def test_a_venue_that_closed_trades_nothing() -> None:
    closed = [venue for venue in load_venues() if venue.closed]
    assert closed
    assert guess_place(closed[0].names[0], load_venues()).executor is Executor.NONE
    assert guess_place("Kraken", load_venues()).venue == "kraken"


def test_coingecko_ids_belong_to_assets_of_the_registry() -> None:
    assert coingecko_ids()[AssetId("bitcoin")] == "bitcoin"
    assert set(coingecko_ids()) <= set(load_registry().assets)
