"""The body of every error."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from rebalancer.api.models.base import Body


class ProblemIssue(Body):
    """One thing that is wrong at one place of the input."""

    code: str = Field(examples=["not_a_number"])
    file: str | None = Field(default=None, examples=["balance.csv"])
    line: int | None = Field(default=None, examples=[17])
    column: str | None = Field(default=None, examples=["Amount"])
    value: str | None = Field(default=None, examples=["1.234,56"])
    numbers: dict[str, str] = Field(default={}, examples=[{}])
    reason: str = Field(examples=["This is not a number in plain notation."])
    remedy: str = Field(examples=["Write 1234.56."])


class Problem(Body):
    """RFC 9457 problem document with a stable ``code``; ``numbers`` are the facts behind the sentences."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:rebalancer:problem:targets_invalid",
                    "title": "The targets cannot be used",
                    "detail": "1 mistake was found.",
                    "remedy": "Correct each place below and send the targets again.",
                    "status": 422,
                    "code": "targets_invalid",
                    "numbers": {"count": "1"},
                    "errors": [
                        {
                            "code": "targets_sum",
                            "column": "targets",
                            "value": "99%",
                            "numbers": {"missing": "1%"},
                            "reason": "The weights sum to 99%.",
                            "remedy": "Change them until they sum to exactly 100%.",
                        }
                    ],
                    "trace_id": "01k9zq3x7v5c8m2n4p6r8t0w1y",
                }
            ]
        },
    )

    type: str
    title: str
    detail: str
    remedy: str
    status: int
    code: str
    numbers: dict[str, str]
    errors: list[ProblemIssue]
    trace_id: str
