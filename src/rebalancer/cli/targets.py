"""``rebalancer targets``."""

from __future__ import annotations

from typing import Annotated

import typer

from rebalancer.api.models.targets import (
    PresetBody,
    PresetList,
    TargetsBody,
    TargetsChecked,
    TargetsDocument,
    TargetsVersionBody,
    TargetsVersionList,
)
from rebalancer.cli import figures, output
from rebalancer.cli.options import AsJson, FileArgument, PortfolioOption
from rebalancer.cli.plan_files import read_bytes
from rebalancer.cli.session import with_application, with_portfolio
from rebalancer.errors import FileError
from rebalancer.ports.application import Application
from rebalancer.workflows import save_targets


def show(
    version: Annotated[int | None, typer.Option(min=1, help="The current one without it.")] = None,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """Show the targets that count, or another version."""

    async def work(app: Application, found: str) -> TargetsBody:
        return TargetsBody.shown(await save_targets.show_targets(app, found, version))

    body = with_portfolio(portfolio, work)
    output.answer(output.document_of(body), as_json=as_json, human=lambda: output.line(body.toml.rstrip()))


def set_targets(
    file: FileArgument,
    note: Annotated[str, typer.Option(help="Why they changed.")] = "",
    based_on: Annotated[int | None, typer.Option(min=0, help="Refuse when another version came meanwhile.")] = None,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """Keep a targets file as the next version."""
    toml = _text(read_bytes(file), file.name)

    async def work(app: Application, found: str) -> TargetsBody:
        saved = await save_targets.save_targets(app, found, toml, note, based_on=based_on, file=file.name)
        return TargetsBody.shown(saved)

    body = with_portfolio(portfolio, work)
    human = output.say("cli.targets.saved", {"version": str(body.version)})
    output.answer(output.document_of(body), as_json=as_json, human=lambda: output.line(human))


def check(file: FileArgument, portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """Tell whether a targets file can be used, and what it says."""
    toml = _text(read_bytes(file), file.name)

    async def work(app: Application, found: str) -> TargetsChecked:
        return TargetsChecked(
            document=TargetsDocument.of(await save_targets.check_targets(app, found, toml, file.name))
        )

    body = with_portfolio(portfolio, work)

    def human() -> None:
        weights = [(group, figures.percent(weight)) for group, weight in body.document.weights.items()]
        rows = [*weights, *((group, output.say("cli.hold")) for group in body.document.hold)]
        output.table(output.say("cli.targets.usable"), output.headings("group", "target"), rows, right=(1,))

    output.answer(output.document_of(body), as_json=as_json, human=human)


def versions(
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """List the versions, newest first."""

    async def work(app: Application, found: str) -> TargetsVersionList:
        listed = await save_targets.list_targets(app, found, limit=limit + 1)
        items = [TargetsVersionBody.of(version) for version in listed[:limit]]
        return TargetsVersionList(items=items, next_cursor=str(items[-1].version) if len(listed) > limit else None)

    body = with_portfolio(portfolio, work)

    def human() -> None:
        rows = [(str(item.version), figures.minute(item.saved_at), item.note) for item in body.items]
        output.table(output.say("cli.targets.versions"), output.headings("version", "saved_at", "note"), rows)

    output.answer(output.document_of(body), as_json=as_json, human=human)


def presets(as_json: AsJson = False) -> None:
    """List ready-made targets to start from."""

    async def work(app: Application) -> PresetList:
        found = save_targets.list_presets(app)
        return PresetList(items=[PresetBody.of(preset, output.language()) for preset in found])

    body = with_application(work)

    def human() -> None:
        rows = [(item.name, item.title, item.description) for item in body.items]
        output.table(output.say("cli.targets.presets"), output.headings("name", "title", "description"), rows)

    output.answer(output.document_of(body), as_json=as_json, human=human)


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError("toml_invalid", {"file": name}) from None
