"""The SQLite database file: private, durable, honest about being busy or damaged."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from rebalancer.adapters.storage.engine import create_engine, parse_address
from rebalancer.adapters.storage.private_files import make_private_database
from rebalancer.errors import InputError, StorageError
from rebalancer.ports.application import Application
from rebalancer.workflows.create_portfolio import create_portfolio
from tests.support.applications import MovableClock, opened, sqlite_url
from tests.support.records import DONE, a_version


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[Application]:
    async with opened(sqlite_url(tmp_path), MovableClock()) as application:
        yield application


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_nobody_else_can_read_database_log_or_directory(tmp_path: Path) -> None:
    with umask(0):
        async with opened(sqlite_url(tmp_path), MovableClock()) as app:
            portfolio = await create_portfolio(app, "Main")
            async with app.journal.unit(portfolio.id) as unit:
                await unit.targets.add(a_version())
                await unit.commit(DONE)
            home = tmp_path / "home"
            modes = {path.name: mode(path) for path in home.iterdir()}
    names = {"rebalancer.sqlite3", "rebalancer.sqlite3-wal", "rebalancer.sqlite3-shm"}
    assert modes == dict.fromkeys(names, 0o600)
    assert mode(home) == 0o700


async def test_a_database_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    async with opened(sqlite_url(tmp_path), MovableClock()):
        pass
    home = tmp_path / "home"
    (home / "rebalancer.sqlite3").chmod(0o644)
    home.chmod(0o755)
    async with opened(sqlite_url(tmp_path), MovableClock()):
        pass
    assert mode(home / "rebalancer.sqlite3") == 0o600
    assert mode(home) == 0o700


def test_an_empty_directory_is_made_private(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    make_private_database(home / "db")
    assert mode(home) == 0o700


def test_a_directory_of_somebody_elses_things_is_left_alone_and_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o755)
    (home / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="home_not_private") as caught:
        make_private_database(home / "db")
    assert caught.value.numbers == {"path": str(home), "mode": "755"}
    assert mode(home) == 0o755
    assert not (home / "db").exists()


def test_a_link_in_place_of_the_database_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "elsewhere").write_text("")
    (tmp_path / "db").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="database_not_private"):
        make_private_database(tmp_path / "db")


def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="database_unavailable"):
        make_private_database(tmp_path / "file" / "db")


async def test_every_commit_is_on_disk_and_references_are_checked(tmp_path: Path) -> None:
    engine = create_engine(parse_address(sqlite_url(tmp_path)))
    async with engine.connect() as connection:
        found = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    await engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}


async def test_a_damaged_database_is_called_damaged(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "rebalancer.sqlite3").write_bytes(b"this is not a database, it only has its name" * 100)
    with pytest.raises(StorageError, match="database_damaged"):
        async with opened(sqlite_url(tmp_path), MovableClock()):
            pass


async def test_bytes_that_no_longer_have_their_hash_are_not_handed_out(app: Application, tmp_path: Path) -> None:
    portfolio = await create_portfolio(app, "Main")
    async with app.journal.unit(portfolio.id) as unit:
        sha256 = await unit.contents.put(b"right")
        await unit.commit(DONE)
    with closing(sqlite3.connect(tmp_path / "home" / "rebalancer.sqlite3", isolation_level=None)) as hand:
        hand.execute("DROP TRIGGER contents_no_update")
        hand.execute("UPDATE contents SET data = ?", (b"wrong",))
    with pytest.raises(StorageError, match="database_damaged"):
        async with app.journal.view(portfolio.id) as view:
            await view.contents.get(sha256)


async def test_a_reference_to_nothing_is_a_defect(app: Application, tmp_path: Path) -> None:
    await create_portfolio(app, "Main")
    with closing(sqlite3.connect(tmp_path / "home" / "rebalancer.sqlite3", isolation_level=None)) as hand:
        hand.execute("INSERT INTO group_choices VALUES ('nobody', 'bitcoin', 'BTC')")
    assert (await app.database.inspect(thorough=False)).defects == ()
    assert (await app.database.inspect(thorough=True)).defects == (
        "group_choices: row 1 refers to nothing in portfolios",
    )


CRASH = """
import asyncio, os, signal, sys
from pathlib import Path
from rebalancer.adapters.storage import archive
from tests.support.applications import MovableClock, opened

async def main():
    async with opened(sys.argv[1], MovableClock()) as app:
        check = archive._check_restored
        async def killed(*arguments):
            await check(*arguments)
            print("restored, not committed", flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        archive._check_restored = killed
        await app.archive.restore(Path(sys.argv[2]))

asyncio.run(main())
"""


async def test_a_restore_that_is_killed_leaves_an_empty_database(app: Application, tmp_path: Path) -> None:
    portfolio = await create_portfolio(app, "Main")
    async with app.journal.unit(portfolio.id) as unit:
        for number in range(200):
            await unit.contents.put(os.urandom(10_000) + bytes([number]))
        await unit.commit(DONE)
    await app.archive.save(tmp_path / "b.zip")
    url = sqlite_url(tmp_path / "other")
    crashing = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CRASH, url, str(tmp_path / "b.zip")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    said, complaint = await crashing.communicate()
    assert said == b"restored, not committed\n", complaint.decode()
    assert crashing.returncode == -9
    async with opened(url, MovableClock()) as again:
        assert await again.journal.portfolios() == ()
        assert (await again.archive.restore(tmp_path / "b.zip")).counts["contents"] == 200
