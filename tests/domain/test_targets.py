"""Each table of a targets file, and each mistake in it."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal

import pytest

from rebalancer.domain.assets import Asset, AssetId, AssetKind, Registry
from rebalancer.domain.money import install_decimal_context
from rebalancer.domain.targets import (
    Band,
    BandGoal,
    CashFlow,
    Mode,
    Targets,
    Within,
    parse_targets,
    percent,
    percent_text,
)
from rebalancer.errors import InputError, TargetsError
from tests.support.portfolios import REGISTRY as KNOWN

install_decimal_context()

REGISTRY = Registry.build((*KNOWN.assets.values(), Asset(AssetId("uni-lp"), "UNI", "Another UNI", AssetKind.TOKEN)))

FULL = """
base_currency = "EUR"
[targets]
BTC = "35%"
ETH = "25.5 %"
Stablecoins = "9.5%"
"L1/L0 majors" = "30%"
DeFi = "hold"
[primary]
BTC = "BTC"
ETH = { ETH = "70%", lido-staked-ether = "30%" }
[rules]
band = { abs = "5%", rel = "25%", ETH = { abs = "2%" }, BTC = "3%" }
to = "edge"
within = "weights"
min_trade = "10.5"
max_orders = 7
order_price = "1"
deviation_price = "2%"
mode = "buy-only"
invest = { amount = "5000", currency = "EUR", at = "Kraken" }
withdraw = { amount = "2000", currency = "usd-coin", at = "Kraken" }
keep = { BTC = "0.5" }
freeze = { SOL = "2027-01-01", ADA = 2028-02-03 }
never_buy = ["PEPE"]
settle = ["EUR", "USDC"]
cost_cap = "1%"
fee = "0.4%"
allow_unclassified = true
allow_unpriced = true
allow_negative = true
"""


def _read(text: str) -> Targets:
    return parse_targets(tomllib.loads(text), REGISTRY, "targets.toml")


def _issues(text: str) -> list[tuple[str, str | None]]:
    with pytest.raises(TargetsError) as caught:
        _read(text)
    error = caught.value
    assert error.code == "targets_invalid"
    assert error.numbers == {"count": str(len(error.issues))}
    assert all(issue.file == "targets.toml" for issue in error.issues)
    return [(issue.code, issue.column) for issue in error.issues]


def test_a_full_file_is_read_as_it_is_written() -> None:
    targets = _read(FULL)
    assert targets.base_currency == "EUR"
    assert targets.weights == {
        "BTC": Decimal("0.35"),
        "ETH": Decimal("0.255"),
        "Stablecoins": Decimal("0.095"),
        "L1/L0 majors": Decimal("0.3"),
    }
    assert targets.hold == {"DeFi"}
    assert targets.groups == {"BTC", "ETH", "Stablecoins", "L1/L0 majors", "DeFi"}
    assert targets.primary == {
        "BTC": {"bitcoin": Decimal(1)},
        "ETH": {"ethereum": Decimal("0.7"), "lido-staked-ether": Decimal("0.3")},
    }
    rules = targets.rules
    assert (rules.to, rules.within, rules.mode) == (BandGoal.EDGE, Within.WEIGHTS, Mode.BUY_ONLY)
    assert (rules.min_trade, rules.max_orders, rules.order_price) == (Decimal("10.5"), 7, Decimal(1))
    assert (rules.deviation_price, rules.cost_cap, rules.fee) == (Decimal("0.02"), Decimal("0.01"), Decimal("0.004"))
    assert rules.invest == CashFlow(Decimal(5000), AssetId("eur"), "Kraken")
    assert rules.withdraw == CashFlow(Decimal(2000), AssetId("usd-coin"), "Kraken")
    assert rules.keep == {"bitcoin": Decimal("0.5")}
    assert rules.freeze == {"solana": date(2027, 1, 1), "cardano": date(2028, 2, 3)}
    assert rules.never_buy == {"pepe"}
    assert rules.settle == ("eur", "usd-coin")
    assert (rules.allow_unclassified, rules.allow_unpriced, rules.allow_negative) == (True, True, True)


def test_a_group_without_a_band_of_its_own_has_that_for_all() -> None:
    rules = _read(FULL).rules
    assert rules.band_of("L1/L0 majors") == Band(Decimal("0.05"), Decimal("0.25"))
    assert rules.band_of("ETH") == Band(Decimal("0.02"), Decimal("0.25"))
    assert rules.band_of("BTC").half_width(Decimal("0.35")) == Decimal("0.03")
    assert rules.band_of("ETH").half_width(Decimal("0.04")) == Decimal("0.01")


def test_a_file_of_weights_alone_has_the_stated_defaults() -> None:
    targets = _read('[targets]\nBTC = "100%"')
    rules = targets.rules
    assert targets.base_currency == "USD"
    assert rules.band_of("BTC") == Band(Decimal("0.05"), Decimal("0.25"))
    assert (rules.min_trade, rules.max_orders, rules.order_price) == (Decimal(25), 25, Decimal("0.5"))
    assert (rules.deviation_price, rules.cost_cap, rules.fee) == (Decimal("0.05"), Decimal("0.01"), Decimal("0.004"))
    assert not any((rules.allow_unclassified, rules.allow_unpriced, rules.allow_negative))


def test_a_freeze_ends_on_its_day() -> None:
    rules = _read(FULL).rules
    assert rules.frozen_on(AssetId("solana"), date(2026, 12, 31))
    assert not rules.frozen_on(AssetId("solana"), date(2027, 1, 1))
    assert not rules.frozen_on(AssetId("bitcoin"), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("line", "code", "where"),
    [
        ('base_currency = "GBP"', "unknown_currency", "base_currency"),
        ("base_currency = 5", "unknown_currency", "base_currency"),
        ("target = {}", "unknown_key", "target"),
        ("targets = 5", "not_a_table", "targets"),
        ('targets = { BTC = "99.99%" }', "targets_sum", "targets"),
        ('targets = { BTC = "100%", Coins = "0%" }', "unknown_group", "targets.Coins"),
        ('targets = { BTC = "-1%" }', "not_a_percentage", "targets.BTC"),
        ("targets = { BTC = 1 }", "not_a_percentage", "targets.BTC"),
        ('targets = { BTC = "100%", Stablecoins = "hold" }', "cash_cannot_hold", "targets.Stablecoins"),
        ('primary = { Coins = "BTC" }', "unknown_group", "primary.Coins"),
        ("primary = { BTC = 5 }", "not_a_table", "primary.BTC"),
        ("primary = { BTC = {} }", "not_a_table", "primary.BTC"),
        ('primary = { BTC = { BTC = "50%" } }', "primary_sum", "primary.BTC"),
        ('primary = { BTC = { NONE = "100%" } }', "unknown_asset", "primary.BTC.NONE"),
        ('primary = { DeFi = "UNI" }', "ambiguous_asset", "primary.DeFi.UNI"),
        ("rules = { bands = 5 }", "unknown_key", "rules.bands"),
        ('rules = { band = "5" }', "not_a_percentage", "rules.band"),
        ('rules = { band = { Coins = "5%" } }', "unknown_group", "rules.band.Coins"),
        ('rules = { band = { BTC = { abs = "5%", relative = "1%" } } }', "unknown_key", "rules.band.BTC.relative"),
        ('rules = { to = "middle" }', "not_a_choice", "rules.to"),
        ('rules = { within = "cheapest" }', "not_a_choice", "rules.within"),
        ('rules = { mode = "on" }', "not_a_choice", "rules.mode"),
        ('rules = { min_trade = "-1" }', "negative_amount", "rules.min_trade"),
        ("rules = { min_trade = 25 }", "not_a_number", "rules.min_trade"),
        ("rules = { max_orders = 0 }", "not_a_count", "rules.max_orders"),
        ("rules = { max_orders = true }", "not_a_count", "rules.max_orders"),
        ('rules = { max_orders = "3" }', "not_a_count", "rules.max_orders"),
        ('rules = { cost_cap = "0.01" }', "not_a_percentage", "rules.cost_cap"),
        ('rules = { invest = "5000 EUR" }', "not_a_flow", "rules.invest"),
        ('rules = { invest = { amount = "5", currency = "EUR" } }', "not_a_flow", "rules.invest"),
        ('rules = { invest = { amount = "5", currency = "ETH", at = "Kraken" } }', "not_cash", "rules.invest.currency"),
        (
            'rules = { invest = { amount = "0", currency = "EUR", at = "Kraken" } }',
            "not_positive",
            "rules.invest.amount",
        ),
        (
            'rules = { withdraw = { amount = "5", currency = "X", at = "K" } }',
            "unknown_asset",
            "rules.withdraw.currency",
        ),
        ('rules = { keep = "BTC" }', "not_a_table", "rules.keep"),
        ('rules = { keep = { NONE = "1" } }', "unknown_asset", "rules.keep.NONE"),
        ('rules = { freeze = { BTC = "soon" } }', "not_a_date", "rules.freeze.BTC"),
        ('rules = { never_buy = "PEPE" }', "not_a_list", "rules.never_buy"),
        ('rules = { settle = ["NONE"] }', "unknown_asset", "rules.settle"),
        ('rules = { allow_negative = "yes" }', "not_a_switch", "rules.allow_negative"),
    ],
)
def test_each_mistake_is_named_with_its_place(line: str, code: str, where: str) -> None:
    weights = "" if line.startswith("targets") else '\n[targets]\nBTC = "100%"'
    assert _issues(line + weights) == [(code, where)]


def test_every_mistake_of_a_file_is_listed() -> None:
    found = _issues('base_currency = "X"\n[targets]\nA = "1%"\n[rules]\nmax_orders = 0\nmode = "x"')
    assert [code for code, _ in found] == ["unknown_currency", "unknown_group", "not_a_choice", "not_a_count"]


@pytest.mark.parametrize("text", ["", "5", "%", "5 percent", "1,5%", "+5%", ".5%", None, 5])
def test_what_is_not_a_percentage_is_refused(text: object) -> None:
    with pytest.raises(InputError):
        percent(text)


def test_a_percentage_is_written_as_it_is_read() -> None:
    assert percent_text(percent("12.50%")) == "12.5%"
