"""Bodies of ``/plans``. The plan document is passed on exactly as it was certified: instants and amounts stay texts."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from rebalancer.api.models.base import Amount, Body, Fraction, Instant, example
from rebalancer.api.models.plan_example import PLAN, STEP, SUMMARY
from rebalancer.domain.certificate import Certificate
from rebalancer.domain.content import JsonObject
from rebalancer.domain.money import plain
from rebalancer.ports.records import PlanSummary
from rebalancer.workflows.show_plan import ShownPlan, Step


class PlanGroup(Body):
    """One group before and after; weights are fractions, ``band`` is the half-width."""

    group: str
    value: Amount
    weight_held: Fraction
    weight_now: Fraction
    weight_after: Fraction
    weight_target: Fraction
    band: Fraction
    outside: bool
    on_hold: bool


class PlanAction(Body):
    """One trade: possible ``now``, or ``after`` the moves; sent by ``api`` or made by ``hand``."""

    n: int
    stage: Literal["now", "after"]
    executor: Literal["api", "hand", "none"]
    group: str
    asset: str
    alias: str | None
    symbol: str
    action: Literal["buy", "sell"]
    usd: Amount | None
    value: Amount
    currency: str
    est_quantity: Amount
    price_used: Amount
    price_source: str | None
    location: str | None
    exec_hint: str
    venue: str | None
    market: str | None
    fee: Amount
    fee_asset: str
    reason: str
    numbers: dict[str, str]


class PlanMove(Body):
    """One transfer or redemption to be made by hand before the stage ``after``."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    n: int
    asset: str
    symbol: str
    quantity: Amount
    origin: str | None = Field(alias="from")
    to: str | None
    why: str
    value: Amount
    fee: Amount | None
    fee_reason: str | None


class PlanUntouched(Body):
    """A holding, or the target of a group (``asset`` null), that stays as it is, and why."""

    asset: str | None
    symbol: str
    group: str
    location: str | None
    reason: str
    numbers: dict[str, str]


class PlanAssumption(Body):
    """Something the plan takes for granted."""

    code: str
    numbers: dict[str, str]


class PlanCost(Body):
    """Estimated cost of all trades in base currency."""

    fees: Amount
    half_spread: Amount
    orders: int
    order_price: Amount
    total: Amount
    traded: Amount
    share_of_traded: Fraction


class NothingToDo(Body):
    """Why there is nothing to trade: the worst drift and the band it stays in."""

    worst_group: str
    worst_drift: Fraction
    band: Fraction


class CertificateCheck(Body):
    """One check of the independent checker."""

    check: str
    verdict: Literal["pass", "fail"]
    numbers: dict[str, str]


class CertificateBody(Body):
    """What the independent checker says of a plan."""

    model_config = example(**PLAN["certificate"])

    verdict: Literal["pass", "fail"]
    checks: list[CertificateCheck]

    @classmethod
    def of(cls, certificate: Certificate) -> CertificateBody:
        """A certificate as a body."""
        return cls.model_validate(certificate.document())


class PlanDocument(Body):
    """A plan from the person's own rules. ``plan_id`` is the SHA-256 of the RFC 8785 form of all the rest."""

    model_config = example(**PLAN)

    plan_id: str
    as_of: str
    expires_at: str
    currency: str
    total_value: Amount
    planning_value: Amount
    approvable: bool
    groups: list[PlanGroup]
    actions: list[PlanAction]
    moves: list[PlanMove]
    untouched: list[PlanUntouched]
    assumptions: list[PlanAssumption]
    cost: PlanCost
    objective: Amount
    bound: Amount | None
    bound_reason: str | None
    gap: Amount | None
    gap_reason: str | None
    nothing_to_do: NothingToDo | None
    inputs: dict[str, str | None]
    certificate: CertificateBody


class NewPlan(Body):
    """What to plan: always everything, by the current targets; the body is an empty object."""

    model_config = example()


class PlanStep(Body):
    """One step of the checklist: a move or a trade, and whether it is done."""

    model_config = example(**STEP)

    id: str
    stage: Literal["move", "now", "after"]
    done: bool
    done_at: Instant | None
    done_by: str | None

    @classmethod
    def of(cls, step: Step) -> PlanStep:
        """A step as a body."""
        tick = step.tick
        return cls.model_validate(
            {
                "id": step.id,
                "stage": step.stage,
                "done": tick is not None,
                "done_at": tick.done_at if tick is not None else None,
                "done_by": tick.done_by if tick is not None else None,
            }
        )


class PlanBody(PlanDocument):
    """A stored plan: the document, when it was made, whether it must be made anew, and its checklist."""

    model_config = example(**PLAN, created_at="2026-11-22T08:00:00Z", expired=False, steps=[STEP])

    created_at: Instant
    expired: bool
    steps: list[PlanStep]


class PlanProgress(Body):
    """What a stored plan has beside its document."""

    created_at: Instant
    expired: bool
    steps: list[PlanStep]


def shown_document(shown: ShownPlan) -> JsonObject:
    """A stored plan as ``PlanBody`` describes it; its document was certified and is passed on as it is."""
    created_at = shown.plan.summary.created_at
    steps = [PlanStep.of(step) for step in shown.steps]
    progress = PlanProgress(created_at=created_at, expired=shown.expired, steps=steps)
    return {**shown.plan.document, **progress.model_dump(mode="json")}


class StepEdit(Body):
    """Whether the step is done."""

    model_config = example(done=True)

    done: bool


class PlanSummaryBody(Body):
    """One plan without its document."""

    model_config = example(**SUMMARY)

    plan_id: str
    created_at: Instant
    as_of: Instant
    expires_at: Instant
    currency: str
    total_value: Amount
    traded: Amount
    cost: Amount
    actions: int
    moves: int
    approvable: bool
    targets_version: int

    @classmethod
    def of(cls, summary: PlanSummary) -> PlanSummaryBody:
        """A stored summary as a body."""
        return cls(
            plan_id=summary.plan_id,
            created_at=summary.created_at,
            as_of=summary.as_of,
            expires_at=summary.expires_at,
            currency=summary.currency,
            total_value=plain(summary.total_value),
            traded=plain(summary.traded),
            cost=plain(summary.cost),
            actions=summary.actions,
            moves=summary.moves,
            approvable=summary.approvable,
            targets_version=summary.targets_version,
        )

    @classmethod
    def maybe(cls, summary: PlanSummary | None) -> PlanSummaryBody | None:
        """A summary as a body, where there is one."""
        return cls.of(summary) if summary is not None else None


class PlanList(Body):
    """Plans, newest first; ``next_cursor`` leads on where there are more."""

    model_config = example(items=[SUMMARY], next_cursor=None)

    items: list[PlanSummaryBody]
    next_cursor: str | None
