"""Store an input file: the bytes as they came and the canonical document of what was read, both by hash."""

from __future__ import annotations

from typing import TypeVar

from rebalancer.domain.assets import Registry
from rebalancer.domain.content import JsonObject, canonical_bytes
from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload
from rebalancer.ports.records import Change, FileKind, InputFile
from rebalancer.workflows.encode_values import document_of
from rebalancer.workflows.import_holdings import FILE_NAME_LENGTH_MAX
from rebalancer.workflows.join_portfolio import registry_of
from rebalancer.workflows.load_portfolio import load_portfolio

T = TypeVar("T")


async def load_registry(app: Application, portfolio_id: str) -> Registry:
    """The registry as the portfolio's owner sees it.

    Raises:
        NotFoundError: ``portfolio_not_found``.
    """
    async with app.journal.view(portfolio_id) as view:
        return registry_of(await load_portfolio(view), app.reference)


async def store_input_file(
    app: Application,
    portfolio_id: str,
    kind: FileKind,
    upload: Upload,
    read: tuple[type[tuple[T, ...]], tuple[T, ...]],
) -> InputFile:
    """Make a file the one of its kind that counts; the same bytes read the same way change nothing.

    Args:
        app: The ports.
        portfolio_id: Whose file it is.
        kind: Prices or markets.
        upload: The file.
        read: Type of what was read, and what was read.

    Raises:
        NotFoundError: ``portfolio_not_found``.
    """
    async with app.journal.unit(portfolio_id) as unit:
        content = await unit.contents.put(upload.data)
        document = await unit.contents.put(canonical_bytes(document_of(*read)))
        before = await unit.files.current(kind)
        if before is not None and (before.content, before.document) == (content, document):
            return before
        name = upload.name[:FILE_NAME_LENGTH_MAX]
        file = InputFile(kind, name, content, document, len(read[1]), app.clock.now())
        await unit.files.replace(file)
        facts: JsonObject = {"content": content, "document": document, "entries": file.entries}
        await unit.commit(Change(f"{kind.value}_imported", kind.value, facts))
    return file


async def show_input_file(app: Application, portfolio_id: str, kind: FileKind) -> tuple[InputFile | None, bytes | None]:
    """The file of a kind that counts and the document of what was read; None for both without one.

    Raises:
        NotFoundError: ``portfolio_not_found``.
    """
    async with app.journal.view(portfolio_id) as view:
        file = await view.files.current(kind)
        return file, await view.contents.get(file.document) if file is not None else None


async def clear_input_file(app: Application, portfolio_id: str, kind: FileKind) -> None:
    """Leave the portfolio without a file of a kind.

    Raises:
        NotFoundError: ``portfolio_not_found`` or ``input_file_not_found``.
    """
    async with app.journal.unit(portfolio_id) as unit:
        await unit.files.clear(kind)
        await unit.commit(Change(f"{kind.value}_cleared", kind.value))
