from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalancer.adapters.files.places import read_places
from rebalancer.adapters.files.targets import read_targets
from rebalancer.adapters.reference import load_registry, load_venues
from rebalancer.domain.assets import Registry
from rebalancer.domain.places import Availability, Executor, PlaceKind
from rebalancer.errors import RebalancerError
from tests.support.exports import check_explained, refusal

TARGETS = (
    b'\xef\xbb\xbfbase_currency = "EUR"\r\n[targets]\r\nBTC = "60%"\r\nETH = "40%"\r\n[rules]\r\nmax_orders = 5\r\n'
)


def refused(data: bytes, registry: Registry) -> RebalancerError:
    return refusal(lambda: read_targets(data, "t.toml", registry))


def refused_places(data: bytes) -> RebalancerError:
    return refusal(lambda: read_places(data, "locations.toml", load_venues()))


def test_targets_are_read_from_toml(registry: Registry) -> None:
    targets = read_targets(TARGETS, "t.toml", registry)
    assert (targets.base_currency, targets.rules.max_orders) == ("EUR", 5)
    assert targets.weights == {"BTC": Decimal("0.6"), "ETH": Decimal("0.4")}


def test_a_sum_of_ninety_nine_percent_and_an_unknown_group_are_named(registry: Registry) -> None:
    issue = refused(b'[targets]\nBTC = "60%"\nETH = "39%"\n', registry).issues[0]
    assert (issue.code, issue.file, issue.value, issue.numbers["missing"]) == ("targets_sum", "t.toml", "99%", "1%")
    assert refused(b'[targets]\nBITCOIN = "100%"\n', registry).issues[0].code == "unknown_group"


def test_broken_toml_is_named_with_its_place(registry: Registry) -> None:
    error = refused(b"[targets]\nBTC = 35%\n", registry)
    assert (error.code, error.numbers["line"]) == ("toml_invalid", "2")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        ("[targets]".encode("utf-16"), "encoding_not_utf8"),
        (b'BTC = "60%"\nBTC = "40%"\n', "toml_invalid"),
        (b"x = " + b"9" * 5000, "toml_invalid"),
        (b"x = " + b"[" * 100_000, "toml_too_deep"),
        (b"x = 2026-13-45", "toml_invalid"),
        (b"# " + b"x" * 2_000_000, "file_too_large"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_by_name(registry: Registry, data: bytes, code: str) -> None:
    assert refused(data, registry).code == code
    assert refused_places(data).code == code


@given(st.text(alphabet="[]={}\",.\n%ab1-#'", max_size=60))
def test_any_text_is_targets_or_refused(text: str) -> None:
    try:
        read_targets(text.encode(), "t.toml", load_registry())
    except RebalancerError as error:
        check_explained(error)


VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.sampled_from(["5%", "hold", "BTC", "100%", "2027-01-01", ""])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from(["BTC", "abs", "at"]), inner, max_size=2)
    ),
    max_leaves=4,
)
RULES = (
    *(
        "band",
        "to",
        "within",
        "min_trade",
        "max_orders",
        "order_price",
        "deviation_price",
        "mode",
        "invest",
        "withdraw",
    ),
    *("keep", "freeze", "never_buy", "settle", "cost_cap", "fee", "allow_unclassified"),
)


@given(
    st.dictionaries(st.sampled_from(["BTC", "ETH"]), VALUES, max_size=2),
    st.dictionaries(st.sampled_from(RULES), VALUES, max_size=3),
    VALUES,
    VALUES,
)
def test_values_of_any_type_in_any_place_are_targets_or_refused(
    targets: dict[str, object], rules: dict[str, object], base: object, primary: object
) -> None:
    document = (
        f"base_currency = {toml(base)}\ntargets = {toml(targets)}\nrules = {toml(rules)}\nprimary = {toml(primary)}\n"
    )
    try:
        read_targets(document.encode(), "t.toml", load_registry())
    except RebalancerError as error:
        check_explained(error)


def toml(value: object) -> str:
    """A value as inline TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {toml(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def test_what_the_person_says_of_a_place_is_laid_over_the_guess() -> None:
    data = (
        b'["Ledger Wallets"]\nvenue = ""\n["Kraken"]\nexecutor = "api"\n["My box"]\nkind = "cold"\nvenue = "Ledger"\n'
    )
    places = read_places(data, "locations.toml", load_venues())
    ledger, kraken, box = places["Ledger Wallets"], places["Kraken"], places["My box"]
    assert (ledger.kind, ledger.venue, ledger.guessed) == (PlaceKind.COLD, None, False)
    assert (kraken.kind, kraken.venue, kraken.executor) == (PlaceKind.SPOT, "kraken", Executor.API)
    assert (box.kind, box.venue, box.availability) == (PlaceKind.COLD, "ledger", Availability.COLD)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ('["Kraken"]\nkind = "bank"', "not_a_choice"),
        ('["Kraken"]\nvenue = "krakn"', "unknown_venue"),
        ('["Kraken"]\nexecuter = "api"', "unknown_key"),
        ('["Kraken"]\nkind = 5', "not_a_text"),
        ('Kraken = "spot"', "not_a_table"),
        ('["  "]\nkind = "spot"', "location_name"),
        ('["a\\u0000b"]\nkind = "spot"', "location_name"),
    ],
)
def test_a_place_that_cannot_be_right_is_refused(table: str, code: str) -> None:
    assert refused_places(table.encode()).issues[0].code == code


def test_a_file_that_says_nothing_of_places_is_refused() -> None:
    assert refused_places(b"# nothing yet\n").code == "no_rows"
