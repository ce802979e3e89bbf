"""``rebalancer doctor``: whether this installation is sound."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rebalancer.cli import output
from rebalancer.cli.exits import ExitCode
from rebalancer.cli.options import AsJson
from rebalancer.cli.session import with_application
from rebalancer.domain.content import JsonObject
from rebalancer.errors import RebalancerError
from rebalancer.settings import Settings, load_settings

_OTHERS: Final = 0o077
_MIB: Final = 1024 * 1024
_FREE_MIB_MIN: Final = 200  # Room for a few hundred imports and for the database's own journal.
_PAGE_FILES: Final = ("vendor/chart.js/chart.js", "vendor/luxon/luxon.js", "vendor/swagger-ui/swagger-ui-bundle.js")


@dataclass(frozen=True, slots=True)
class Finding:
    """One check.

    Attributes:
        check: Stable name; its text is ``doctor.<check>``.
        passed: Whether all is well.
        numbers: The facts.
    """

    check: str
    passed: bool
    numbers: dict[str, str] = field(default_factory=dict)

    def document(self) -> JsonObject:
        """The finding as JSON."""
        return {"check": self.check, "verdict": "pass" if self.passed else "fail", "numbers": self.numbers}


def doctor(as_json: AsJson = False) -> None:
    """Check the data directory, the database, its audit chain, the disk and the page's files."""
    settings = load_settings()
    findings = [check(settings) for check in _CHECKS]
    healthy = all(finding.passed for finding in findings)
    document: JsonObject = {"healthy": healthy, "checks": [finding.document() for finding in findings]}

    def human() -> None:
        rows = [
            (
                output.say(f"cli.doctor.{finding.check}"),
                output.say("cli.pass" if finding.passed else "cli.fail"),
                ", ".join(f"{name}: {value}" for name, value in finding.numbers.items()),
            )
            for finding in findings
        ]
        output.table(output.say("cli.doctor.title"), output.headings("check", "verdict", "numbers"), rows)

    output.answer(document, as_json=as_json, human=human, code=ExitCode.DONE if healthy else ExitCode.ERROR)


def _home(settings: Settings) -> Finding:
    """Nobody else may look into the data directory; one that is not there yet is made when it is needed."""
    return _private("home_private", settings.home)


def _database_file(settings: Settings) -> Finding:
    address = settings.database_url.get_secret_value()
    scheme, _, path = address.partition(":///")
    if not scheme.startswith("sqlite"):
        return Finding("database_private", passed=True, numbers={"engine": scheme.partition(":")[0]})
    return _private("database_private", Path(path))


def _private(check: str, path: Path) -> Finding:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return Finding(check, passed=True, numbers={"path": str(path), "mode": "-"})
    return Finding(check, passed=not mode & _OTHERS, numbers={"path": str(path), "mode": f"{mode:o}"})


def _database(settings: Settings) -> Finding:
    """Opening brings the schema to this version's and fails when it cannot."""
    try:
        count = with_application(lambda app: app.journal.portfolios(), settings)
    except RebalancerError as error:
        return Finding("database_opens", passed=False, numbers={"code": error.code, **error.numbers})
    return Finding("database_opens", passed=True, numbers={"portfolios": str(len(count))})


def _chain(settings: Settings) -> Finding:
    from rebalancer.workflows.verify_audit import verify_audit

    try:
        verdict = with_application(verify_audit, settings)
    except RebalancerError as error:
        return Finding("audit_chain", passed=False, numbers={"code": error.code})
    broken = {"broken_at": str(verdict.broken_at)} if verdict.broken_at is not None else {}
    return Finding("audit_chain", passed=verdict.intact, numbers={"events": str(verdict.events), **broken})


def _disk(settings: Settings) -> Finding:
    existing = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    free = shutil.disk_usage(existing).free // _MIB
    numbers = {"free_mib": str(free), "free_mib_min": str(_FREE_MIB_MIN)}
    return Finding("disk_space", passed=free >= _FREE_MIB_MIN, numbers=numbers)


def _page(settings: Settings) -> Finding:
    del settings
    import rebalancer

    folder = Path(rebalancer.__file__).parent / "ui"
    missing = [name for name in _PAGE_FILES if not (folder / name).is_file()]
    return Finding("page_files", passed=not missing, numbers={"missing": ", ".join(missing) or "-"})


_CHECKS: Final[tuple[Callable[[Settings], Finding], ...]] = (_home, _database_file, _database, _chain, _disk, _page)
