"""The verdict: every check by name, passed or failed with the first thing that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import DecimalException
from typing import Final

from rebalancer.domain.certificate import amounts, replay, rules, statements
from rebalancer.domain.certificate.facts import Facts, MalformedPlanError, same
from rebalancer.domain.content import Json, JsonObject, content_hash
from rebalancer.domain.plan.inputs import PlanInputs
from rebalancer.errors import RebalancerError

CHECKS: Final[Mapping[str, Callable[[Facts], Iterator[amounts.Failure]]]] = {
    "inputs": amounts.check_inputs,
    "dates": amounts.check_dates,
    "totals": amounts.check_totals,
    "sequence": rules.check_sequence,
    "actions": amounts.check_actions,
    "markets": rules.check_markets,
    "sizes": rules.check_sizes,
    "permissions": rules.check_permissions,
    "free": replay.check_free,
    "net": replay.check_net,
    "moves": replay.check_moves,
    "cash": replay.check_cash,
    "remainders": rules.check_remainders,
    "costs": amounts.check_costs,
    "groups": amounts.check_groups,
    "objective": amounts.check_objective,
    "untouched": statements.check_untouched,
    "codes": statements.check_codes,
    "nothing_to_do": amounts.check_nothing_to_do,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check and what it found; ``numbers`` is empty when it passed."""

    check: str
    passed: bool
    numbers: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> JsonObject:
        """The verdict as it stands in a plan."""
        return {"check": self.check, "verdict": _word(passed=self.passed), "numbers": dict(self.numbers)}


@dataclass(frozen=True, slots=True)
class Certificate:
    """All verdicts on one plan.

    Attributes:
        verdicts: In the order of the checks.
        expired: Whether the plan's thirty minutes are over; a verdict of its own, None where no clock was asked.
    """

    verdicts: tuple[Verdict, ...]
    expired: bool | None = None

    @property
    def passed(self) -> bool:
        """Whether every check passed; expiry does not count."""
        return all(verdict.passed for verdict in self.verdicts)

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The checks that did not pass."""
        return tuple(verdict for verdict in self.verdicts if not verdict.passed)

    def document(self) -> JsonObject:
        """The certificate as it stands in a plan, without the expiry."""
        return {"verdict": _word(passed=self.passed), "checks": [verdict.document() for verdict in self.verdicts]}


def _word(*, passed: bool) -> str:
    return "pass" if passed else "fail"


def certify(body: JsonObject, inputs: PlanInputs) -> Certificate:
    """Check a plan's body, the document without its name and its certificate, against the raw inputs."""
    try:
        facts = Facts.read(body, inputs)
    except (MalformedPlanError, RebalancerError, DecimalException) as error:
        return Certificate((Verdict("form", passed=False, numbers={"where": str(error)[:200]}),))
    return Certificate((Verdict("form", passed=True), *(_run(name, facts) for name in CHECKS)))


def _run(name: str, facts: Facts) -> Verdict:
    try:
        first = next(CHECKS[name](facts), None)
    except (MalformedPlanError, RebalancerError, DecimalException) as error:
        first = {"where": str(error)[:200]}
    return Verdict(name, passed=first is None, numbers=first or {})


def check_plan(document: JsonObject, inputs: PlanInputs, now: datetime | None = None) -> Certificate:
    """Check a whole plan again: its name, its certificate and everything it says.

    Args:
        document: The plan as it was handed over.
        inputs: The raw inputs, read again.
        now: The instant to judge the expiry by, aware UTC.
    """
    named = {key: value for key, value in document.items() if key != "plan_id"}
    body = {key: value for key, value in named.items() if key != "certificate"}
    fresh = certify(body, inputs)
    hashed = _check_hash(document.get("plan_id"), named)
    stated = document.get("certificate")
    agrees = same(stated, fresh.document())
    kept = Verdict("certificate", passed=agrees, numbers={} if agrees else {"where": "certificate"})
    return Certificate((hashed, *fresh.verdicts, kept), _expired(document.get("expires_at"), now))


def _check_hash(name: Json, named: JsonObject) -> Verdict:
    try:
        expected = content_hash(named)
    except (TypeError, ValueError) as error:
        return Verdict("hash", passed=False, numbers={"where": str(error)[:200]})
    numbers = {} if name == expected else {"found": str(name)[:80], "expected": expected}
    return Verdict("hash", passed=name == expected, numbers=numbers)


def _expired(stated: Json, now: datetime | None) -> bool | None:
    if now is None or not isinstance(stated, str):
        return None
    try:
        return now >= datetime.fromisoformat(stated)
    except (ValueError, TypeError):
        return None
