"""Import markets: a markets file becomes the one that counts; show and clear it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rebalancer.domain.instruments import Market
from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload
from rebalancer.ports.records import FileKind, InputFile
from rebalancer.workflows.join_portfolio import decoded_markets
from rebalancer.workflows.store_input_file import clear_input_file, load_registry, show_input_file, store_input_file


@dataclass(frozen=True, slots=True)
class StoredMarkets:
    """The current markets file and its markets; no file and no markets when there is none."""

    file: InputFile | None
    markets: tuple[Market, ...]


async def import_markets(app: Application, portfolio_id: str, upload: Upload) -> StoredMarkets:
    """Read a markets file wholly or not at all, and let it replace the former one.

    Raises:
        FileError: The file or some rows of it cannot be read.
        NotFoundError: ``portfolio_not_found``.
    """
    registry = await load_registry(app, portfolio_id)
    markets = await asyncio.to_thread(app.files.markets, upload.data, upload.name, registry)
    file = await store_input_file(app, portfolio_id, FileKind.MARKETS, upload, (tuple[Market, ...], markets))
    return StoredMarkets(file, markets)


async def show_markets(app: Application, portfolio_id: str) -> StoredMarkets:
    """The markets file that counts.

    Raises:
        NotFoundError: ``portfolio_not_found``.
    """
    file, document = await show_input_file(app, portfolio_id, FileKind.MARKETS)
    return StoredMarkets(file, decoded_markets(document) or ())


async def clear_markets(app: Application, portfolio_id: str) -> None:
    """Leave the portfolio without markets.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``input_file_not_found``.
    """
    await clear_input_file(app, portfolio_id, FileKind.MARKETS)
