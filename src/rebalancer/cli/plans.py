"""``rebalancer plans``: the stored plans."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rebalancer.api.models.plans import CertificateBody, PlanList, PlanStep, PlanSummaryBody, shown_document
from rebalancer.cli import figures, output
from rebalancer.cli.exits import ExitCode
from rebalancer.cli.options import AsJson, OutFile, PortfolioOption
from rebalancer.cli.plan_text import print_plan
from rebalancer.cli.session import with_portfolio
from rebalancer.domain.plan.document import actions_csv
from rebalancer.errors import FileError, InputError
from rebalancer.ports.application import Application
from rebalancer.workflows import check_plan, show_plan, tick_step

PlanArgument = Annotated[str, typer.Argument(metavar="PLAN", help="Id of the plan, or its beginning.")]


def list_plans(
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    cursor: Annotated[str | None, typer.Option(help="next_cursor of the page before.")] = None,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """List the plans, newest first."""

    async def work(app: Application, found: str) -> PlanList:
        listed = await show_plan.list_plans(app, found, limit=limit + 1, after=cursor)
        items = [PlanSummaryBody.of(summary) for summary in listed[:limit]]
        return PlanList(items=items, next_cursor=items[-1].plan_id if len(listed) > limit else None)

    body = with_portfolio(portfolio, work)

    def human() -> None:
        rows = [
            (
                figures.short_id(item.plan_id),
                figures.minute(item.as_of),
                str(item.actions),
                str(item.moves),
                figures.money(item.traded),
            )
            for item in body.items
        ]
        columns = output.headings("plan", "as_of", "actions", "moves", "traded")
        output.table(output.say("cli.plans.title"), columns, rows, right=(2, 3, 4))

    output.answer(output.document_of(body), as_json=as_json, human=human)


def show(plan: PlanArgument, portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """Show one plan with its checklist."""

    async def work(app: Application, found: str) -> show_plan.ShownPlan:
        return await show_plan.show_plan(app, found, await show_plan.find_plan_id(app, found, plan))

    shown = with_portfolio(portfolio, work)

    def human() -> None:
        print_plan(shown.plan.document)
        for step in shown.steps:
            output.line(f"{_box(step)}: {_words(step)} {step.entry['symbol']}")

    output.answer(shown_document(shown), as_json=as_json, human=human)


def export(
    plan: PlanArgument,
    form: Annotated[str, typer.Option("--format", help="json or csv.")] = "json",
    out: OutFile = None,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """Write a plan as JSON, the very bytes its hash stands on, or its actions as CSV."""
    form = "json" if as_json else form
    if form not in {"json", "csv"}:
        raise InputError("usage", {"message": "--format json|csv"})

    async def work(app: Application, found: str) -> bytes:
        plan_id = await show_plan.find_plan_id(app, found, plan)
        if form == "json":
            return await show_plan.export_plan(app, found, plan_id)
        return actions_csv((await show_plan.show_plan(app, found, plan_id)).plan.document).encode()

    _write(with_portfolio(portfolio, work), out)


def check(plan: PlanArgument, portfolio: PortfolioOption = None, as_json: AsJson = False) -> None:
    """Run the independent checker again, on the stored plan and its stored inputs."""

    async def work(app: Application, found: str) -> CertificateBody:
        plan_id = await show_plan.find_plan_id(app, found, plan)
        return CertificateBody.of(await check_plan.check_plan(app, found, plan_id))

    body = with_portfolio(portfolio, work)

    def human() -> None:
        rows = [(output.say(f"check.{item.check}"), output.say(f"cli.{item.verdict}")) for item in body.checks]
        key = "cli.certificate.passed" if body.verdict == "pass" else "cli.certificate.failed"
        output.table(output.say(key), output.headings("check", "verdict"), rows)

    code = ExitCode.DONE if body.verdict == "pass" else ExitCode.REFUSED
    output.answer(output.document_of(body), as_json=as_json, human=human, code=code)


def tick(
    plan: PlanArgument,
    step: Annotated[str, typer.Argument(metavar="STEP", help="move-1, action-2, ...")],
    undone: Annotated[bool, typer.Option("--undone", help="It is not done after all.")] = False,
    portfolio: PortfolioOption = None,
    as_json: AsJson = False,
) -> None:
    """Tick a step by hand off."""

    async def work(app: Application, found: str) -> show_plan.Step:
        plan_id = await show_plan.find_plan_id(app, found, plan)
        return await tick_step.tick_step(app, found, plan_id, step, done=not undone)

    changed = with_portfolio(portfolio, work)
    body = output.document_of(PlanStep.of(changed))
    output.answer(body, as_json=as_json, human=lambda: output.line(_box(changed)))


def _box(step: show_plan.Step) -> str:
    return f"[{' ' if step.tick is None else 'x'}] {step.id}"


def _words(step: show_plan.Step) -> str:
    entry = step.entry
    return output.say(f"why.{entry['why']}") if step.stage == "move" else output.say(f"cli.{entry['action']}")


def _write(data: bytes, out: Path | None) -> None:
    if out is None:
        output.write(data.decode("utf-8"))
        return
    try:
        with out.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise FileError("file_exists", {"file": str(out)[:200]}) from None
    except OSError as error:
        raise FileError("file_unwritable", {"file": str(out)[:200], "reason": error.strerror or ""}) from error
