"""Bodies of ``/runs``."""

from __future__ import annotations

from rebalancer.api.models.base import Body, Instant, example
from rebalancer.ports.records import Run, RunState


class RunBody(Body):
    """One piece of longer work and what came of it."""

    model_config = example(
        id="01k9zq3x7v5c8m2n4p6r8t0w1y",
        kind="propose_plan",
        state="done",
        started_at="2026-11-22T08:00:00Z",
        finished_at="2026-11-22T08:00:01Z",
        result="9f2c",
        error=None,
        numbers={},
    )

    id: str
    kind: str
    state: RunState
    started_at: Instant
    finished_at: Instant | None
    result: str | None
    error: str | None
    numbers: dict[str, str]

    @classmethod
    def of(cls, run: Run) -> RunBody:
        """A stored run as a body."""
        return cls(
            id=run.id,
            kind=run.kind,
            state=run.state,
            started_at=run.started_at,
            finished_at=run.finished_at,
            result=run.result,
            error=run.error,
            numbers=dict(run.numbers),
        )


class RunList(Body):
    """Runs, newest first; ``next_cursor`` leads on where there are more."""

    model_config = example(items=[], next_cursor=None)

    items: list[RunBody]
    next_cursor: str | None
