"""``rebalancer serve`` and ``rebalancer demo``."""

from __future__ import annotations

import threading
import webbrowser
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rebalancer.cli import output
from rebalancer.cli.session import with_application
from rebalancer.settings import load_settings

if TYPE_CHECKING:
    from rebalancer.ports.application import Application
    from rebalancer.settings import Settings

PortOption = Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")]


def serve(
    host: Annotated[str | None, typer.Option(help="localhost, 127.0.0.1 or ::1; nothing else before log-in.")] = None,
    port: PortOption = None,
) -> None:
    """Serve the page and the API of your own portfolio on this machine."""
    settings = load_settings()
    _serve(settings, host or settings.host, settings.port if port is None else port, demo=False, browser=False)


def demo(
    port: PortOption = None,
    home: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the demo keeps its data.")] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the page in a browser.")] = False,
) -> None:
    """Serve the product with a made-up portfolio, apart from your own data; what you change there stays."""
    from rebalancer.cli.demo_data import demo_settings

    settings = demo_settings(load_settings(), home)
    browser = not no_open and output.for_a_person()
    _serve(settings, "localhost", settings.port if port is None else port, demo=True, browser=browser)


def _serve(settings: Settings, host: str, port: int, *, demo: bool, browser: bool) -> None:
    # The address is taken before the database is opened: a refusal then has touched nothing.
    from rebalancer.api.server import bind_local

    sockets = bind_local(host, port)
    name = f"[{host}]" if ":" in host else host
    url = f"http://{name}:{sockets[0].getsockname()[1]}"

    async def work(app: Application) -> None:
        from rebalancer.api.app import create_app
        from rebalancer.api.server import run_server
        from rebalancer.cli.demo_data import fill_demo
        from rebalancer.workflows.create_portfolio import ensure_portfolio
        from rebalancer.workflows.interrupt_runs import interrupt_runs
        from rebalancer.workflows.require_sound_database import require_sound_database

        await require_sound_database(app)
        await interrupt_runs(app, older_than=timedelta())  # This process is the one that makes plans from now on.
        portfolio = await ensure_portfolio(app)
        if demo:
            await fill_demo(app, portfolio.id)
        served = create_app(app, demo=demo, json_logs=settings.log_format == "json")
        await run_server(served, sockets, lambda: _announce(url, browser=browser))

    try:
        with_application(work, settings)
    finally:
        for opened in sockets:
            opened.close()


def _announce(url: str, *, browser: bool) -> None:
    output.line(url)
    if browser:
        threading.Thread(target=_open, args=(url,), daemon=True).start()


def _open(url: str) -> None:
    """Open a browser beside the terminal; one that would take the terminal over is left alone."""
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return
    if getattr(found, "background", isinstance(found, webbrowser.BackgroundBrowser)):
        found.open(url)
