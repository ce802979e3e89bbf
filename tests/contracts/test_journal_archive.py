"""Contract of the port ``Archive``: one file, either engine, all or nothing, the chain verified."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from rebalancer.domain.assets import AssetId, Decision
from rebalancer.errors import ConflictError, FileError, NotFoundError, RebalancerError, StorageError
from rebalancer.ports.application import Application
from rebalancer.ports.records import FileKind, InputFile, OwnAsset, Portfolio, Tick
from rebalancer.workflows.create_portfolio import create_portfolio
from rebalancer.workflows.verify_audit import verify_audit
from tests.contracts.test_journal_nouns import LEDGER
from tests.support.applications import NOON, MovableClock, fresh_sqlite, migrate_database, opened
from tests.support.postgres import PostgresServer
from tests.support.records import DONE, a_plan, a_run, a_snapshot

Documents = dict[str, Any]
CYRILLIC = "\u0412\u0422\u0421"  # looks like BTC


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty(request: pytest.FixtureRequest, tmp_path: Path, clock: MovableClock) -> AsyncIterator[Application]:
    """An application on an empty database of the same or the other engine."""
    if request.param == "sqlite":
        async with opened(fresh_sqlite(tmp_path / "empty"), clock) as application:
            yield application
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    database = server.create(server.template("journal", migrate_database))
    async with opened(server.url(database), clock) as application:
        yield application
    server.drop(database)


async def fill(app: Application, portfolio: Portfolio) -> str:
    async with app.journal.unit(portfolio.id) as unit:
        await a_snapshot(unit, data=bytes(range(256)))
        sha256 = await unit.contents.put("größe".encode())
        await unit.decisions.decide(Decision("*", CYRILLIC, None))
        await unit.decisions.add_own_asset(OwnAsset(AssetId("own-foo"), "FOO", "Foo", "DeFi", NOON))
        await unit.decisions.choose_group(AssetId("solana"), "Others")
        await unit.places.say(LEDGER)
        await unit.files.replace(InputFile(FileKind.PRICES, "p.csv", sha256, sha256, 3, NOON))
        plan = await a_plan(unit)
        await unit.plans.tick(plan.summary.plan_id, Tick("action-1", NOON, "owner"))
        await unit.runs.start(a_run("r"))
        await unit.commit(DONE, DONE)
    await app.keys.begin(portfolio.id, "owner", "k", "b" * 64)
    return plan.summary.plan_id


async def everything(app: Application, portfolio: Portfolio, plan_id: str) -> list[object]:
    async with app.journal.view(portfolio.id) as view:
        accounts = await view.accounts.all()
        assert accounts[0].snapshot is not None
        return [
            await app.journal.portfolios(),
            accounts,
            await view.contents.get(accounts[0].snapshot.content),
            await view.decisions.identities(),
            await view.decisions.own_assets(),
            await view.decisions.groups(),
            await view.places.said(),
            await view.files.current(FileKind.PRICES),
            await view.targets.all(limit=9),
            await view.plans.find(plan_id),
            await view.plans.ticks(plan_id),
            await view.runs.all(limit=9),
            await app.journal.events(),
        ]


async def test_what_was_saved_is_what_is_restored(
    app: Application, portfolio: Portfolio, empty: Application, tmp_path: Path
) -> None:
    plan_id = await fill(app, portfolio)
    saved = await app.archive.save(tmp_path / "b.zip")
    restored = await empty.archive.restore(tmp_path / "b.zip")
    assert restored == saved
    assert saved.counts["plans"] == 1
    assert saved.counts["idempotency_keys"] == 1
    assert saved.events == 3
    assert await everything(empty, portfolio, plan_id) == await everything(app, portfolio, plan_id)
    assert (await verify_audit(empty)).head == saved.head
    with pytest.raises(ConflictError, match="idempotency_in_flight"):
        await empty.keys.begin(portfolio.id, "owner", "k", "b" * 64)


async def test_a_restored_database_goes_on_where_it_stopped(
    app: Application, portfolio: Portfolio, empty: Application, tmp_path: Path
) -> None:
    await fill(app, portfolio)
    await app.archive.save(tmp_path / "b.zip")
    await empty.archive.restore(tmp_path / "b.zip")
    async with empty.journal.unit(portfolio.id) as unit:
        await a_plan(unit, "another")
        await unit.commit(DONE)
    verdict = await verify_audit(empty)
    assert verdict.intact
    assert verdict.events == 4


async def test_a_backup_of_nothing_restores_nothing(app: Application, empty: Application, tmp_path: Path) -> None:
    assert (await app.archive.save(tmp_path / "b.zip")).head is None
    report = await empty.archive.restore(tmp_path / "b.zip")
    assert report.events == 0
    assert await empty.journal.portfolios() == ()


async def test_only_its_owner_can_read_a_backup(app: Application, portfolio: Portfolio, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        await app.archive.save(tmp_path / "b.zip")
    finally:
        os.umask(before)
    assert portfolio.name
    modes = {name: stat.S_IMODE(os.stat(tmp_path / name).st_mode) for name in os.listdir(tmp_path) if "b.zip" in name}  # noqa: PTH116, PTH208
    assert modes == {"b.zip": 0o600}


async def test_a_backup_never_replaces_a_file(app: Application, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("precious")
    with pytest.raises(ConflictError, match="backup_exists"):
        await app.archive.save(tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "precious"


async def test_a_backup_to_nowhere_says_so(app: Application, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="backup_not_written"):
        await app.archive.save(tmp_path / "no" / "such" / "folder.zip")


async def test_a_database_that_holds_something_is_not_restored_into(
    app: Application, portfolio: Portfolio, tmp_path: Path
) -> None:
    await app.archive.save(tmp_path / "b.zip")
    with pytest.raises(ConflictError, match="database_not_empty"):
        await app.archive.restore(tmp_path / "b.zip")
    assert await app.journal.portfolios() == (portfolio,)


def rewrite(path: Path, change: Callable[[Documents], None]) -> None:
    """Open a backup, change its parts, and close it with sums that fit: what an attacker would do."""
    with zipfile.ZipFile(path) as archive:
        parts: Documents = {name: archive.read(name) for name in archive.namelist()}
    parts["manifest.json"] = json.loads(parts["manifest.json"])
    change(parts)
    manifest = parts["manifest.json"]
    for name, data in parts.items():
        if name.startswith("tables/") and isinstance(manifest, dict):
            table = name.removeprefix("tables/").removesuffix(".jsonl")
            manifest["tables"][table] = {"rows": data.count(b"\n"), "sha256": hashlib.sha256(data).hexdigest()}
    parts["manifest.json"] = json.dumps(manifest)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def edited_row(parts: Documents) -> None:
    parts["tables/audit_events.jsonl"] = parts["tables/audit_events.jsonl"].replace(b'"tested"', b'"untold"', 1)


def missing_row(parts: Documents) -> None:
    parts["tables/audit_events.jsonl"] = parts["tables/audit_events.jsonl"].rsplit(b"\n", 2)[0] + b"\n"


def broken_line(parts: Documents) -> None:
    parts["tables/runs.jsonl"] = b"{}\n"


def broken_number(parts: Documents) -> None:
    parts["tables/plans.jsonl"] = parts["tables/plans.jsonl"].replace(b"1234.5600000001", b"many")


def other_bytes(parts: Documents) -> None:
    parts["tables/contents.jsonl"] = parts["tables/contents.jsonl"].replace(b'"data":"', b'"data":"AAAA')


def orphans(parts: Documents) -> None:
    parts["tables/portfolios.jsonl"] = b""


def newer(parts: Documents) -> None:
    parts["manifest.json"]["revision"] = "9999"


def no_table(parts: Documents) -> None:
    del parts["tables/plans.jsonl"]


def no_manifest(parts: Documents) -> None:
    parts["manifest.json"] = "nothing"


DAMAGES = [
    (edited_row, "backup_chain_broken"),
    (missing_row, "backup_chain_broken"),
    (broken_line, "backup_damaged"),
    (broken_number, "backup_damaged"),
    (other_bytes, "backup_damaged"),
    (orphans, "backup_damaged"),
    (newer, "backup_newer"),
    (no_table, "backup_damaged"),
    (no_manifest, "backup_unreadable"),
]


@pytest.mark.parametrize(("damage", "code"), DAMAGES, ids=[damage.__name__ for damage, _ in DAMAGES])
async def test_a_backup_that_was_changed_restores_nothing(
    app: Application, clock: MovableClock, tmp_path: Path, damage: Callable[[Documents], None], code: str
) -> None:
    async with opened(fresh_sqlite(tmp_path / "source"), clock) as source:
        await fill(source, await create_portfolio(source, "Main"))
        await source.archive.save(tmp_path / "b.zip")
    rewrite(tmp_path / "b.zip", damage)
    with pytest.raises(FileError) as caught:
        await app.archive.restore(tmp_path / "b.zip")
    assert caught.value.code == code
    assert await app.journal.portfolios() == ()
    assert await app.journal.events() == ()


async def test_any_flipped_bit_is_seen(app: Application, clock: MovableClock, tmp_path: Path) -> None:
    async with opened(fresh_sqlite(tmp_path / "source"), clock) as source:
        await fill(source, await create_portfolio(source, "Main"))
        await source.archive.save(tmp_path / "b.zip")
    whole = (tmp_path / "b.zip").read_bytes()
    broken = tmp_path / "broken.zip"
    for at in range(40, len(whole) // 2, len(whole) // 12):
        broken.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        try:
            await app.archive.restore(broken)
        except RebalancerError:
            assert await app.journal.portfolios() == ()
        else:
            pytest.fail(f"byte {at} was changed and nobody noticed")


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04 truncated"])
async def test_what_is_no_backup_is_refused(app: Application, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b.zip").write_bytes(data)
    with pytest.raises(FileError, match="backup_unreadable"):
        await app.archive.restore(tmp_path / "b.zip")


async def test_a_backup_that_is_not_there_is_not_found(app: Application, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="backup_not_found"):
        await app.archive.restore(tmp_path / "nothing.zip")
