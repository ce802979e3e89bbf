"""Options of a command checked by the model of the API that takes the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from rebalancer.errors import InputError, Issue

M = TypeVar("M", bound=BaseModel)


def checked(model: type[M], given: Mapping[str, object]) -> M:
    """The options as the model; those that were not given keep its defaults.

    Raises:
        InputError: ``usage``, with an issue for each option that cannot be.
    """
    try:
        return model.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        issues = [
            Issue(
                "field_invalid",
                column=f"--{'-'.join(str(part) for part in found['loc']).replace('_', '-')}",
                value=str(found["input"])[:80],
                numbers={"kind": found["type"], "rule": found["msg"]},
            )
            for found in error.errors()
        ]
        words = "; ".join(f"{issue.column}: {issue.numbers['rule']}" for issue in issues)
        raise InputError("usage", {"message": words}, issues) from None
