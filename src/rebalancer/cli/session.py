"""Stateful commands: open the stored portfolio, do one piece of work, close it again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rebalancer.cli.plan_files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rebalancer.ports.application import Application
    from rebalancer.ports.files import Upload
    from rebalancer.settings import Settings

T = TypeVar("T")


def with_application(work: Callable[[Application], Awaitable[T]], settings: Settings | None = None) -> T:
    """Open the application of the data directory, run ``work`` on it and close it.

    Args:
        work: What to do.
        settings: Which data directory; the environment's unless given.
    """
    from rebalancer.bootstrap import open_application
    from rebalancer.settings import load_settings

    async def run() -> T:
        async with open_application(settings or load_settings()) as app:
            return await work(app)

    return asyncio.run(run())


def with_portfolio(portfolio: str | None, work: Callable[[Application, str], Awaitable[T]]) -> T:
    """As ``with_application``, for one portfolio.

    Args:
        portfolio: Its id; the first one when None.
        work: What to do with its id.
    """

    async def run(app: Application) -> T:
        from rebalancer.workflows.create_portfolio import ensure_portfolio, find_portfolio

        found = await (find_portfolio(app, portfolio) if portfolio is not None else ensure_portfolio(app))
        return await work(app, found.id)

    return with_application(run)


def upload_from(path: Path) -> Upload:
    """A file of the person's as workflows take it.

    Raises:
        FileError: ``file_not_found`` or ``file_unreadable``.
    """
    from rebalancer.ports.files import Upload

    return Upload(path.name, read_bytes(path))
