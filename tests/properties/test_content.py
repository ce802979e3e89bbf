from __future__ import annotations

import hashlib
import json
import random

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from rebalancer.domain.content import Json, canonical_bytes, content_hash

INTEGER_MAX = 2**53 - 1
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
leaves = st.none() | st.booleans() | st.integers(-INTEGER_MAX, INTEGER_MAX) | texts
documents = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=20
)


@given(documents)
def test_canonical_bytes_are_those_of_an_independent_writer(document: Json) -> None:
    assert canonical_bytes(document) == rfc8785.dumps(document)


@given(documents)
def test_canonical_bytes_read_back_as_the_document(document: Json) -> None:
    assert json.loads(canonical_bytes(document)) == document


@given(st.dictionaries(texts, documents, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_count(document: dict[str, Json], shuffler: random.Random) -> None:
    keys = list(document)
    shuffler.shuffle(keys)
    assert content_hash({key: document[key] for key in keys}) == content_hash(document)


@given(documents)
def test_the_hash_is_that_of_the_canonical_bytes(document: Json) -> None:
    assert content_hash(document) == hashlib.sha256(canonical_bytes(document)).hexdigest()


@given(documents, documents)
def test_two_documents_have_one_hash_only_if_they_are_the_same(first: Json, second: Json) -> None:
    assert (content_hash(first) == content_hash(second)) == (
        json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)
    )


@pytest.mark.parametrize("wrong", [1.0, float("nan"), object(), b"bytes", {1, 2}])
def test_what_json_does_not_know_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError):
        canonical_bytes({"value": wrong})  # type: ignore[dict-item]  # on purpose


@pytest.mark.parametrize("wrong", [INTEGER_MAX + 1, -INTEGER_MAX - 1, "\ud800"])
def test_what_another_reader_would_see_otherwise_is_refused(wrong: Json) -> None:
    with pytest.raises(ValueError, match=r"8785|surrogates"):
        canonical_bytes([wrong])
