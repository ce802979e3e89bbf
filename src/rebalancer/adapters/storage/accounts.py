"""Accounts and snapshots."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from sqlalchemy import RowMapping

from rebalancer.adapters.storage.scope import Scope
from rebalancer.adapters.storage.tables import ACCOUNTS, SNAPSHOTS
from rebalancer.errors import NotFoundError
from rebalancer.ports.records import Account, Snapshot


@dataclass(frozen=True, slots=True)
class StoredAccounts:
    """Implements the port ``Accounts``."""

    scope: Scope

    async def all(self) -> tuple[Account, ...]:
        """Every account."""
        rows = sorted(await self.scope.all(self.scope.select(ACCOUNTS)), key=lambda row: str(row["name"]))
        ids = [row["snapshot_id"] for row in rows]
        found = await self.scope.all(self.scope.select(SNAPSHOTS).where(SNAPSHOTS.c.id.in_(ids)))
        snapshots = {row["id"]: _snapshot(row) for row in found}
        return tuple(Account(row["name"], row["created_at"], snapshots.get(row["snapshot_id"])) for row in rows)

    async def find(self, name: str) -> Account | None:
        """One account."""
        row = await self.scope.one(ACCOUNTS, name=name)
        return await self._account(row) if row is not None else None

    async def add_snapshot(self, snapshot: Snapshot) -> None:
        """Store a snapshot and point its account at it."""
        await self.scope.add(SNAPSHOTS, **asdict(snapshot))
        key = {"name": snapshot.account}
        known = await self.scope.one(ACCOUNTS, **key)
        created_at = known["created_at"] if known is not None else snapshot.imported_at
        await self.scope.put(ACCOUNTS, key, created_at=created_at, snapshot_id=snapshot.id)

    async def clear(self, name: str) -> None:
        """Point the account at nothing."""
        row = await self.scope.one(ACCOUNTS, name=name)
        if row is None or row["snapshot_id"] is None:
            raise NotFoundError("account_not_found", {"account": name[:80]})
        await self.scope.put(ACCOUNTS, {"name": name}, snapshot_id=None)

    async def _account(self, row: RowMapping) -> Account:
        found = await self.scope.one(SNAPSHOTS, id=row["snapshot_id"]) if row["snapshot_id"] is not None else None
        return Account(row["name"], row["created_at"], _snapshot(found) if found is not None else None)


def _snapshot(row: RowMapping) -> Snapshot:
    return Snapshot(**{field.name: row[field.name] for field in fields(Snapshot)})
