"""Which asset a symbol means; places; groups."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalancer.domain.assets import Alias, Asset, AssetId, AssetKind, Decision, Identity, Registry
from rebalancer.domain.holdings import RawHolding, Reading, identify_holdings
from rebalancer.domain.money import install_decimal_context
from rebalancer.domain.places import (
    Availability,
    Executor,
    PlaceKind,
    Places,
    Venue,
    availability_at,
    default_availability,
    guess_place,
)
from rebalancer.domain.taxonomy import GROUPS, Taxonomy, check_group
from rebalancer.errors import AmbiguousAssetError, InputError, UnknownAssetError
from tests.support.portfolios import VENUES

install_decimal_context()


def _asset(name: str, symbol: str, kind: AssetKind = AssetKind.COIN, *others: str) -> Asset:
    return Asset(AssetId(name), symbol, name.title(), kind, None, others)


ASSETS = (
    _asset("bitcoin", "BTC", AssetKind.COIN, "XBT"),
    _asset("solana", "SOL"),
    _asset("sola", "SOLA"),
    _asset("gas", "GAS"),
    _asset("gas-dao", "GAS"),
    _asset("old", "LUNA"),
    _asset("new", "LUNB"),
)
ALIASES = (
    Alias("cointracking", "SOL2", AssetId("solana")),
    Alias("cointracking", "SOL", None, candidates=(AssetId("sola"),)),
    Alias("*", "XXBT", AssetId("bitcoin")),
    Alias("kraken", "LUNA", AssetId("old"), valid_to=date(2022, 5, 28)),
    Alias("kraken", "LUNA", AssetId("new"), valid_from=date(2022, 5, 28)),
)
REGISTRY = Registry.build(
    ASSETS,
    ALIASES,
    (Decision("cointracking", "SPAM", None), Decision("*", "MINE", AssetId("gas"))),
)


@pytest.mark.parametrize(
    ("source", "symbol", "asset"),
    [
        ("cointracking", "SOL2", "solana"),
        ("cointracking", "BTC", "bitcoin"),
        ("cointracking", "xbt", "bitcoin"),
        ("anywhere", "XXBT", "bitcoin"),
        ("anywhere", "SOL", "solana"),
        ("anywhere", "MINE", "gas"),
        ("*", "gas-dao", "gas-dao"),
    ],
)
def test_a_symbol_leads_to_one_asset(source: str, symbol: str, asset: str) -> None:
    assert REGISTRY.identify(source, symbol).asset == asset


def test_an_alias_holds_from_its_first_day_to_the_day_before_its_last() -> None:
    found = [REGISTRY.identify("kraken", "LUNA", day=date(2022, 5, day)).asset for day in (27, 28)]
    assert found == ["old", "new"]
    assert REGISTRY.identify("kraken", "LUNA").asset == "new"


def test_a_treacherous_or_shared_symbol_is_not_identified_without_its_name() -> None:
    assert REGISTRY.identify("cointracking", "SOL") == Identity(candidates=(AssetId("sola"), AssetId("solana")))
    assert REGISTRY.identify("cointracking", "SOL", name=" solana ").asset == "solana"
    assert REGISTRY.identify("x", "GAS") == Identity(candidates=(AssetId("gas"), AssetId("gas-dao")))
    assert REGISTRY.identify("x", "GAS", name="Gas-Dao").asset == "gas-dao"


def test_what_the_person_set_aside_is_ignored() -> None:
    assert REGISTRY.identify("cointracking", "SPAM") == Identity(ignored=True)
    assert REGISTRY.identify("kraken", "SPAM") == Identity()


def test_a_number_at_the_end_of_a_symbol_offers_candidates_and_no_answer() -> None:
    assert REGISTRY.identify("x", "BTC3") == Identity(candidates=(AssetId("bitcoin"),))
    assert REGISTRY.identify("x", "B3") == Identity()


def test_a_look_alike_letter_is_another_symbol() -> None:
    assert REGISTRY.bearers("\u017fol") == ()
    assert REGISTRY.identify("x", "\u017fol") == Identity()


def test_a_person_may_write_an_id_or_a_symbol_that_one_asset_bears() -> None:
    assert REGISTRY.resolve("bitcoin") == "bitcoin"
    assert REGISTRY.resolve("BTC") == "bitcoin"
    with pytest.raises(AmbiguousAssetError) as ambiguous:
        REGISTRY.resolve("GAS")
    assert ambiguous.value.numbers["candidates"] == "gas, gas-dao"
    for unknown in ("NOPE", "BTC3"):
        with pytest.raises(UnknownAssetError):
            REGISTRY.resolve(unknown)


def test_a_later_asset_of_the_same_id_replaces_the_earlier() -> None:
    registry = Registry.build((*ASSETS, _asset("bitcoin", "COIN")))
    assert registry[AssetId("bitcoin")].symbol == "COIN"
    assert registry.bearers("BTC") == ()


@given(st.text(max_size=8), st.text(max_size=8), st.none() | st.text(max_size=8))
def test_an_identity_is_an_asset_or_candidates_or_set_aside(source: str, symbol: str, name: str | None) -> None:
    found = REGISTRY.identify(source, symbol, name=name)
    assert sum([found.asset is not None, found.ignored, bool(found.candidates)]) <= 1
    assert found.asset is None or found.asset in REGISTRY.assets
    assert len(set(found.candidates)) == len(found.candidates)


@pytest.mark.parametrize(
    ("location", "kind", "venue"),
    [
        ("Kraken", PlaceKind.SPOT, "kraken"),
        ("Kraken Earn", PlaceKind.EARN, "kraken"),
        ("Binance - Futures", PlaceKind.DERIVATIVES, "binance"),
        ("Ledger Wallets", PlaceKind.COLD, "ledger"),
        ("Metamask on Kraken", PlaceKind.WALLET, "metamask"),
        ("My Trezor", PlaceKind.COLD, None),
        ("Some wallet", PlaceKind.WALLET, None),
        ("Under the bed", PlaceKind.UNKNOWN, None),
        ("Krakenish", PlaceKind.UNKNOWN, None),
        ("", PlaceKind.UNKNOWN, None),
    ],
)
def test_a_place_is_guessed_from_the_words_of_its_name(location: str, kind: PlaceKind, venue: str | None) -> None:
    place = Places(VENUES).of(location)
    assert (place.kind, place.venue, place.guessed) == (kind, venue, True)
    assert place.availability is default_availability(kind)
    assert place.trades_here == (kind is PlaceKind.SPOT)


def test_the_longest_name_of_a_venue_wins_and_a_closed_one_trades_nothing() -> None:
    venues = (
        Venue("binance", "Binance", "exchange", closed=False, names=("binance",)),
        Venue("binance-us", "Binance US", "exchange", closed=True, names=("", "binance us")),
        Venue("odd", "Odd", "bakery", closed=False, names=("odd",)),
    )
    place = guess_place("Binance US", venues)
    assert (place.venue, place.executor, place.trades_here) == ("binance-us", Executor.NONE, False)
    assert guess_place("Odd place", venues).kind is PlaceKind.UNKNOWN
    assert guess_place("Binance US", tuple(reversed(venues))) == place


def test_what_the_person_said_of_a_place_goes_before_the_guess() -> None:
    guess = Places(VENUES).of("Kraken")
    places = Places(VENUES, {"Kraken Earn": guess})
    assert places.of("Kraken Earn") is guess
    assert places.of("Binance") is places.of("Binance")


def test_fiat_at_earn_is_free_and_a_coin_there_is_redeemed_first() -> None:
    earn = Places(VENUES).of("Kraken Earn")
    assert availability_at(earn, AssetKind.FIAT) is Availability.FREE
    assert availability_at(earn, AssetKind.COIN) is Availability.REDEEMABLE
    assert availability_at(earn, None) is Availability.REDEEMABLE


def test_rows_keep_their_order_and_their_own_words() -> None:
    rows = (
        RawHolding(2, "SOL2", "Sol", Decimal(1), "Kraken", price=Decimal(5)),
        RawHolding(3, "SPAM", "Win a prize", Decimal(9), None),
        RawHolding(4, "GAS", None, Decimal(-2), "Binance", Availability.LOCKED, value=Decimal(-3)),
    )
    reading = Reading("cointracking_current_balance", "cointracking", "USD", None, rows, 3)
    first, second, third = identify_holdings(reading, REGISTRY, Places(VENUES))
    assert (first.asset, first.name, first.availability) == ("solana", "Solana", Availability.FREE)
    assert (second.asset, second.name, second.ignored) == (None, "Win a prize", True)
    assert (third.asset, third.candidates, third.value) == (None, ("gas", "gas-dao"), Decimal(-3))
    assert third.availability is Availability.LOCKED


def test_there_are_eleven_groups_and_a_choice_goes_before_the_table() -> None:
    assert len(GROUPS) == 11
    assert [check_group(name) for name in GROUPS] == list(GROUPS)
    with pytest.raises(InputError, match="unknown_group"):
        check_group("Coins")
    taxonomy = Taxonomy({AssetId("a"): "BTC", AssetId("b"): "BTC"}, {AssetId("a"): "ETH"})
    assert [taxonomy.group_of(AssetId(name)) for name in "abc"] == ["ETH", "BTC", "Unclassified"]
