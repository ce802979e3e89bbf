import csv
import re
import unicodedata
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import rebalancer

REFERENCE = Path(rebalancer.__file__).parent / "reference"

GROUPS = {
    "BTC",
    "ETH",
    "Stablecoins",
    "SOL",
    "L1/L0 majors",
    "L2/Scaling",
    "DeFi",
    "AI/Data",
    "Gaming/NFT",
    "Memecoins",
    "Others",
}
KINDS = {"coin", "token", "fiat", "stablecoin", "wrapped", "staked", "lp", "nft", "dead"}
SUFFIXED = {
    "SOL2": "solana",
    "ATOM2": "cosmos",
    "DOT2": "polkadot",
    "SUI3": "sui",
    "TAO6": "bittensor",
    "VVV3": "venice-token",
    "S5": "sonic-3",
    "INJ2": "injective-protocol",
    "UNI2": "uniswap",
    "EGLD3": "elrond-erd-2",
    "POL3": "polygon-ecosystem-token",
    "PEPE4": "pepe",
    "LUNA2": "terra-luna",
    "LUNA3": "terra-luna-2",
    "WLD3": "worldcoin-wld",
    "ICP2": "internet-computer",
    "JUP2": "jupiter-exchange-solana",
    "APT3": "aptos",
    "STRK2": "starknet",
    "SEI2": "sei-network",
    "ANC2": "anchor-protocol",
    "1INCH": "1inch",
    "API3": "api3",
}
# Every symbol that two assets of the file really share. A new one is a decision: it makes the plain symbol ambiguous.
COLLISIONS = {
    *("ASTRO", "BANANA", "BEAM", "BETH", "BIFI", "DAO", "EDG", "HOT", "IRON", "LIT", "OMNI", "PLS", "QI", "QUICK"),
    *("RON", "SBTC", "SKY", "VELO", "WHALE"),
}


def read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


ASSETS = {row["id"]: row for row in read("assets.csv")}
ALIASES = read("aliases.csv")
VENUES = read("venues.csv")


def bearers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for asset, row in ASSETS.items():
        for symbol in (row["symbol"], *row["other_symbols"].split()):
            found[symbol].add(asset)
    return found


def alias(source: str, symbol: str, day: str = "2026-11-22") -> str:
    rows = [row for row in ALIASES if (row["source"], row["symbol"]) == (source, symbol)]
    (row,) = [row for row in rows if row["valid_from"] <= day < (row["valid_to"] or "9999")]
    return row["asset"]


def test_the_registry_has_at_least_680_assets() -> None:
    assert len(ASSETS) >= 680


def test_asset_ids_are_unique_and_lower_case_kebab() -> None:
    assert len(ASSETS) == len(read("assets.csv"))
    assert [asset for asset in ASSETS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", asset)] == []


def test_kinds_and_groups_are_of_the_closed_sets() -> None:
    assert {row["kind"] for row in ASSETS.values()} == KINDS
    assert {row["group"] for row in ASSETS.values()} == GROUPS


def test_a_base_exists_and_stands_only_at_derivatives() -> None:
    based = {asset: row for asset, row in ASSETS.items() if row["base"]}
    assert [asset for asset, row in based.items() if row["base"] not in ASSETS or row["base"] == asset] == []
    assert {row["kind"] for row in based.values()} == {"wrapped", "staked"}
    assert [a for a, row in ASSETS.items() if row["kind"] in {"wrapped", "staked"} and not row["base"]] == []


def test_a_derivative_is_in_the_group_of_its_base() -> None:
    assert [a for a, row in ASSETS.items() if row["base"] and row["group"] != ASSETS[row["base"]]["group"]] == []


def test_cash_is_in_the_stablecoin_group() -> None:
    assert {row["group"] for row in ASSETS.values() if row["kind"] in {"fiat", "stablecoin"}} == {"Stablecoins"}


def test_fiat_ids_are_iso_codes_and_have_no_coingecko_id() -> None:
    fiat = {asset: row for asset, row in ASSETS.items() if row["kind"] == "fiat"}
    assert {"usd", "eur", "chf", "gbp", "jpy"} <= set(fiat)
    assert [a for a, row in fiat.items() if len(a) != 3 or row["symbol"] != a.upper() or row["coingecko"]] == []


def test_symbols_are_upper_case_without_spaces() -> None:
    symbols = [s for row in ASSETS.values() for s in (row["symbol"], *row["other_symbols"].split())]
    assert [symbol for symbol in symbols if symbol != symbol.upper() or not re.fullmatch(r"[A-Z0-9.\-]+", symbol)] == []


def test_only_known_collisions_make_a_symbol_ambiguous() -> None:
    assert {symbol for symbol, ids in bearers().items() if len(ids) > 1} == COLLISIONS


def test_the_canonical_id_is_the_coingecko_id_with_two_exceptions() -> None:
    differing = {a: row["coingecko"] for a, row in ASSETS.items() if row["coingecko"] not in {"", a}}
    assert differing == {"lido-staked-ether": "staked-ether", "hive-dollar": "hive_dollar"}
    listed = [row["coingecko"] for row in ASSETS.values() if row["coingecko"]]
    assert len(listed) == len(set(listed))


def test_names_are_present_and_unique_among_assets_that_share_a_symbol() -> None:
    assert [asset for asset, row in ASSETS.items() if not row["name"].strip()] == []
    for symbol in COLLISIONS:
        names = [ASSETS[asset]["name"].casefold() for asset in bearers()[symbol]]
        assert len(names) == len(set(names)), symbol


@pytest.mark.parametrize("name", ["assets.csv", "aliases.csv", "venues.csv"])
def test_a_table_is_plain_text_without_look_alikes(name: str) -> None:
    data = (REFERENCE / name).read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    text = data.decode("utf-8")
    assert unicodedata.normalize("NFKC", text) == text
    assert {sign for sign in text if ord(sign) > 0x7E or (ord(sign) < 0x20 and sign != "\n")} == set()


def test_a_row_has_no_space_at_either_end_of_a_field() -> None:
    rows = [*ASSETS.values(), *ALIASES, *VENUES]
    assert [row for row in rows if any(field != field.strip() for field in row.values())] == []


def test_alias_sources_are_known_and_aliases_lead_to_assets() -> None:
    assert {row["source"] for row in ALIASES} == {"*", "cointracking", "kraken", "binance", "ccxt"}
    assert [row for row in ALIASES if row["asset"] and row["asset"] not in ASSETS] == []


def test_candidates_named_in_notes_exist() -> None:
    named = [asset for row in ALIASES for asset in re.findall(r"candidate:(\S+)", row["note"])]
    assert named
    assert [asset for asset in named if asset not in ASSETS] == []


def test_validity_of_one_symbol_at_one_source_does_not_overlap() -> None:
    spans: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for row in ALIASES:
        start = date.fromisoformat(row["valid_from"] or "0001-01-01")
        end = date.fromisoformat(row["valid_to"] or "9999-12-31")
        assert start < end, row
        spans[row["source"], row["symbol"]].append((start, end))
    for key, found in spans.items():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(found))), key


