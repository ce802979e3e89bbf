from __future__ import annotations

import json
from decimal import Decimal

import pytest

from rebalancer.adapters.files.markets import read_markets
from rebalancer.domain.assets import Registry
from rebalancer.domain.instruments import FeeOn, MarketStatus
from rebalancer.errors import RebalancerError
from tests.support.exports import refusal

MARKET = {
    "venue": "kraken",
    "symbol": "XBTUSD",
    "base": "BTC",
    "quote": "usd",
    "lot_step": "0.00000001",
    "tick": "0.1",
    "min_quantity": "0.00005",
    "min_notional": "0.5",
    "taker_fee": "0.004",
    "maker_fee": "-0.0001",
    "half_spread": "0.0001",
    "fee_on": "received",
    "status": "sell_only",
}


def refused(registry: Registry, *markets: object) -> RebalancerError:
    return refusal(lambda: read_markets(json.dumps(markets).encode(), "m.json", registry))


def test_a_market_is_read_with_every_field(registry: Registry) -> None:
    (market,) = read_markets(json.dumps([MARKET]).encode(), "m.json", registry)
    assert (market.venue, market.symbol, market.base, market.quote) == ("kraken", "XBTUSD", "bitcoin", "usd")
    assert (market.lot_step, market.tick, market.min_notional) == (Decimal("1e-8"), Decimal("0.1"), Decimal("0.5"))
    assert (market.taker_fee, market.maker_fee) == (Decimal("0.004"), Decimal("-0.0001"))
    assert (market.fee_on, market.status) == (FeeOn.RECEIVED, MarketStatus.SELL_ONLY)


def test_what_a_market_may_leave_out(registry: Registry) -> None:
    needed = {key: MARKET[key] for key in ("venue", "symbol", "base", "quote", "lot_step", "tick", "taker_fee")}
    (market,) = read_markets(json.dumps([needed]).encode(), "m.json", registry)
    assert (market.min_quantity, market.fee_on, market.status) == (Decimal(0), FeeOn.QUOTE, MarketStatus.TRADING)


def test_a_venue_may_be_called_by_any_of_its_names(registry: Registry) -> None:
    (market,) = read_markets(json.dumps([MARKET | {"venue": "Kraken"}]).encode(), "m.json", registry)
    assert market.venue == "kraken"


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"venue": "krakn"}, "unknown_venue", "venue"),
        ({"base": "NOSUCHCOIN"}, "unknown_asset", "base"),
        ({"lot_step": "0"}, "not_positive", "lot_step"),
        ({"tick": "-1"}, "not_positive", "tick"),
        ({"min_notional": "-1"}, "negative_amount", "min_notional"),
        ({"taker_fee": "40"}, "not_a_fraction", "taker_fee"),
        ({"taker_fee": ""}, "number_missing", "taker_fee"),
        ({"maker_fee": "-1"}, "not_a_fraction", "maker_fee"),
        ({"fee_on": "base"}, "not_a_choice", "fee_on"),
        ({"status": "open"}, "not_a_choice", "status"),
        ({"quote": "bitcoin"}, "market_same_assets", "quote"),
        ({"leverage": "10"}, "unknown_key", "leverage"),
    ],
)
def test_a_market_that_cannot_be_right_is_refused(
    registry: Registry, change: dict[str, object], code: str, column: str
) -> None:
    issues = refused(registry, MARKET | change).issues
    assert [(issue.code, issue.column) for issue in issues] == [(code, f"markets[1].{column}")]


def test_a_market_stands_once(registry: Registry) -> None:
    assert refused(registry, MARKET, MARKET).issues[0].code == "market_twice"


def test_a_list_of_markets_is_a_list_of_objects(registry: Registry) -> None:
    assert refusal(lambda: read_markets(b"{}", "m.json", registry)).code == "json_not_a_list"
    assert refused(registry).code == "no_rows"
    assert refused(registry, "XBTUSD").issues[0].code == "json_entry_not_an_object"
