"""Import holdings: store a balance file as the current snapshot of one account."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from rebalancer.domain.content import JsonObject, canonical_bytes
from rebalancer.domain.holdings import Reading
from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload
from rebalancer.ports.journal import Unit
from rebalancer.ports.records import Change, Snapshot
from rebalancer.workflows.encode_values import document_of
from rebalancer.workflows.load_portfolio import load_portfolio
from rebalancer.workflows.name_things import checked_name
from rebalancer.workflows.preview_holdings import HoldingsPreview, understand_reading

FILE_NAME_LENGTH_MAX = 255


@dataclass(frozen=True, slots=True)
class HoldingsImport:
    """What an import did.

    Attributes:
        snapshot: The account's current snapshot now.
        replaced: Id of the snapshot that counted before; None when the account held nothing, or nothing changed.
        unchanged: The account already had exactly these bytes, so nothing was stored.
        preview: What the file says.
    """

    snapshot: Snapshot
    replaced: str | None
    unchanged: bool
    preview: HoldingsPreview


async def import_holdings(
    app: Application, portfolio_id: str, account: str, upload: Upload, *, keep_readable: bool = False
) -> HoldingsImport:
    """Read a balance file wholly or not at all, and make it the account's holdings, whatever its format.

    Raises:
        InputError: The account's name cannot be used.
        FileError: The file cannot be read.
        RowsError: ``rows_unreadable``: some rows cannot, and ``keep_readable`` is off.
        NotFoundError: ``portfolio_not_found``.
    """
    name = checked_name(account, "account")
    reading = await asyncio.to_thread(app.files.holdings, upload.data, upload.name, keep_readable=keep_readable)
    document = await asyncio.to_thread(lambda: canonical_bytes(document_of(Reading, reading)))
    async with app.journal.unit(portfolio_id) as unit:
        snapshot, replaced, unchanged = await _store(app, unit, name, upload, reading, document)
        stored = await load_portfolio(unit)
        if not unchanged:
            await unit.commit(_change(snapshot, replaced))
    preview = await asyncio.to_thread(understand_reading, reading, stored, app.reference)
    return HoldingsImport(snapshot, replaced, unchanged, preview)


async def _store(
    app: Application, unit: Unit, account: str, upload: Upload, reading: Reading, document: bytes
) -> tuple[Snapshot, str | None, bool]:
    found = await unit.accounts.find(account)
    before = found.snapshot if found is not None else None
    content, read = await unit.contents.put(upload.data), await unit.contents.put(document)
    if before is not None and (before.content, before.reading) == (content, read):
        return before, None, True
    snapshot = Snapshot(
        id=app.ids.new(),
        account=account,
        file=upload.name[:FILE_NAME_LENGTH_MAX],
        source=reading.source,
        alias_source=reading.alias_source,
        currency=reading.currency,
        as_of=reading.as_of,
        imported_at=app.clock.now(),
        rows=len(reading.rows),
        rejected=reading.rows_seen - len(reading.rows),
        content=content,
        reading=read,
    )
    await unit.accounts.add_snapshot(snapshot)
    return snapshot, before.id if before is not None else None, False


def _change(snapshot: Snapshot, replaced: str | None) -> Change:
    facts: JsonObject = {
        "account": snapshot.account,
        "source": snapshot.source,
        "content": snapshot.content,
        "reading": snapshot.reading,
        "rows": snapshot.rows,
        "rejected": snapshot.rejected,
        "replaced": replaced,
    }
    return Change("holdings_imported", snapshot.id, facts)
