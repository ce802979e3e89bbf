"""Prices and markets files."""

from __future__ import annotations

from dataclasses import dataclass

from rebalancer.adapters.storage.scope import Scope
from rebalancer.adapters.storage.tables import INPUT_FILES
from rebalancer.errors import NotFoundError
from rebalancer.ports.records import FileKind, InputFile


@dataclass(frozen=True, slots=True)
class StoredInputFiles:
    """Implements the port ``InputFiles``."""

    scope: Scope

    async def current(self, kind: FileKind) -> InputFile | None:
        """The file that counts."""
        row = await self.scope.one(INPUT_FILES, kind=kind.value)
        if row is None:
            return None
        return InputFile(kind, row["file"], row["content"], row["document"], row["entries"], row["imported_at"])

    async def replace(self, file: InputFile) -> None:
        """Make a file the one that counts."""
        await self.scope.put(
            INPUT_FILES,
            {"kind": file.kind.value},
            file=file.file,
            content=file.content,
            document=file.document,
            entries=file.entries,
            imported_at=file.imported_at,
        )

    async def clear(self, kind: FileKind) -> None:
        """Leave none."""
        if not await self.scope.remove(INPUT_FILES, kind=kind.value):
            raise NotFoundError("input_file_not_found", {"kind": kind.value})
