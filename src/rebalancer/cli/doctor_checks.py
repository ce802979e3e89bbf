"""The checks of ``rebalancer doctor``: data directory, database, audit chain, clock, disk, the page's files."""

from __future__ import annotations

import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rebalancer.cli.figures import minute
from rebalancer.cli.session import with_application
from rebalancer.errors import RebalancerError

if TYPE_CHECKING:
    from rebalancer.domain.evidence import ChainVerdict
    from rebalancer.ports.application import Application
    from rebalancer.ports.database import Inspection
    from rebalancer.settings import Settings

_OTHERS: Final = 0o077
_MIB: Final = 1024 * 1024
_FREE_MIB_MIN: Final = 200  # Room for a few hundred imports and for the database's own journal.
_WRITTEN: Final = datetime(2026, 1, 1, tzinfo=UTC)  # No clock that stands before this program was written is right.
_CLOCK_ERROR_MAX: Final = timedelta(minutes=5)
_VENDORED: Final = re.compile(r'"\./(?P<file>vendor/[^"]+)"')
_PAGE_FILES: Final = ("index.html", "vendor/swagger-ui/swagger-ui-bundle.js", "vendor/swagger-ui/swagger-ui.css")


@dataclass(frozen=True, slots=True)
class Finding:
    """One check.

    Attributes:
        check: Stable name; its texts are ``cli.doctor.<check>``, ``.found`` and ``.remedy``.
        passed: Whether all is well.
        numbers: The facts; ``code`` is that of the error which stood in the way.
    """

    check: str
    passed: bool
    numbers: dict[str, str] = field(default_factory=dict)


def findings(settings: Settings) -> Iterator[Finding]:
    """Every check. Files are looked at before the database is opened, which closes them to others."""
    yield _private("home_private", settings.home)
    yield _settings_file(settings)
    yield _database_files(settings)
    yield from _database(settings)
    yield _disk(settings)
    yield _page()


def _private(check: str, path: Path, *more: Path) -> Finding:
    """Nobody else may read it. What is not there yet is made, private, when it is needed."""
    modes = {file: stat.S_IMODE(file.stat().st_mode) for file in (path, *more) if file.exists()}
    open_to_others = {file: mode for file, mode in modes.items() if mode & _OTHERS}
    shown, mode = next(iter((open_to_others or modes or {path: 0}).items()))
    return Finding(check, not open_to_others, {"path": str(shown), "mode": f"{mode:o}" if mode else "—"})


def _settings_file(settings: Settings) -> Finding:
    """It may hold the password of a database."""
    return _private("settings_private", settings.home / ".env")


def _database_files(settings: Settings) -> Finding:
    scheme, _, path = settings.database_url.get_secret_value().partition(":///")
    if not scheme.startswith("sqlite"):
        return Finding("database_private", passed=True, numbers={"path": scheme.partition(":")[0], "mode": "—"})
    return _private("database_private", *(Path(f"{path}{suffix}") for suffix in ("", "-wal", "-shm")))


def _database(settings: Settings) -> list[Finding]:
    """Opening brings the schema to this version's and fails when it cannot."""
    try:
        return with_application(_opened, settings)
    except RebalancerError as error:
        return [_stopped("database_opens", error)]


async def _opened(app: Application) -> list[Finding]:
    from rebalancer.workflows.verify_audit import verify_audit

    inspection = await app.database.inspect(thorough=True)
    found = [await _portfolios(app), _schema(inspection), _sound(inspection)]
    try:
        verdict = await verify_audit(app)
        return [*found, _chain(verdict), await _clock(app, verdict)]
    except RebalancerError as error:
        return [*found, _stopped("audit_chain", error)]


def _stopped(check: str, error: RebalancerError) -> Finding:
    return Finding(check, passed=False, numbers={"code": error.code, **error.numbers})


async def _portfolios(app: Application) -> Finding:
    try:
        count = len(await app.journal.portfolios())
    except RebalancerError as error:
        return _stopped("database_opens", error)
    return Finding("database_opens", passed=True, numbers={"portfolios": str(count)})


def _schema(found: Inspection) -> Finding:
    numbers = {"revision": found.revision, "expected": found.revision_expected}
    return Finding("schema", found.revision == found.revision_expected, numbers)


def _sound(found: Inspection) -> Finding:
    numbers = {"engine": found.engine, "defects": str(len(found.defects))}
    first = {"defect": found.defects[0]} if found.defects else {}
    return Finding("database_sound", not found.defects, {**numbers, **first})


def _chain(verdict: ChainVerdict) -> Finding:
    broken = {"broken_at": str(verdict.broken_at)} if verdict.broken_at is not None else {}
    return Finding("audit_chain", verdict.intact, {"events": str(verdict.events), **broken})


async def _clock(app: Application, verdict: ChainVerdict) -> Finding:
    """Time that runs backwards makes plans that are too old look young."""
    now = app.clock.now()
    newest = await app.journal.events(after=verdict.events - 1, limit=1) if verdict.events else ()
    earliest = max([_WRITTEN, *(event.at - _CLOCK_ERROR_MAX for event in newest)])
    numbers = {"now": minute(now), "earliest": minute(earliest)}
    return Finding("clock", now >= earliest, numbers)


def _disk(settings: Settings) -> Finding:
    existing = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    free = shutil.disk_usage(existing).free // _MIB
    return Finding("disk_space", free >= _FREE_MIB_MIN, {"free_mib": str(free), "free_mib_min": str(_FREE_MIB_MIN)})


def _page() -> Finding:
    """The page asks for nothing from elsewhere, so everything it names must be here."""
    import rebalancer

    folder = Path(rebalancer.__file__).parent / "ui"
    index = folder / "index.html"
    named = _VENDORED.findall(index.read_text(encoding="utf-8")) if index.is_file() else []
    missing = [name for name in (*_PAGE_FILES, *named) if not (folder / name).is_file()]
    return Finding("page_files", not missing, {"missing": ", ".join(missing) or "—"})
