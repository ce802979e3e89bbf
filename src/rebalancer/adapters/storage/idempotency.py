"""Idempotency keys on a SQL database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, RowMapping, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from rebalancer.adapters.storage.journal import transaction
from rebalancer.adapters.storage.tables import IDEMPOTENCY_KEYS
from rebalancer.errors import ConflictError, InputError
from rebalancer.ports.clock import Clock
from rebalancer.ports.records import Answer

KEPT: Final = timedelta(hours=48)
IN_FLIGHT_MAX: Final = timedelta(minutes=10)
IN_FLIGHT: Final = "in_flight"
DONE: Final = "done"


@dataclass(frozen=True, slots=True)
class SqlIdempotencyKeys:
    """Implements the port ``IdempotencyKeys``."""

    engine: AsyncEngine
    clock: Clock

    async def begin(self, scope: str, principal: str, key: str, body_hash: str) -> Answer | None:
        """Take the key; the unique row decides between two callers at once."""
        now = self.clock.now()
        old = IDEMPOTENCY_KEYS.c.begun_at < now - KEPT
        try:
            async with transaction(self.engine, write=True) as connection:
                await connection.execute(delete(IDEMPOTENCY_KEYS).where(old))
                row = (
                    (await connection.execute(select(IDEMPOTENCY_KEYS).where(_key(scope, principal, key))))
                    .mappings()
                    .one_or_none()
                )
                if row is not None:
                    await connection.commit()
                    return self._answer(row, key, body_hash)
                values = {"portfolio_id": scope, "principal": principal, "key": key, "body_hash": body_hash}
                await connection.execute(insert(IDEMPOTENCY_KEYS).values(**values, state=IN_FLIGHT, begun_at=now))
                await connection.commit()
        except ConflictError as error:
            if error.code != "changed_meanwhile":
                raise
            # Another call put its row between our look and our insert.
            raise ConflictError("idempotency_in_flight", {"key": key[:80]}) from error
        return None

    async def finish(self, scope: str, principal: str, key: str, answer: Answer) -> None:
        """Store the answer."""
        values = {"status": answer.status, "headers": json.dumps(dict(answer.headers)), "body": answer.body}
        async with transaction(self.engine, write=True) as connection:
            where = _key(scope, principal, key)
            await connection.execute(update(IDEMPOTENCY_KEYS).where(where).values(state=DONE, **values))
            await connection.commit()

    async def release(self, scope: str, principal: str, key: str) -> None:
        """Give the key back."""
        async with transaction(self.engine, write=True) as connection:
            unfinished = and_(_key(scope, principal, key), IDEMPOTENCY_KEYS.c.state == IN_FLIGHT)
            await connection.execute(delete(IDEMPOTENCY_KEYS).where(unfinished))
            await connection.commit()

    def _answer(self, row: RowMapping, key: str, body_hash: str) -> Answer:
        if row["body_hash"] != body_hash:
            raise InputError("idempotency_key_reused", {"key": key[:80]})
        if row["state"] == DONE:
            headers: Mapping[str, str] = json.loads(row["headers"])
            return Answer(row["status"], headers, bytes(row["body"]))
        cut_off = self.clock.now() - row["begun_at"] > IN_FLIGHT_MAX
        raise ConflictError("idempotency_outcome_unknown" if cut_off else "idempotency_in_flight", {"key": key[:80]})


def _key(scope: str, principal: str, key: str) -> ColumnElement[bool]:
    columns = IDEMPOTENCY_KEYS.c
    return and_(columns.portfolio_id == scope, columns.principal == principal, columns.key == key)
