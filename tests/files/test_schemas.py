from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from typing import Any

import jsonschema_rs
import pytest

from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.adapters.files.schemas import load_schema, schema_names
from rebalancer.adapters.files.targets import read_targets
from rebalancer.adapters.reference import load_registry, load_taxonomy, load_venues
from rebalancer.domain.content import JsonObject, canonical_bytes
from rebalancer.domain.holdings import identify_holdings
from rebalancer.domain.places import Places
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.prices import Quotes
from rebalancer.domain.taxonomy import GROUPS
from rebalancer.errors import NotFoundError
from rebalancer.workflows.certify_plan import certified_plan
from tests.files.test_holdings_documents import EXPORTS, document_of
from tests.files.test_markets_files import MARKET
from tests.support.exports import balance_by_exchange, read, refusal

TARGETS = """
base_currency = "USD"
[targets]
BTC = "35%"
ETH = "hold"
Stablecoins = "65%"
[primary]
ETH = { ETH = "70%", WSTETH = "30%" }
BTC = "BTC"
[rules]
band = { abs = "5%", rel = "25%", BTC = "2%", ETH = { abs = "1%" } }
to = "edge"
within = "few"
min_trade = "25"
max_orders = 25
order_price = "0.5"
deviation_price = "5%"
mode = "buy-only"
invest = { amount = "5000", currency = "EUR", at = "Kraken" }
keep = { BTC = "0.5" }
freeze = { XMR = "2027-01-01" }
never_buy = ["DOGE"]
settle = []
cost_cap = "1%"
fee = "0.4%"
allow_unclassified = false
"""


def validator_of(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(dict(load_schema(name)), validate_formats=True)


def accepts(name: str, document: object) -> bool:
    validator = validator_of(name)
    return validator.is_valid(json.loads(json.dumps(document)))


def test_every_schema_is_itself_valid_and_named_after_its_file() -> None:
    assert set(schema_names()) >= {
        *("holdings", "holdings-read", "markets", "places", "plan", "prices", "targets", "weights"),
    }
    for name in schema_names():
        schema = load_schema(name)
        jsonschema_rs.meta.validate(dict(schema))
        assert schema["$id"] == f"urn:rebalancer:schema:{name}"


def test_a_schema_that_is_not_there_names_those_that_are() -> None:
    error = refusal(lambda: load_schema("../secrets"))
    assert isinstance(error, NotFoundError)
    assert "holdings" in error.numbers["schemas"]


@pytest.mark.parametrize("export", EXPORTS)
def test_what_holdings_read_answers_keeps_its_schema(export: str) -> None:
    validator = validator_of("holdings-read")
    assert [str(error) for error in validator.iter_errors(document_of(read(EXPORTS[export])))] == []


def test_so_does_an_answer_with_rejected_rows_and_one_without_values() -> None:
    data = balance_by_exchange(("1,5", "BTC", "1.00", "0.1", "Kraken"), ("1.0", "ETH", "2.00", "0.1", "Kraken"))
    assert accepts("holdings-read", document_of(read_holdings(data, "x", keep_readable=True)))
    assert accepts("holdings-read", document_of(read(b"asset,quantity\nBTC,1\n")))


GOOD: dict[str, list[Any]] = {
    "holdings": [
        {"as_of": "2026-11-22T08:00:00Z", "currency": "EUR", "holdings": [{"asset": "BTC", "quantity": "-0.5"}]},
        {"holdings": [{"asset": "BTC", "quantity": "1e-8", "location": None, "availability": "locked", "price": "1"}]},
    ],
    "prices": [{"currency": "USD", "prices": {"BTC": "64000.5"}}],
    "weights": [{"BTC": "0.5", "ethereum": "0.5"}],
    "markets": [[MARKET]],
    "targets": [tomllib.loads(TARGETS.replace("2027-01-01", "2027-01-01")), {"targets": {"BTC": "100%"}}],
    "places": [{"Ledger Wallets": {"kind": "cold", "venue": "", "availability": "cold", "executor": "hand"}}],
}
BAD: dict[str, list[Any]] = {
    "holdings": [
        {"holdings": [{"asset": "BTC", "quantity": 1.5}]},
        {"holdings": [{"asset": "BTC", "quantity": "1.234,56"}]},
        {"holdings": [{"asset": "BTC", "quantity": "1", "role": "admin"}]},
        {"holdings": []},
    ],
    "prices": [
        {"prices": {"BTC": "1"}},
        {"currency": "GBP", "prices": {"BTC": "1"}},
        {"currency": "USD", "prices": {}},
    ],
    "weights": [{"BTC": 0.5}, {}],
    "markets": [[{"venue": "kraken"}], {}],
    "targets": [{"targets": {"BITCOIN": "100%"}}, {"targets": {"BTC": 100}}, {"rules": {"speed": "1"}}],
    "places": [{"Kraken": {"kind": "bank"}}, {"Kraken": "spot"}],
}


@pytest.mark.parametrize("name", GOOD)
def test_a_schema_accepts_what_its_reader_accepts_and_refuses_what_it_refuses(name: str) -> None:
    for document in GOOD[name]:
        assert accepts(name, document), document
    for document in BAD[name]:
        assert not accepts(name, document), document


def planned() -> JsonObject:
    registry, places = load_registry(), Places(load_venues())
    reading = read(EXPORTS["balance"])
    at = datetime(2026, 11, 22, 8, tzinfo=UTC)
    targets = '[targets]\nBTC = "50%"\nETH = "20%"\nStablecoins = "30%"\n' + "".join(
        f'"{group}" = "hold"\n' for group in GROUPS if group not in {"BTC", "ETH", "Stablecoins"}
    )
    rules = "[rules]\nallow_unclassified = true\nallow_negative = true\nallow_unpriced = true\n"
    inputs = PlanInputs(
        holdings=identify_holdings(reading, registry, places),
        source_currency=reading.currency,
        holdings_as_of=None,
        registry=registry,
        taxonomy=load_taxonomy(),
        targets=read_targets((targets + rules).encode(), "t.toml", registry),
        quotes=Quotes(),
        markets=None,
        places=places,
        as_of=at,
        hashes={"holdings": "0" * 64, "targets": "0" * 64, "prices": None},
    )
    return certified_plan(inputs)


def test_a_plan_of_the_demo_portfolio_keeps_its_schema() -> None:
    document = planned()
    assert document["actions"]
    assert document["moves"]
    assert [str(error) for error in validator_of("plan").iter_errors(json.loads(canonical_bytes(document)))] == []
