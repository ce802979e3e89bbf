"""``rebalancer init``, ``status``, ``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from rebalancer import __version__
from rebalancer.cli import figures, output
from rebalancer.cli.options import AsJson
from rebalancer.cli.session import with_application
from rebalancer.domain.content import Json, JsonObject
from rebalancer.ports.application import Application
from rebalancer.ports.records import ArchiveReport
from rebalancer.settings import load_settings

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def init(as_json: AsJson = False) -> None:
    """Make the data directory, the database and the first portfolio; what is there already stays."""
    settings = load_settings()

    async def work(app: Application) -> JsonObject:
        from rebalancer.workflows.create_portfolio import ensure_portfolio

        before = await app.journal.portfolios()
        portfolio = await ensure_portfolio(app)
        return {"home": str(settings.home), "portfolio": portfolio.id, "created": not before}

    document = with_application(work, settings)
    key = "cli.init.created" if document["created"] else "cli.init.found"
    human = output.say(key, {"home": str(document["home"])})
    output.answer(document, as_json=as_json, human=lambda: output.line(human))


def status(as_json: AsJson = False) -> None:
    """Tell what is stored: portfolios, their accounts, targets and latest plans."""
    settings = load_settings()
    portfolios = with_application(_portfolios, settings)
    document: JsonObject = {"version": __version__, "home": str(settings.home), "portfolios": portfolios}

    def human() -> None:
        output.line(output.say("cli.status.title", {"version": __version__, "home": str(settings.home)}))
        keys = ("name", "accounts", "rows", "targets_version", "latest_plan")
        rows = [tuple(_cell(key, item[key]) for key in keys) for item in portfolios]
        output.table(output.say("cli.portfolios.title"), output.headings(*keys), rows, right=(1, 2, 3))

    output.answer(document, as_json=as_json, human=human)


def _cell(key: str, value: Json) -> str:
    if value is None:
        return figures.NONE
    return figures.short_id(str(value)) if key == "latest_plan" else str(value)


async def _portfolios(app: Application) -> list[JsonObject]:
    return [await _portfolio(app, portfolio.id, portfolio.name) for portfolio in await app.journal.portfolios()]


async def _portfolio(app: Application, portfolio_id: str, name: str) -> JsonObject:
    async with app.journal.view(portfolio_id) as view:
        snapshots = [account.snapshot for account in await view.accounts.all() if account.snapshot is not None]
        version = await view.targets.current()
        plans = await view.plans.all(limit=1)
    return {
        "id": portfolio_id,
        "name": name,
        "accounts": len(snapshots),
        "rows": sum(snapshot.rows for snapshot in snapshots),
        "targets_version": version.version if version is not None else None,
        "latest_plan": plans[0].plan_id if plans else None,
    }


def backup(file: BackupFile, as_json: AsJson = False) -> None:
    """Write everything, as of one instant, into a new file that only you can read."""
    report = with_application(lambda app: app.archive.save(file.absolute()))
    _answer(report, "cli.backup.done", as_json=as_json)


def restore(file: BackupFile, as_json: AsJson = False) -> None:
    """Bring a backup back into an empty database, wholly or not at all."""
    report = with_application(lambda app: app.archive.restore(file.absolute()))
    _answer(report, "cli.restore.done", as_json=as_json)


def _answer(report: ArchiveReport, key: str, *, as_json: bool) -> None:
    document: JsonObject = {
        "path": report.path,
        "revision": report.revision,
        "created_at": report.created_at.isoformat().replace("+00:00", "Z"),
        "counts": dict(report.counts),
        "events": report.events,
        "head": report.head,
    }
    numbers = {"path": report.path, "rows": str(sum(cast("dict[str, int]", document["counts"]).values()))}
    output.answer(document, as_json=as_json, human=lambda: output.line(output.say(key, numbers)))
