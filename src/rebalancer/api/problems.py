"""Problems: every error as an RFC 9457 document. The only place that knows HTTP status codes.

A document says what is wrong in the caller's language, carries the stable ``code`` and its ``numbers``, lists each
place in the input, and names the request (``trace_id``) so that it can be found in the log.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from rebalancer.adapters.texts import problem_document
from rebalancer.api.language import preferred_language
from rebalancer.api.models.problem import Problem
from rebalancer.api.trace import trace_id
from rebalancer.errors import (
    ConflictError,
    InputError,
    Issue,
    NotFoundError,
    PreconditionError,
    RebalancerError,
    StorageError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.types import Scope

CREATED: Final = 201
NOT_MODIFIED: Final = 304
SERVER_ERROR: Final = 500

_MEDIA_TYPE: Final = "application/problem+json"
_UNPROCESSABLE: Final = 422
_UNAVAILABLE: Final = 503
_CLIENT_ERROR: Final = 400

_STATUS_OF_CLASS: Final[tuple[tuple[type[RebalancerError], int], ...]] = (
    (NotFoundError, 404),
    (ConflictError, 409),
    (PreconditionError, 412),
    (StorageError, _UNAVAILABLE),
    (InputError, _UNPROCESSABLE),
)
_STATUS_OF_CODE: Final[Mapping[str, int]] = {
    "request_unreadable": 400,
    "idempotency_key_missing": 400,
    "idempotency_key_invalid": 400,
    "cursor_invalid": 400,
    "origin_not_allowed": 403,
    "route_not_found": 404,
    "method_not_allowed": 405,
    "body_too_large": 413,
    "file_too_large": 413,
    "media_type_not_supported": 415,
    "host_not_allowed": 421,
    "not_ready": _UNAVAILABLE,
    "unexpected": SERVER_ERROR,
}
_CODE_OF_STATUS: Final[Mapping[int, str]] = {
    400: "request_unreadable",
    404: "route_not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "media_type_not_supported",
}
_SUMMARIES: Final[Mapping[int, str]] = {
    400: "The request cannot be read.",
    404: "There is no such thing in this portfolio.",
    409: "The thing is not in the state that this step needs.",
    412: "Somebody changed the thing meanwhile.",
    413: "The body or the file is too large.",
    415: "The content type is not one that this address reads.",
    422: "What was sent cannot be used; ``errors`` lists each place.",
    503: "The database cannot answer now; nothing was changed.",
}


def status_of(error: RebalancerError) -> int:
    """HTTP status of an error: by its code, else by its class."""
    by_code = _STATUS_OF_CODE.get(error.code)
    if by_code is not None:
        return by_code
    return next((status for kind, status in _STATUS_OF_CLASS if isinstance(error, kind)), _UNPROCESSABLE)


def problem_response(error: RebalancerError, scope: Scope, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that tells an error, in the language that the request prefers."""
    language = preferred_language(scope)
    status = status_of(error)
    document = {**problem_document(error, language), "status": status, "trace_id": trace_id()}
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=dict).encode("utf-8", "replace")
    return Response(body, status, {"content-language": language, **(headers or {})}, _MEDIA_TYPE)


def had_no_effect(status: int) -> bool:
    """Whether an answer of this status means that nothing was changed, so that its key is free again."""
    return _CLIENT_ERROR <= status < SERVER_ERROR or status == _UNAVAILABLE


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route for OpenAPI: which problems it may answer with."""
    media = {_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": _SUMMARIES[status], "content": media} for status in sorted({_UNPROCESSABLE, *statuses})
    }


READING: Final = documented(404, 503)
CALCULATING: Final = documented(400, 404, 413, 415, 503)
WRITING: Final = documented(400, 404, 409, 413, 415, 503)


def install_problem_handlers(app: FastAPI) -> None:
    """Make every error of a route, of validation and of the framework a problem document."""
    app.add_exception_handler(RebalancerError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_framework_error)


async def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RebalancerError)
    return problem_response(error, request.scope)


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    issues = [_issue_of(found) for found in error.errors()]
    unreadable = any(found["type"] == "json_invalid" for found in error.errors())
    code = "request_unreadable" if unreadable else "request_invalid"
    return problem_response(InputError(code, {"count": str(len(issues))}, issues), request.scope)


def _issue_of(found: Mapping[str, Any]) -> Issue:
    """One finding of Pydantic as an issue: where, what stands there, and the stable name of the rule."""
    value = found.get("input")
    shown = value if isinstance(value, str) else json.dumps(value, default=lambda _: "...", ensure_ascii=False)
    return Issue(
        "field_invalid",
        column=_column(found["loc"]),
        value=shown[:80],
        numbers={"kind": str(found["type"]), "rule": str(found["msg"])},
    )


def _column(location: Sequence[str | int]) -> str:
    """``("body", "groups", 0, "name")`` as ``groups.0.name``."""
    return ".".join(str(part) for part in location[1:]) or str(location[0])


async def _on_framework_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODE_OF_STATUS.get(error.status_code, "request_unreadable")
    numbers = {"method": request.method, "path": request.url.path[:200]}
    return problem_response(InputError(code, numbers), request.scope, error.headers)


def problem_schema() -> dict[str, Any]:
    """JSON Schema of a problem, as OpenAPI refers to it."""
    return Problem.model_json_schema(ref_template="#/components/schemas/{model}")
