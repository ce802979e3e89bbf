"""The certificate: an independent, exact check of a plan against its raw inputs.

It never looks at how the plan was found. It reads the plan as a document, values the holdings anew, replays every step
in its order and recomputes every number in decimals. A plan that fails one check is not shown as a plan.
"""

from __future__ import annotations

from rebalancer.domain.certificate.verdict import Certificate, Verdict, certify, check_plan

__all__ = ["Certificate", "Verdict", "certify", "check_plan"]
