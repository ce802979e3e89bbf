"""Import prices: a prices file becomes the one that counts; show and clear it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rebalancer.domain.prices import Quote
from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload
from rebalancer.ports.records import FileKind, InputFile
from rebalancer.workflows.join_portfolio import decoded_quotes
from rebalancer.workflows.store_input_file import clear_input_file, load_registry, show_input_file, store_input_file


@dataclass(frozen=True, slots=True)
class StoredPrices:
    """The current prices file and its quotes; no file and no quotes when there is none."""

    file: InputFile | None
    quotes: tuple[Quote, ...]


async def import_prices(app: Application, portfolio_id: str, upload: Upload) -> StoredPrices:
    """Read a prices file wholly or not at all, and let it replace the former one.

    Raises:
        FileError: The file or some rows of it cannot be read.
        NotFoundError: ``portfolio_not_found``.
    """
    registry = await load_registry(app, portfolio_id)
    quotes = await asyncio.to_thread(app.files.prices, upload.data, upload.name, registry)
    file = await store_input_file(app, portfolio_id, FileKind.PRICES, upload, (tuple[Quote, ...], quotes))
    return StoredPrices(file, quotes)


async def show_prices(app: Application, portfolio_id: str) -> StoredPrices:
    """The prices file that counts.

    Raises:
        NotFoundError: ``portfolio_not_found``.
    """
    file, document = await show_input_file(app, portfolio_id, FileKind.PRICES)
    return StoredPrices(file, decoded_quotes(document))


async def clear_prices(app: Application, portfolio_id: str) -> None:
    """Leave the portfolio with the prices of its own exports only.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``input_file_not_found``.
    """
    await clear_input_file(app, portfolio_id, FileKind.PRICES)
