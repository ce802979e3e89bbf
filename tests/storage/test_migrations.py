"""The schema: migrated wholly or not at all, equal to the tables of the code, refused when newer; append-only rows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, delete, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from rebalancer.adapters.storage.engine import create_engine, parse_address
from rebalancer.adapters.storage.journal import transaction
from rebalancer.adapters.storage.migrate import HEAD, SCRIPTS, current_revision, migrate_to_head
from rebalancer.adapters.storage.tables import APPEND_ONLY, METADATA, TABLES
from rebalancer.errors import StorageError
from rebalancer.workflows.create_portfolio import create_portfolio
from tests.support.applications import MovableClock, opened, sqlite_url
from tests.support.records import DONE, a_plan, a_snapshot


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return sqlite_url(tmp_path) if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(parse_address(url))
    yield engine
    await engine.dispose()


def test_the_head_in_the_code_is_the_newest_revision() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [HEAD]


def test_every_table_carries_its_portfolio() -> None:
    assert all("portfolio_id" in table.columns for table in TABLES)
    assert {table.name for table in TABLES} == set(METADATA.tables)


async def test_migrations_make_exactly_the_tables_of_the_code(engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return list(compare_metadata(context, METADATA))

    await migrate_to_head(engine)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_again_changes_nothing(engine: AsyncEngine) -> None:
    await migrate_to_head(engine)
    await migrate_to_head(engine)
    async with engine.connect() as connection:
        assert await connection.run_sync(current_revision) == HEAD


async def test_processes_that_start_together_migrate_once(url: str) -> None:
    engines = [create_engine(parse_address(url)) for _ in range(4)]
    await asyncio.gather(*map(migrate_to_head, engines))
    for engine in engines:
        await engine.dispose()


async def test_a_migration_that_is_cut_off_leaves_an_empty_database(engine: AsyncEngine) -> None:
    async with transaction(engine, write=True) as connection:
        # A table of the same name stops the migration half-way.
        await connection.execute(text("CREATE TABLE runs (id TEXT)"))
        await connection.commit()
    with pytest.raises(DBAPIError):
        await migrate_to_head(engine)
    async with engine.connect() as connection:
        assert await connection.run_sync(current_revision) is None
    async with transaction(engine, write=True) as connection:
        await connection.execute(text("DROP TABLE runs"))
        await connection.commit()
    await migrate_to_head(engine)


async def test_a_database_that_a_newer_program_changed_is_refused(engine: AsyncEngine, url: str) -> None:
    await migrate_to_head(engine)
    async with transaction(engine, write=True) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await connection.commit()
    with pytest.raises(StorageError, match="database_newer") as caught:
        async with opened(url, MovableClock()):
            pass
    assert caught.value.numbers == {"database": "9999", "program": HEAD}


@pytest.mark.parametrize("table", [table.name for table in APPEND_ONLY])
async def test_append_only_rows_cannot_be_changed_even_by_hand(url: str, engine: AsyncEngine, table: str) -> None:
    async with opened(url, MovableClock()) as app:
        portfolio = await create_portfolio(app, "Main")
        async with app.journal.unit(portfolio.id) as unit:
            await a_snapshot(unit)
            await a_plan(unit)
            await unit.commit(DONE)
    change = update(METADATA.tables[table]).values(portfolio_id="other")
    for statement in (change, delete(METADATA.tables[table])):
        async with transaction(engine, write=True) as connection:
            with pytest.raises(DBAPIError, match="append-only"):
                await connection.execute(statement)
