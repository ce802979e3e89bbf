"""The journal: everything that lasts, in units of work that happen wholly or not at all.

    async with journal.unit(portfolio_id) as unit:
        await unit.targets.add(version)
        await unit.commit(Change("targets_saved", "3", {"hash": ...}))

A unit belongs to one portfolio, so no call inside it can reach another's rows. Leaving it without ``commit`` undoes
it. ``commit`` takes what was done and appends it to the audit chain in the same transaction: nothing can change
without an entry there.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from rebalancer.domain.evidence import AuditEvent
from rebalancer.ports.accounts import Accounts
from rebalancer.ports.contents import Contents
from rebalancer.ports.decisions import Decisions
from rebalancer.ports.input_files import InputFiles
from rebalancer.ports.places import StoredPlaces
from rebalancer.ports.plans import Plans
from rebalancer.ports.records import Change, Portfolio
from rebalancer.ports.runs import Runs
from rebalancer.ports.targets import TargetVersions


class View(Protocol):
    """One consistent look at one portfolio. Changes made through it do not last."""

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio."""
        ...

    @property
    def contents(self) -> Contents:
        """Its bytes by hash."""
        ...

    @property
    def accounts(self) -> Accounts:
        """Its accounts and snapshots."""
        ...

    @property
    def decisions(self) -> Decisions:
        """What the person decided about identity and groups."""
        ...

    @property
    def places(self) -> StoredPlaces:
        """What the person said of locations."""
        ...

    @property
    def files(self) -> InputFiles:
        """Its prices and markets."""
        ...

    @property
    def targets(self) -> TargetVersions:
        """Its targets."""
        ...

    @property
    def plans(self) -> Plans:
        """Its plans."""
        ...

    @property
    def runs(self) -> Runs:
        """Its runs."""
        ...


class Unit(View, Protocol):
    """One unit of work on one portfolio."""

    async def commit(self, *changes: Change) -> None:
        """Make everything last, together with one audit event per change, of which there is at least one.

        It is the last call of a unit.

        Raises:
            StorageError: ``database_busy`` and its kin; nothing lasts then.
        """
        ...


class Journal(Protocol):
    """Opens units and views. A method that reaches the database may raise StorageError."""

    def unit(self, portfolio_id: str) -> AbstractAsyncContextManager[Unit]:
        """Begin a unit of work; other writers of the portfolio wait, or fail with ``database_busy``.

        Raises:
            NotFoundError: ``portfolio_not_found``, on entering.
        """
        ...

    def view(self, portfolio_id: str) -> AbstractAsyncContextManager[View]:
        """Begin a consistent look.

        Raises:
            NotFoundError: ``portfolio_not_found``, on entering.
        """
        ...

    async def portfolios(self) -> tuple[Portfolio, ...]:
        """Every portfolio, oldest first."""
        ...

    async def add_portfolio(self, portfolio: Portfolio, change: Change) -> None:
        """Store a new portfolio, with its audit event.

        Raises:
            ConflictError: ``portfolio_name_taken``.
        """
        ...

    async def events(self, *, after: int = 0, limit: int = 1000) -> tuple[AuditEvent, ...]:
        """Audit events above sequence ``after``, oldest first: a piece of the whole database's one chain."""
        ...
