"""Backup and restore: a zip file with a manifest and one JSON-lines file per table, the same for both engines."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import os
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from sqlalchemy import Table, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from rebalancer.adapters.storage.archive_rows import row_from_line, row_to_line
from rebalancer.adapters.storage.chain import chain_head, read_events
from rebalancer.adapters.storage.journal import transaction
from rebalancer.adapters.storage.migrate import HEAD
from rebalancer.adapters.storage.private_files import open_private
from rebalancer.adapters.storage.tables import CONTENTS, TABLES
from rebalancer.domain.evidence import verify_chain
from rebalancer.errors import ConflictError, FileError, NotFoundError, StorageError
from rebalancer.ports.clock import Clock
from rebalancer.ports.records import ArchiveReport

FORMAT: Final = "rebalancer-backup"
FORMAT_VERSION: Final = 1
MANIFEST: Final = "manifest.json"
_PIECE: Final = 500  # Rows or events handled at a time.
# What the zip library raises, from one place or another, on a file with a changed byte.
_BROKEN_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: rows and SHA-256 of each table's file, and the end of the audit chain."""

    revision: str
    created_at: datetime
    tables: dict[str, tuple[int, str]]
    events: int
    head: str

    def report(self, path: Path) -> ArchiveReport:
        """The same, for the caller."""
        counts = {name: count for name, (count, _) in self.tables.items()}
        return ArchiveReport(
            str(path.absolute()),
            self.revision,
            self.created_at,
            counts,
            self.events,
            self.head if self.events else None,
        )


@dataclass(frozen=True, slots=True)
class SqlArchive:
    """Implements the port ``Archive``."""

    engine: AsyncEngine
    clock: Clock

    async def save(self, path: Path) -> ArchiveReport:
        """Write everything as of one instant; the name appears only when the file is whole and on disk."""
        with _new_file(path) as stream:
            async with transaction(self.engine, write=False) as connection:
                with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
                    tables = {table.name: await _dump(connection, table, archive) for table in TABLES}
                    events, head = await chain_head(connection)
                    manifest = Manifest(HEAD, self.clock.now(), tables, events, head)
                    archive.writestr(MANIFEST, _manifest_text(manifest))
        return manifest.report(path)

    async def restore(self, path: Path) -> ArchiveReport:
        """Check the whole file, then bring it back in one transaction."""
        with _opened(path) as archive:
            manifest = _read_manifest(archive)
            await asyncio.to_thread(_check_sums, archive, manifest)
            async with transaction(self.engine, write=True) as connection:
                await _check_empty(connection)
                for table in TABLES:
                    await _load(connection, table, archive)
                await _check_restored(connection, manifest)
                await connection.commit()
        return manifest.report(path)


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    target = path.absolute()
    part = target.with_name(f".{target.name}.part")
    if target.exists():
        raise ConflictError("backup_exists", {"path": str(target)})
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(open_private(part), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.link(part, target)  # Unlike a rename, it never replaces a file that appeared meanwhile.
    except FileExistsError as error:
        raise ConflictError("backup_exists", {"path": str(target)}) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StorageError("backup_not_written", {"path": str(target), "reason": reason}) from error
    finally:
        part.unlink(missing_ok=True)


async def _dump(connection: AsyncConnection, table: Table, archive: zipfile.ZipFile) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    with archive.open(_entry(table), "w", force_zip64=True) as entry:
        async for line in _lines(connection, table):
            entry.write(line)
            digest.update(line)
            count += 1
    return count, digest.hexdigest()


async def _lines(connection: AsyncConnection, table: Table) -> AsyncIterator[bytes]:
    async with connection.stream(select(table).order_by(*table.primary_key.columns)) as result:
        async for row in result.mappings():
            yield row_to_line(table, row)


async def _load(connection: AsyncConnection, table: Table, archive: zipfile.ZipFile) -> None:
    try:
        with archive.open(_entry(table)) as entry:
            while piece := [_row(table, line) for line in itertools.islice(entry, _PIECE)]:
                await connection.execute(insert(table), piece)
    except IntegrityError as error:
        raise FileError("backup_damaged", {"table": table.name}) from error


def _row(table: Table, line: bytes) -> dict[str, object]:
    try:
        row = row_from_line(table, line)
    except (ArithmeticError, ValueError, TypeError, KeyError) as error:
        raise FileError("backup_damaged", {"table": table.name}) from error
    if table is CONTENTS and hashlib.sha256(bytes(row["data"])).hexdigest() != row["sha256"]:  # type: ignore[call-overload]
        raise FileError("backup_damaged", {"table": table.name})
    return row


async def _check_empty(connection: AsyncConnection) -> None:
    for table in TABLES:
        if (await connection.execute(select(func.count()).select_from(table))).scalar_one():
            raise ConflictError("database_not_empty", {"table": table.name})


async def _check_restored(connection: AsyncConnection, manifest: Manifest) -> None:
    verdict = verify_chain(())
    while verdict.intact:
        events = await read_events(connection, verdict.events, _PIECE)
        if not events:
            break
        verdict = verify_chain(events, head=verdict.head, length=verdict.events)
    if not verdict.intact or (verdict.events, verdict.head) != (manifest.events, manifest.head):
        raise FileError("backup_chain_broken", {"sequence": str(verdict.broken_at or verdict.events + 1)})


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise NotFoundError("backup_not_found", {"path": str(path)}) from error
    except (OSError, zipfile.BadZipFile) as error:
        raise FileError("backup_unreadable", {"path": str(path)}) from error
    with archive:
        yield archive


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        document = json.loads(archive.read(MANIFEST))
        newer = (document["format"], document["version"], document["revision"]) != (FORMAT, FORMAT_VERSION, HEAD)
        found = {name: (int(entry["rows"]), str(entry["sha256"])) for name, entry in document["tables"].items()}
        created_at = datetime.fromisoformat(document["created_at"])
        manifest = Manifest(
            str(document["revision"]), created_at, found, int(document["events"]), str(document["head"])
        )
    except (*_BROKEN_ZIP, TypeError, AttributeError) as error:
        raise FileError("backup_unreadable", {"path": str(archive.filename)}) from error
    if newer:
        raise FileError("backup_newer", {"backup": manifest.revision, "program": HEAD})
    return manifest


def _check_sums(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    for table in TABLES:
        rows, digest = 0, hashlib.sha256()
        try:
            with archive.open(_entry(table)) as entry:
                for line in entry:
                    digest.update(line)
                    rows += 1
        except _BROKEN_ZIP as error:
            raise FileError("backup_damaged", {"table": table.name}) from error
        if manifest.tables.get(table.name) != (rows, digest.hexdigest()):
            raise FileError("backup_damaged", {"table": table.name})


def _manifest_text(manifest: Manifest) -> str:
    tables = {name: {"rows": rows, "sha256": sha256} for name, (rows, sha256) in manifest.tables.items()}
    document = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "revision": manifest.revision,
        "created_at": manifest.created_at.isoformat(),
        "events": manifest.events,
        "head": manifest.head,
        "tables": tables,
    }
    return json.dumps(document, indent=2)


def _entry(table: Table) -> str:
    return f"tables/{table.name}.jsonl"