@pytest.mark.parametrize(("ticker", "asset"), SUFFIXED.items())
def test_a_suffixed_ticker_of_cointracking_is_the_asset_that_the_venue_notes_say(ticker: str, asset: str) -> None:
    assert alias("cointracking", ticker) == asset


@pytest.mark.parametrize("ticker", [t for t in SUFFIXED if t not in {"1INCH", "API3", "LUNA2", "LUNA3"}])
def test_the_ticker_without_its_suffix_is_never_identified_but_names_the_candidate(ticker: str) -> None:
    (row,) = [r for r in ALIASES if (r["source"], r["symbol"]) == ("cointracking", ticker[:-1])]
    assert row["asset"] == ""
    assert f"candidate:{SUFFIXED[ticker]}" in row["note"]


def test_luna_and_bittorrent_change_their_meaning_on_a_day() -> None:
    assert alias("*", "LUNA", "2022-05-27") == "terra-luna"
    assert alias("*", "LUNA", "2022-05-28") == "terra-luna-2"
    assert alias("binance", "BTT", "2022-01-17") == "bittorrent-old"
    assert alias("binance", "BTT", "2022-01-18") == "bittorrent"
    assert alias("binance", "MATIC", "2024-01-01") == "matic-network"
    assert alias("binance", "MATIC") == "polygon-ecosystem-token"


@pytest.mark.parametrize(
    ("symbol", "asset"),
    [
        ("XXBT", "bitcoin"),
        ("XBT", "bitcoin"),
        ("XETH", "ethereum"),
        ("XXDG", "dogecoin"),
        ("XDG", "dogecoin"),
        ("XLTC", "litecoin"),
        ("XXRP", "ripple"),
        ("ZUSD", "usd"),
        ("ZEUR", "eur"),
        ("LUNA", "terra-luna"),
    ],
)
def test_kraken_codes_lead_to_their_assets(symbol: str, asset: str) -> None:
    assert alias("kraken", symbol) == asset


def test_a_symbol_that_stands_for_many_units_is_never_the_coin_itself() -> None:
    multiplied = [row for row in ALIASES if "multiplier:" in row["note"]]
    assert len(multiplied) >= 10
    assert [row for row in multiplied if row["asset"]] == []


def test_venues_are_unique_and_no_name_leads_to_two_of_them() -> None:
    assert len(VENUES) >= 60
    assert len({row["venue"] for row in VENUES}) == len(VENUES)
    names = [name for row in VENUES for name in row["names"].split("|")]
    assert len(names) == len(set(names))
    assert [name for name in names if not name or name != name.lower()] == []
    assert {row["type"] for row in VENUES} == {"exchange", "broker", "wallet", "hardware", "defi"}
    assert {row["status"] for row in VENUES} == {"active", "closed"}
    assert [row for row in VENUES if row["status"] == "closed" and row["ccxt"]] == []
