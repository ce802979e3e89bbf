"""The description of the API: committed, complete, and what the server really answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from rebalancer.api.openapi import openapi_document
from tests.support.servers import Server, start_server

FILE = Path(__file__).parents[2] / "openapi.json"
DOCUMENT: dict[str, Any] = json.loads(FILE.read_text())
OPERATIONS = [
    pytest.param(operation, id=operation["operationId"])
    for methods in DOCUMENT["paths"].values()
    for operation in methods.values()
]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

schema = schemathesis.openapi.from_dict(json.loads(FILE.read_text()))  # It changes what it is given.


def test_the_committed_description_is_the_server_s_own() -> None:
    assert openapi_document() == DOCUMENT, "write it anew: ./dev rebalancer openapi > openapi.json"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_has_a_summary_a_tag_and_its_problems(operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    assert {tag["name"] for tag in DOCUMENT["tags"]}.issuperset(operation["tags"])
    assert len(operation["tags"]) == 1
    problems = [answer for status, answer in operation["responses"].items() if int(status) >= 400]
    for answer in problems:
        assert answer["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
        assert "application/json" not in answer["content"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_json_body_has_an_example(operation: dict[str, Any]) -> None:
    answers = [answer["content"] for status, answer in operation["responses"].items() if int(status) < 400]
    bodies = [*answers, operation.get("requestBody", {}).get("content", {})]
    for body in bodies:
        reference = body.get("application/json", {}).get("schema", {}).get("$ref")
        if reference is not None:
            described = DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]]
            assert described["examples"], reference


def test_no_two_operations_share_an_id() -> None:
    ids = [operation.values[0]["operationId"] for operation in OPERATIONS]  # type: ignore[index]
    assert len(ids) == len(set(ids))


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(DOCUMENT)
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in DOCUMENT["components"]["schemas"], name


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("schemathesis") / "home"
    home.mkdir(mode=0o700)
    with start_server(home) as started:
        yield started


@schema.parametrize()
@hypothesis.settings(max_examples=5, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
def test_whatever_is_sent_the_answer_is_one_that_is_described(case: schemathesis.Case[Any], server: Server) -> None:
    case.call_and_validate(base_url=server.base_url, checks=CHECKS)
