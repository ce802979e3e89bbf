import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

import rebalancer
from rebalancer.sandbox import demo_portfolio
from rebalancer.sandbox.demo_portfolio import DemoPosition

POSITIONS = demo_portfolio.demo_positions()
ASSETS = list(
    csv.DictReader(
        (Path(rebalancer.__file__).parent / "reference" / "assets.csv").read_text(encoding="utf-8").splitlines()
    )
)
SYMBOLS = {symbol for row in ASSETS for symbol in (row["symbol"], *row["other_symbols"].split())}


def rows(data: bytes, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator, strict=True))


def by_ticker(positions: Iterable[DemoPosition]) -> dict[str, list[DemoPosition]]:
    found: dict[str, list[DemoPosition]] = defaultdict(list)
    for position in positions:
        found[position.ticker].append(position)
    return found


def value(positions: Iterable[DemoPosition]) -> Decimal:
    return sum((position.value_usd for position in positions), Decimal(0))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_gives_others() -> None:
    again = demo_portfolio.demo_positions()
    other = demo_portfolio.demo_positions(7)
    for export in (
        demo_portfolio.balance_by_exchange_csv,
        demo_portfolio.coins_by_exchange_csv,
        demo_portfolio.current_balance_csv,
    ):
        assert export(again) == export(POSITIONS)
        assert export(other) != export(POSITIONS)


@pytest.mark.parametrize("seed", [demo_portfolio.DEMO_SEED, 0, 1, 2, 3])
def test_the_demo_has_the_shape_of_a_real_account(seed: int) -> None:
    positions = demo_portfolio.demo_positions(seed)
    assets = by_ticker(positions)
    total = value(positions)
    assert len(assets) == 950
    assert 28 <= len({position.location for position in positions}) <= 34
    assert 660 <= sum(value(held) == 0 for held in assets.values()) <= 740
    assert Decimal(172_000) < total < Decimal(188_000)
    assert Decimal("0.30") < value(assets["BTC"]) / total < Decimal("0.40")


def test_no_asset_stands_twice_at_one_location() -> None:
    keys = [(position.ticker, position.location) for position in POSITIONS]
    assert len(keys) == len(set(keys))


def test_some_twenty_balances_are_negative_and_one_location_wholly() -> None:
    negative = [position for position in POSITIONS if position.quantity < 0]
    assert 18 <= len(negative) <= 24
    places: dict[str, list[bool]] = defaultdict(list)
    for position in POSITIONS:
        places[position.location].append(position.quantity < 0)
    assert [place for place, signs in places.items() if all(signs)] == ["Poloniex"]
    assert abs(value(negative)) < value(POSITIONS) / 100


def test_made_up_tokens_collide_with_no_asset_and_are_worth_less_than_half_a_percent() -> None:
    made_up = [p for p in POSITIONS if p.ticker.startswith(("QZ", "N-4"))]
    assert len(made_up) > 500
    assert {p.ticker for p in made_up} & SYMBOLS == set()
    assert not any(symbol.startswith("QZ") for symbol in SYMBOLS)
    unsure = [
        p for p in POSITIONS if p.ticker in {"4BELT", "GST9", "SPX3", "CAKE-LP", "BSC-USD", "ZPAY", "RIDE", "ITHEUM"}
    ]
    assert Decimal(0) < value([*made_up, *unsure]) < value(POSITIONS) / 200


def test_types_carry_the_non_breaking_space_and_many_names_are_empty() -> None:
    assert {p.kind for p in POSITIONS} == {"Coin", "Coin\u00a0(dead)", "Currency", "ICO", "Other"}
    assert sum(not p.name for p in POSITIONS) > 50


def test_there_is_cash_and_there_are_free_coins_where_trades_can_be_made() -> None:
    cash = [p for p in POSITIONS if p.ticker in {"EUR", "USD", "USDC", "USDT"} and p.location in {"Kraken", "Binance"}]
    coins = [p for p in POSITIONS if p.ticker in {"BTC", "ETH", "SOL2"} and p.location in {"Kraken", "Binance"}]
    assert value(cash) > 8_000
    assert value(coins) > 20_000


