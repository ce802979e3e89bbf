"""``rebalancer check-plan``: the certificate, run again on its own, on a plan and its raw inputs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from rebalancer.adapters.clock import SystemClock
from rebalancer.adapters.files.plans import read_plan
from rebalancer.cli import output
from rebalancer.cli.exits import ExitCode
from rebalancer.cli.options import AsJson
from rebalancer.cli.plan_files import PlanFiles, parse_instant, read_bytes, read_inputs
from rebalancer.domain.certificate import Certificate
from rebalancer.domain.certificate import check_plan as certify_again
from rebalancer.domain.content import JsonObject
from rebalancer.errors import InputError


def check_plan(
    *,
    plan: Annotated[Path, typer.Option(metavar="FILE", help="The plan, JSON.")],
    holdings: Annotated[Path, typer.Option(metavar="FILE", help="The holdings it was made from.")],
    targets: Annotated[Path, typer.Option(metavar="FILE", help="The targets it was made from.")],
    prices: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    markets: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    places: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    as_json: AsJson = False,
) -> None:
    """Check a plan against its inputs: every constraint, every number, every step in its order."""
    document = read_plan(read_bytes(plan), plan.name)
    now = SystemClock().now()
    stated = document.get("as_of")
    inputs = read_inputs(PlanFiles(holdings, targets, prices, markets, places), _instant(stated), now)
    certificate = certify_again(document, inputs, now)
    code = ExitCode.DONE if certificate.passed else ExitCode.REFUSED
    output.answer(_answer(document, certificate), as_json=as_json, human=lambda: _print(certificate), code=code)


def _instant(stated: object) -> datetime | None:
    try:
        return parse_instant(stated if isinstance(stated, str) else None)
    except InputError:
        return None  # The check of the dates then fails and says so.


def _answer(document: JsonObject, certificate: Certificate) -> JsonObject:
    plan_id = document.get("plan_id")
    return {
        "plan_id": plan_id if isinstance(plan_id, str) else None,
        "accepted": certificate.passed,
        "expired": certificate.expired,
        **certificate.document(),
    }


def _print(certificate: Certificate) -> None:
    output.table(
        output.say("cli.certificate.passed" if certificate.passed else "cli.certificate.failed"),
        (output.say("cli.column.check"), output.say("cli.column.verdict"), output.say("cli.column.numbers")),
        [
            (
                output.say(f"check.{verdict.check}"),
                output.say("cli.pass" if verdict.passed else "cli.fail"),
                ", ".join(f"{name}: {value}" for name, value in verdict.numbers.items()),
            )
            for verdict in certificate.verdicts
        ],
    )
    if certificate.expired:
        output.line(output.say("cli.certificate.expired"))
