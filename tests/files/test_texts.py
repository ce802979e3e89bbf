from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from rebalancer.adapters.texts import LANGUAGES, catalogue, issue_document, problem_document, text
from rebalancer.domain.content import canonical_bytes
from rebalancer.errors import InputError, Issue

SOURCE = Path(str(files("rebalancer")))
PLACE = re.compile(r"\{(\w+)(?::percent)?\}")
CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
PARTS = ("title", "detail", "remedy")
FROM_ISSUE = {"file", "line", "column", "value"}
# Errors of the language itself, and of ours that carry a sentence instead of a code.
NOT_OURS = {
    "ValueError",
    "TypeError",
    "KeyError",
    "RuntimeError",
    "AssertionError",
    "OSError",
    "NotImplementedError",
    "MalformedPlanError",
}


def codes_of(tree: ast.AST) -> Iterator[tuple[str, frozenset[str] | None]]:
    """Codes that a module raises or notes, with the names of their numbers where these are written beside them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from codes_of_call(node)
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            yield from codes_of_table(node)


def codes_of_call(node: ast.Call) -> Iterator[tuple[str, frozenset[str] | None]]:
    name = called(node.func)
    if not (name.endswith("Error") or name in {"Issue", "issue", "_issue"}) or name in NOT_OURS:
        return
    choices = node.args[:1]
    if choices and isinstance(choices[0], ast.IfExp):
        choices = [choices[0].body, choices[0].orelse]
    for code in choices:
        if isinstance(code, ast.Constant) and isinstance(code.value, str) and CODE.fullmatch(code.value):
            yield code.value, numbers_beside(node, name)


def called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def numbers_beside(node: ast.Call, name: str) -> frozenset[str] | None:
    if not name.endswith("Error"):
        return None
    if len(node.args) < 2:
        return frozenset()
    numbers = node.args[1]
    if not isinstance(numbers, ast.Dict) or any(key is None for key in numbers.keys):
        return None
    return frozenset(key.value for key in numbers.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def codes_of_table(node: ast.AnnAssign | ast.Assign) -> Iterator[tuple[str, frozenset[str] | None]]:
    """A table of codes by shape is named ``..._CODES``."""
    targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
    named = any(isinstance(target, ast.Name) and target.id.endswith("_CODES") for target in targets)
    if named and isinstance(node.value, ast.Dict):
        for key in node.value.keys:
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, None


def codes_in_source() -> dict[str, list[tuple[str, frozenset[str] | None]]]:
    found: dict[str, list[tuple[str, frozenset[str] | None]]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for code, numbers in codes_of(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(code, []).append((str(path.relative_to(SOURCE)), numbers))
    return found


def missing_texts(codes: dict[str, list[tuple[str, frozenset[str] | None]]], known: set[str]) -> list[str]:
    return [
        f"error.{code}.{part} ({places[0][0]})"
        for code, places in sorted(codes.items())
        for part in PARTS
        if f"error.{code}.{part}" not in known
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_the_source_raises_has_its_texts(language: str) -> None:
    assert missing_texts(codes_in_source(), set(catalogue(language))) == []


def test_a_code_without_text_would_be_seen() -> None:
    tree = ast.parse(
        'raise FileError("brand_new", {"file": name})\nself.issue("other_new" if x else "third_new", name)'
    )
    found = dict(codes_of(tree))
    assert found == {"brand_new": frozenset({"file"}), "other_new": None, "third_new": None}
    assert len(missing_texts({code: [("x.py", None)] for code in found}, set(catalogue("en")))) == 9


def test_the_catalogues_have_the_same_keys_and_the_same_places() -> None:
    english, french = (catalogue(language) for language in LANGUAGES)
    assert set(english) == set(french)
    for key in english:
        assert sorted(PLACE.findall(english[key])) == sorted(PLACE.findall(french[key])), key


def test_a_text_asks_only_for_numbers_that_are_given() -> None:
    for code, places in codes_in_source().items():
        for path, numbers in places:
            asked = {
                place for part in PARTS for place in PLACE.findall(catalogue("en").get(f"error.{code}.{part}", ""))
            }
            assert numbers is None or asked <= numbers | FROM_ISSUE, (path, code, asked - numbers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_sorted_with_one_key_per_line(language: str) -> None:
    written = (SOURCE / "reference" / "texts" / f"{language}.json").read_text(encoding="utf-8")
    pairs: list[tuple[str, str]] = json.loads(written, object_pairs_hook=list)
    keys = [key for key, _ in pairs]
    assert keys == sorted(set(keys))
    assert len(written.splitlines()) == len(keys) + 2
    assert all(value.strip() for _, value in pairs)


def test_french_is_set_as_french_is() -> None:
    for key, value in catalogue("fr").items():
        outside_code = re.sub(r"\{[^}]*\}|\"[^\"]*\"|https?://\S+", "", value)
        assert not re.search(r"\w'\w", outside_code), key
        assert not re.search(r"[ \w][;!?](?:\s|$)", outside_code), key
        assert not re.search(r"[ ]:|[ ]»|«[ ]|[ ]%", outside_code), key
        assert "..." not in value, key


def test_places_are_filled_once_and_what_fills_them_is_not_read_again() -> None:
    filled = text("en", "error.separator_unknown.detail", {"file": "{header}.csv", "separator": "|", "header": "a|b"})
    assert filled == "The header of {header}.csv is separated by “|”: a|b"


def test_a_fraction_is_shown_as_percent_in_the_way_of_the_language() -> None:
    numbers = {"share": "0.0123", "limit": "0.005", "symbols": "X"}
    assert "1.23%" in text("en", "error.unclassified_over_limit.detail", numbers)
    assert "1,23\u202f%" in text("fr", "error.unclassified_over_limit.detail", numbers)
    assert "half" in text("en", "error.unclassified_over_limit.detail", {**numbers, "share": "half"})


def test_a_text_or_a_number_that_is_missing_is_left_open_and_never_an_error() -> None:
    assert text("en", "error.no_such_code.title", {}) == "error.no_such_code.title"
    assert "\u2026" in text("en", "error.empty_file.detail", {})
    assert text("de", "error.empty_file.title", {}) == text("en", "error.empty_file.title", {})


def test_a_problem_document_says_what_where_why_and_what_to_do() -> None:
    issue = Issue("number_decimal_comma", "mine.csv", 2, "Amount", "1,5")
    error = InputError("rows_unreadable", {"file": "mine.csv", "rows": "3", "rows_rejected": "1"}, [issue])
    document = problem_document(error, "en")
    assert (document["type"], document["code"]) == ("urn:rebalancer:problem:rows_unreadable", "rows_unreadable")
    assert document["detail"] == "Entries of mine.csv that cannot be read: 1 of 3; nothing was taken."
    assert document["errors"] == [issue_document(issue, "en")]
    first = issue_document(issue, "en")
    assert (first["line"], first["column"], first["value"]) == (2, "Amount", "1,5")
    assert "“1,5” has a decimal comma" in str(first["reason"])
    assert canonical_bytes(document)
