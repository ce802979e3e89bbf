"""Certify a plan: propose it, have the independent checker pass it, and write both down as one document."""

from __future__ import annotations

from rebalancer.domain.certificate import certify
from rebalancer.domain.content import JsonObject
from rebalancer.domain.plan.document import plan_body, plan_document
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.domain.plan.proposal import propose_plan
from rebalancer.errors import PlanRefusedError


def certified_plan(inputs: PlanInputs) -> JsonObject:
    """The plan document for some inputs, with its certificate and its name.

    Raises:
        PlanRefusedError: The holdings may not be planned as they are, or ``certificate_failed``: the checker refuses
            what the planner made, and
            a plan that is not certified is not shown.
        CurrencyMismatchError: No price leads to the base currency.
    """
    plan = propose_plan(inputs)
    certificate = certify(plan_body(plan, inputs), inputs)
    if not certificate.passed:
        first = certificate.failed[0]
        names = ", ".join(verdict.check for verdict in certificate.failed)
        raise PlanRefusedError("certificate_failed", {"checks": names, "first": str(dict(first.numbers))})
    return plan_document(plan, inputs, certificate.document())
