"""The archive: a whole database in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from rebalancer.ports.records import ArchiveReport


class Archive(Protocol):
    """Backs up and restores. The file does not depend on the engine: what was saved on one restores on the other."""

    async def save(self, path: Path) -> ArchiveReport:
        """Write everything, as of one instant, into a new file that only its owner can read.

        Raises:
            ConflictError: ``backup_exists``: there is a file of that name.
            StorageError: ``database_busy`` and its kin.
        """
        ...

    async def restore(self, path: Path) -> ArchiveReport:
        """Bring everything back into an empty database, wholly or not at all, the audit chain verified.

        Raises:
            NotFoundError: ``backup_not_found``.
            FileError: ``backup_unreadable``, ``backup_damaged``, ``backup_newer``, ``backup_chain_broken``.
            ConflictError: ``database_not_empty``.
        """
        ...
