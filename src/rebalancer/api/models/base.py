"""What all models share."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, PlainSerializer, StringConstraints

from rebalancer.domain.money import plain

_PLAIN_NUMBER = r"^-?\d+(\.\d+)?$"


def _zulu(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _printable(text: str) -> str:
    if not text.isprintable():
        msg = "control characters are not allowed"
        raise ValueError(msg)
    return text


Amount: TypeAlias = Annotated[str, StringConstraints(pattern=_PLAIN_NUMBER)]
Fraction: TypeAlias = Annotated[str, StringConstraints(pattern=_PLAIN_NUMBER)]
Instant: TypeAlias = Annotated[AwareDatetime, PlainSerializer(_zulu, return_type=str)]
Printable: TypeAlias = Annotated[str, AfterValidator(_printable)]
Name: TypeAlias = Annotated[Printable, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Symbol: TypeAlias = Annotated[Printable, StringConstraints(min_length=1, max_length=120)]


class Body(BaseModel):
    """A body: unknown fields are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def example(**fields: object) -> ConfigDict:
    """Configuration of a body with one example of it."""
    shown: dict[str, Any] = {"examples": [fields]}
    return ConfigDict(extra="forbid", frozen=True, json_schema_extra=shown)


def amount(value: Decimal | None) -> str | None:
    """A decimal as text; None stays None."""
    return plain(value) if value is not None else None
