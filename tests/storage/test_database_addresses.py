"""Addresses of databases, and what a database's own errors are called."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from rebalancer.adapters.storage.engine import parse_address
from rebalancer.adapters.storage.failures import translated_failures
from rebalancer.errors import ConflictError, InputError, StorageError
from tests.support.applications import MovableClock, opened


@pytest.mark.parametrize(
    ("text", "driver", "file"),
    [
        ("sqlite:////data/r.db", "sqlite+aiosqlite", "/data/r.db"),
        ("postgresql://me@host/db", "postgresql+psycopg", None),
        ("postgres://me@host/db", "postgresql+psycopg", None),
        ("postgresql+psycopg:///db?host=/run", "postgresql+psycopg", None),
    ],
)
def test_an_address_leads_to_its_driver(text: str, driver: str, file: str | None) -> None:
    address = parse_address(text)
    assert address.url.drivername == driver
    assert (str(address.file) if address.file is not None else None) == file


@pytest.mark.parametrize("text", ["", "nonsense", "mysql://host/db", "sqlite://", "sqlite:///:memory:"])
def test_an_address_of_nothing_we_can_use_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="database_url_invalid"):
        parse_address(text)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("database is locked", "database_busy"),
        ("database or disk is full", "database_full"),
        ("attempt to write a readonly database", "database_read_only"),
        ("unable to open database file", "database_unavailable"),
        ("disk I/O error", "database_failing"),
        ("file is not a database", "database_damaged"),
        ("database disk image is malformed", "database_damaged"),
    ],
)
def test_sqlite_failures_have_names(message: str, code: str) -> None:
    with pytest.raises(StorageError, match=code), translated_failures():
        raise OperationalError("SELECT 1", None, sqlite3.OperationalError(message))


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (psycopg.errors.SerializationFailure, "database_busy"),
        (psycopg.errors.DeadlockDetected, "database_busy"),
        (psycopg.errors.LockNotAvailable, "database_busy"),
        (psycopg.errors.QueryCanceled, "database_busy"),
        (psycopg.errors.TooManyConnections, "database_busy"),
        (psycopg.errors.DiskFull, "database_full"),
        (psycopg.errors.ReadOnlySqlTransaction, "database_read_only"),
        (psycopg.errors.IoError, "database_failing"),
        (psycopg.errors.DataCorrupted, "database_damaged"),
        (psycopg.errors.AdminShutdown, "database_unavailable"),
        (psycopg.errors.InvalidPassword, "database_unavailable"),
        (psycopg.errors.InvalidCatalogName, "database_unavailable"),
        (psycopg.errors.ConnectionFailure, "database_unavailable"),
    ],
)
def test_postgresql_failures_have_names(failure: type[psycopg.Error], code: str) -> None:
    with pytest.raises(StorageError) as caught, translated_failures():
        raise OperationalError("SELECT 1", None, failure("no"))
    assert caught.value.code == code


def test_a_pool_without_a_free_connection_is_busy() -> None:
    with pytest.raises(StorageError, match="database_busy"), translated_failures():
        raise PoolTimeoutError


def test_a_row_that_another_writer_made_first_is_a_conflict() -> None:
    with pytest.raises(ConflictError, match="changed_meanwhile"), translated_failures():
        raise IntegrityError("INSERT", None, sqlite3.IntegrityError("UNIQUE constraint failed"))


def test_our_own_faults_keep_their_names() -> None:
    with pytest.raises(DBAPIError), translated_failures():
        raise OperationalError("SELEC 1", None, sqlite3.OperationalError('near "SELEC": syntax error'))


async def test_a_server_that_does_not_answer_is_unavailable() -> None:
    with pytest.raises(StorageError, match="database_unavailable"):
        async with opened("postgresql://nobody@127.0.0.1:1/nothing", MovableClock()):
            pass
