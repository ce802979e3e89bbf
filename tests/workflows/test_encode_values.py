"""What is stored comes back equal."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalancer.domain.content import JsonObject, canonical_bytes
from rebalancer.domain.holdings import RawHolding, Reading
from rebalancer.domain.places import Availability
from rebalancer.errors import Issue
from rebalancer.workflows.collect_inputs import INPUT_NAMES, input_documents, rebuilt_inputs
from rebalancer.workflows.encode_values import document_of, value_of
from tests.support.portfolios import random_inputs

amounts = st.decimals(allow_nan=False, allow_infinity=False, places=18, min_value=-(10**30), max_value=10**30)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
rows = st.builds(
    RawHolding,
    line=st.integers(1, 10**6),
    symbol=texts,
    name=st.none() | texts,
    quantity=amounts,
    location=st.none() | texts,
    availability=st.none() | st.sampled_from(Availability),
    price=st.none() | amounts,
    value=st.none() | amounts,
    value_btc=st.none() | amounts,
)
issues = st.builds(
    Issue, code=texts, file=st.none() | texts, line=st.none() | st.integers(1, 9), numbers=st.dictionaries(texts, texts)
)
readings = st.builds(
    Reading,
    source=texts,
    alias_source=texts,
    currency=st.none() | st.sampled_from(["USD", "EUR"]),
    as_of=st.none() | st.datetimes(timezones=st.just(UTC)),
    rows=st.lists(rows, max_size=4).map(tuple),
    rows_seen=st.integers(0, 9),
    rejected=st.lists(issues, max_size=2).map(tuple),
)


@given(readings)
def test_a_reading_comes_back_from_its_canonical_bytes(reading: Reading) -> None:
    data = canonical_bytes(document_of(Reading, reading))
    assert value_of(Reading, json.loads(data)) == reading


@given(st.integers(0, 10**6))
def test_the_inputs_of_any_plan_are_rebuilt_from_what_is_stored(seed: int) -> None:
    inputs = random_inputs(random.Random(seed))
    documents = input_documents(inputs)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in documents.items()}
    rebuilt = rebuilt_inputs(documents, hashes, inputs.as_of)
    assert rebuilt == replace(inputs, hashes={name: hashes.get(name) for name in INPUT_NAMES})
    assert input_documents(rebuilt) == documents


def test_a_document_from_before_a_field_existed_takes_its_default() -> None:
    old: JsonObject = {"line": 1, "symbol": "BTC", "name": None, "quantity": "1", "location": None}
    assert value_of(RawHolding, old) == RawHolding(1, "BTC", None, Decimal(1), None)


def test_a_document_without_a_field_that_must_be_there_is_refused() -> None:
    with pytest.raises(TypeError):
        value_of(RawHolding, {"line": 1})


@dataclass(frozen=True)
class Everything:
    at: datetime
    day: date
    names: frozenset[str]
    nested: tuple[tuple[int, ...], ...] = ()
    flags: dict[str, bool] | None = field(default=None)


def test_a_type_without_a_rule_is_refused() -> None:
    with pytest.raises(TypeError, match="no rule"):
        document_of(Everything, Everything(datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1), frozenset()))
    with pytest.raises(TypeError, match="no rule"):
        document_of(float, 0.5)
