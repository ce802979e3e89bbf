"""Accounts and their snapshots."""

from __future__ import annotations

from typing import Protocol

from rebalancer.ports.records import Account, Snapshot


class Accounts(Protocol):
    """Accounts of one portfolio. Snapshots are only ever added; an account points at the one that counts."""

    async def all(self) -> tuple[Account, ...]:
        """Every account, in alphabetical order, those without holdings included."""
        ...

    async def find(self, name: str) -> Account | None:
        """One account, or None."""
        ...

    async def add_snapshot(self, snapshot: Snapshot) -> None:
        """Store a snapshot and make it the one that counts; the account is made when it is new."""
        ...

    async def clear(self, name: str) -> None:
        """Leave the account without holdings; its snapshots stay stored.

        Raises:
            NotFoundError: ``account_not_found``: no such account, or it holds nothing.
        """
        ...
