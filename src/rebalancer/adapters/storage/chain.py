"""The audit chain: events are appended at the end of the transaction whose changes they tell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from sqlalchemy import RowMapping, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from rebalancer.adapters.storage.tables import AUDIT_EVENTS
from rebalancer.domain.content import canonical_bytes
from rebalancer.domain.evidence import GENESIS, AuditEvent, Happening, chain_event

_LOCK: Final = 7_236_004  # One writer at a time may look at the head; any number serves that nothing else uses.


async def append_events(connection: AsyncConnection, happenings: Sequence[Happening]) -> None:
    """Append to the chain. SQLite has one writer anyway; on PostgreSQL a lock waits for the end of other writers."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    sequence, head = await chain_head(connection)
    for happening in happenings:
        event = chain_event(happening, sequence + 1, head)
        sequence, head = event.sequence, event.hash
        values = asdict(event) | {"payload": canonical_bytes(event.payload).decode()}
        await connection.execute(insert(AUDIT_EVENTS).values(**values))


async def chain_head(connection: AsyncConnection) -> tuple[int, str]:
    """Length of the chain and hash of its last event."""
    newest = select(AUDIT_EVENTS.c.sequence, AUDIT_EVENTS.c.hash).order_by(AUDIT_EVENTS.c.sequence.desc()).limit(1)
    row = (await connection.execute(newest)).one_or_none()
    return (row.sequence, row.hash) if row is not None else (0, GENESIS)


async def read_events(connection: AsyncConnection, after: int, limit: int) -> tuple[AuditEvent, ...]:
    """Events above a sequence, oldest first."""
    query = select(AUDIT_EVENTS).where(AUDIT_EVENTS.c.sequence > after).order_by(AUDIT_EVENTS.c.sequence).limit(limit)
    return tuple(_event(row) for row in (await connection.execute(query)).mappings())


def _event(row: RowMapping) -> AuditEvent:
    return AuditEvent(
        row["sequence"],
        row["at"],
        row["principal"],
        row["portfolio_id"],
        row["action"],
        row["subject"],
        json.loads(row["payload"]),
        row["payload_hash"],
        row["previous_hash"],
        row["hash"],
    )
