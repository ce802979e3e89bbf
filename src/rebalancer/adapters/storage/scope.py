"""The rows of one portfolio in one transaction: no statement made here can reach another portfolio's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, Table, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True)
class Scope:
    """A connection inside a transaction, narrowed to one portfolio."""

    connection: AsyncConnection
    portfolio_id: str

    def select(self, table: Table, **key: object) -> Select[Any]:
        """A query of the portfolio's rows with the values of ``key``."""
        return select(table).where(self._where(table, key))

    async def all(self, query: Select[Any]) -> Sequence[RowMapping]:
        """Every row of a query."""
        result: Sequence[RowMapping] = (await self.connection.execute(query)).mappings().all()
        return result

    async def one(self, table: Table, **key: object) -> RowMapping | None:
        """The row of a key, or None."""
        rows = await self.all(self.select(table, **key))
        assert len(rows) <= 1, (table.name, key)
        return rows[0] if rows else None

    async def add(self, table: Table, **values: object) -> None:
        """Insert one row."""
        await self.connection.execute(insert(table).values(portfolio_id=self.portfolio_id, **values))

    async def put(self, table: Table, key: Mapping[str, object], **values: object) -> None:
        """Insert the row of a key, or change it; the caller holds the portfolio's write lock."""
        if await self.one(table, **key) is None:
            await self.add(table, **key, **values)
        else:
            await self.connection.execute(update(table).where(self._where(table, key)).values(**values))

    async def remove(self, table: Table, **key: object) -> bool:
        """Delete the row of a key; whether there was one."""
        result = await self.connection.execute(delete(table).where(self._where(table, key)))
        return result.rowcount > 0

    async def next_number(self, table: Table) -> int:
        """One above the highest ``number`` in the table, from 1."""
        highest = select(func.max(table.c.number)).where(self._where(table, {}))
        return int((await self.connection.execute(highest)).scalar_one() or 0) + 1

    def _where(self, table: Table, key: Mapping[str, object]) -> ColumnElement[bool]:
        wanted = [table.c[name] == value for name, value in key.items()]
        return and_(table.c.portfolio_id == self.portfolio_id, *wanted)
