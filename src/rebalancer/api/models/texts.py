"""Bodies of ``/schemas`` and ``/texts``, and of the probes."""

from __future__ import annotations

from rebalancer.api.models.base import Body, example


class SchemaList(Body):
    """Names of the published JSON Schemas."""

    model_config = example(items=["plan", "prices", "targets"])

    items: list[str]


class TextsBody(Body):
    """The catalogue of one language: sentences by key."""

    model_config = example(language="en", texts={"error.targets_invalid.title": "The targets cannot be used"})

    language: str
    texts: dict[str, str]


class ProbeBody(Body):
    """The answer of a probe."""

    model_config = example(status="ok")

    status: str
