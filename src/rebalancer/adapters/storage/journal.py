"""The journal on a SQL database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from rebalancer.adapters.storage.accounts import StoredAccounts
from rebalancer.adapters.storage.chain import append_events, read_events
from rebalancer.adapters.storage.contents import StoredContents
from rebalancer.adapters.storage.decisions import StoredDecisions
from rebalancer.adapters.storage.engine import WRITE
from rebalancer.adapters.storage.failures import translated_failures
from rebalancer.adapters.storage.input_files import StoredInputFiles
from rebalancer.adapters.storage.places import PlaceRows
from rebalancer.adapters.storage.plans import StoredPlans
from rebalancer.adapters.storage.runs import StoredRuns
from rebalancer.adapters.storage.scope import Scope
from rebalancer.adapters.storage.tables import PORTFOLIOS
from rebalancer.adapters.storage.targets import StoredTargets
from rebalancer.domain.evidence import AuditEvent, Happening
from rebalancer.errors import ConflictError, NotFoundError
from rebalancer.ports.clock import Clock
from rebalancer.ports.principal import Principals
from rebalancer.ports.records import Change, Portfolio


@dataclass(slots=True)
class SqlUnit:
    """Implements the ports ``View`` and ``Unit`` on one transaction."""

    portfolio: Portfolio
    scope: Scope
    clock: Clock
    principals: Principals
    contents: StoredContents = field(init=False)
    accounts: StoredAccounts = field(init=False)
    decisions: StoredDecisions = field(init=False)
    places: PlaceRows = field(init=False)
    files: StoredInputFiles = field(init=False)
    targets: StoredTargets = field(init=False)
    plans: StoredPlans = field(init=False)
    runs: StoredRuns = field(init=False)
    committed: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        """Every noun works on the same transaction."""
        self.contents = StoredContents(self.scope)
        self.accounts = StoredAccounts(self.scope)
        self.decisions = StoredDecisions(self.scope)
        self.places = PlaceRows(self.scope)
        self.files = StoredInputFiles(self.scope)
        self.targets = StoredTargets(self.scope)
        self.plans = StoredPlans(self.scope)
        self.runs = StoredRuns(self.scope)

    async def commit(self, *changes: Change) -> None:
        """Append the changes to the audit chain and make everything last."""
        assert changes, "a change without an audit event"
        assert not self.committed, "a unit of work ends with its commit"
        self.committed = True
        happenings = [happening(change, self.portfolio.id, self.clock, self.principals) for change in changes]
        await append_events(self.scope.connection, happenings)
        await self.scope.connection.commit()


@dataclass(frozen=True, slots=True)
class SqlJournal:
    """Implements the port ``Journal``."""

    engine: AsyncEngine
    clock: Clock
    principals: Principals

    def unit(self, portfolio_id: str) -> AbstractAsyncContextManager[SqlUnit]:
        """Begin a unit of work."""
        return self._open(portfolio_id, write=True)

    def view(self, portfolio_id: str) -> AbstractAsyncContextManager[SqlUnit]:
        """Begin a consistent look."""
        return self._open(portfolio_id, write=False)

    async def portfolios(self) -> tuple[Portfolio, ...]:
        """Every portfolio, oldest first."""
        async with transaction(self.engine, write=False) as connection:
            rows = (await connection.execute(select(PORTFOLIOS))).mappings().all()
        found = [Portfolio(row["portfolio_id"], row["name"], row["created_at"]) for row in rows]
        return tuple(sorted(found, key=lambda portfolio: (portfolio.created_at, portfolio.id)))

    async def add_portfolio(self, portfolio: Portfolio, change: Change) -> None:
        """Store a new portfolio."""
        async with transaction(self.engine, write=True) as connection:
            same = await connection.execute(select(PORTFOLIOS).where(PORTFOLIOS.c.name == portfolio.name))
            if same.first() is not None:
                raise ConflictError("portfolio_name_taken", {"name": portfolio.name})
            values = {"portfolio_id": portfolio.id, "name": portfolio.name, "created_at": portfolio.created_at}
            await connection.execute(insert(PORTFOLIOS).values(**values))
            await append_events(connection, [happening(change, portfolio.id, self.clock, self.principals)])
            await connection.commit()

    async def events(self, *, after: int = 0, limit: int = 1000) -> tuple[AuditEvent, ...]:
        """A piece of the audit chain."""
        async with transaction(self.engine, write=False) as connection:
            return await read_events(connection, after, limit)

    @asynccontextmanager
    async def _open(self, portfolio_id: str, *, write: bool) -> AsyncIterator[SqlUnit]:
        async with transaction(self.engine, write=write) as connection:
            query = select(PORTFOLIOS).where(PORTFOLIOS.c.portfolio_id == portfolio_id)
            # On PostgreSQL this row is the portfolio's write lock; SQLite has one for all and drops the clause.
            row = (await connection.execute(query.with_for_update() if write else query)).mappings().one_or_none()
            if row is None:
                raise NotFoundError("portfolio_not_found", {"portfolio": portfolio_id[:80]})
            portfolio = Portfolio(row["portfolio_id"], row["name"], row["created_at"])
            yield SqlUnit(portfolio, Scope(connection, portfolio.id), self.clock, self.principals)


@asynccontextmanager
async def transaction(engine: AsyncEngine, *, write: bool) -> AsyncIterator[AsyncConnection]:
    """A connection whose work is undone unless it is committed inside; the database's errors come out as ours."""
    with translated_failures():
        async with engine.connect() as connection:
            yield await connection.execution_options(**{WRITE: write})


def happening(change: Change, portfolio_id: str, clock: Clock, principals: Principals) -> Happening:
    """A change with its time and its author."""
    return Happening(clock.now(), principals.current(), portfolio_id, change.action, change.subject, change.payload)
