"""``rebalancer doctor``: whether this installation is sound, and what to do where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rebalancer.cli import output
from rebalancer.cli.doctor_checks import Finding, findings
from rebalancer.cli.exits import ExitCode
from rebalancer.cli.options import AsJson
from rebalancer.settings import load_settings

if TYPE_CHECKING:
    from rebalancer.domain.content import JsonObject


def doctor(as_json: AsJson = False) -> None:
    """Check the data directory, the database, its audit chain, the clock, the disk and the page's files."""
    found = list(findings(load_settings()))
    healthy = all(finding.passed for finding in found)
    document: JsonObject = {"healthy": healthy, "checks": [_document(finding) for finding in found]}
    code = ExitCode.DONE if healthy else ExitCode.ERROR
    output.answer(document, as_json=as_json, human=lambda: _draw(found), code=code)


def _document(finding: Finding) -> JsonObject:
    verdict = "pass" if finding.passed else "fail"
    return {"check": finding.check, "verdict": verdict, "numbers": finding.numbers, "remedy": _remedy(finding)}


def _draw(found: list[Finding]) -> None:
    rows = [
        (
            output.say(f"cli.doctor.{finding.check}"),
            output.say("cli.pass" if finding.passed else "cli.fail"),
            _facts(finding),
        )
        for finding in found
    ]
    output.table(output.say("cli.doctor.title"), output.headings("check", "verdict", "numbers"), rows)
    for finding in found:
        if not finding.passed:
            output.line(output.printable(f"{output.say(f'cli.doctor.{finding.check}')}: {_remedy(finding)}"))


def _facts(finding: Finding) -> str:
    code = finding.numbers.get("code")
    if code is not None:
        return output.say(f"error.{code}.title", finding.numbers)
    return output.say(f"cli.doctor.{finding.check}.found", finding.numbers)


def _remedy(finding: Finding) -> str | None:
    if finding.passed:
        return None
    code = finding.numbers.get("code")
    if code is not None:
        return output.say(f"error.{code}.remedy", finding.numbers)
    return output.say(f"cli.doctor.{finding.check}.remedy", finding.numbers)