def test_the_three_exports_agree_exactly_in_amounts_once_the_separator_is_undone() -> None:
    by_exchange: dict[str, Decimal] = defaultdict(Decimal)
    for amount, ticker, *_ in rows(demo_portfolio.balance_by_exchange_csv(POSITIONS), ",")[1:]:
        by_exchange[ticker] += Decimal(amount)
    by_coin: dict[str, Decimal] = defaultdict(Decimal)
    for amount, _, _, _, label in rows(demo_portfolio.coins_by_exchange_csv(POSITIONS), ";")[1:]:
        by_coin[label.split(" ")[0]] += Decimal(amount.replace(",", ""))
    balance = {row[0]: Decimal(row[3]) for row in rows(demo_portfolio.current_balance_csv(POSITIONS), ";")[1:]}
    assert by_exchange == by_coin == balance
    assert len(balance) == 950


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("3843208", "3843,208.00000000"),
        ("1508213014.60514045", "1508,213,014.60514045"),
        ("-12345678.5", "-12345,678.50000000"),
        ("999999.99999999", "999999.99999999"),
        ("1000000", "1000,000.00000000"),
    ],
)
def test_the_thousands_separator_is_broken_as_in_a_real_export(amount: str, text: str) -> None:
    assert demo_portfolio.broken_thousands(Decimal(amount)) == text


def test_only_coins_by_exchange_has_the_separator() -> None:
    broken = rows(demo_portfolio.coins_by_exchange_csv(POSITIONS), ";")[1:]
    assert sum("," in row[0] for row in broken) > 10
    assert all("," not in row[0] for row in rows(demo_portfolio.balance_by_exchange_csv(POSITIONS), ",")[1:])
    assert all("," not in row[3] for row in rows(demo_portfolio.current_balance_csv(POSITIONS), ";")[1:])


def test_each_export_has_its_own_separator_and_line_end() -> None:
    balance = demo_portfolio.balance_by_exchange_csv(POSITIONS)
    coins = demo_portfolio.coins_by_exchange_csv(POSITIONS)
    current = demo_portfolio.current_balance_csv(POSITIONS)
    bom = b"\xef\xbb\xbf"
    head = b'"Amount","Currency","Current value in USD","Current value in BTC","Exchange"\r\n'
    assert balance.startswith(bom + head)
    assert coins.startswith(bom + b'"Amount";"Exchange";"Current value in USD";"Current value in BTC";"Coin"\r\n')
    assert current.startswith(bom + b'"Ticker";"Name";"Type";"Amount";"Value in USD";"Value in BTC";"% of total";')
    assert b"\r" not in current
    assert all(data.endswith(b'"') for data in (balance, coins, current))
    assert balance.count(b"\r\n") == balance.count(b"\n") == len(POSITIONS)
    assert coins.count(b"\r\n") == coins.count(b"\n") == len(POSITIONS)
    assert all(len(row) == 13 for row in rows(current, ";"))


def test_a_coin_without_a_name_has_no_parentheses() -> None:
    labels = {row[4] for row in rows(demo_portfolio.coins_by_exchange_csv(POSITIONS), ";")[1:]}
    assert "4BELT by Exchange" in labels
    assert "BTC (Bitcoin) by Exchange" in labels


def test_another_account_currency_changes_the_header_and_scales_the_values() -> None:
    rate = Decimal("0.86")
    euro = rows(demo_portfolio.balance_by_exchange_csv(POSITIONS, currency="EUR", rate=rate), ",")
    dollar = rows(demo_portfolio.balance_by_exchange_csv(POSITIONS), ",")
    assert euro[0][2] == "Current value in EUR"
    assert [row[0] for row in euro] == [row[0] for row in dollar]
    assert [row[3] for row in euro[1:]] == [row[3] for row in dollar[1:]]
    for in_euro, in_dollar in zip(euro[1:], dollar[1:], strict=True):
        assert abs(Decimal(in_euro[2]) - Decimal(in_dollar[2]) * rate) <= Decimal("0.01")
    header = demo_portfolio.current_balance_csv(POSITIONS, currency="CHF", rate=rate).split(b"\n", 1)[0]
    assert b'"Value in CHF"' in header
    assert b'"Price in CHF"' in header


def test_amounts_have_eight_decimals_and_no_value_is_a_negative_zero() -> None:
    for row in rows(demo_portfolio.balance_by_exchange_csv(POSITIONS), ",")[1:]:
        assert re.fullmatch(r"-?\d+\.\d{8}", row[0])
        assert re.fullmatch(r"-?\d+\.\d{2}", row[2])
        assert row[2] != "-0.00"


def test_a_scaled_portfolio_has_the_asked_number_of_assets_and_locations_and_repeats() -> None:
    positions = demo_portfolio.scaled_portfolio(1_500, 60, 1)
    assert len({p.ticker for p in positions}) == 1_500
    assert len({p.location for p in positions}) == 60
    assert positions == demo_portfolio.scaled_portfolio(1_500, 60, 1)
    assert all(p.value_usd >= 0 for p in positions)
    small = demo_portfolio.scaled_portfolio(3, 1, 1)
    assert [p.ticker for p in small] == ["BTC", "WBTC", "ETH"]
