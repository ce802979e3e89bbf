"""The database itself: what it is and whether its storage is sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Inspection:
    """What an inspection found.

    Attributes:
        engine: ``sqlite`` or ``postgresql``.
        revision: Revision of the schema.
        revision_expected: The one that this program works with.
        defects: What is broken, in the engine's words; empty when all is sound.
    """

    engine: str
    revision: str
    revision_expected: str
    defects: tuple[str, ...]


class Database(Protocol):
    """Looks at the database as a whole."""

    async def inspect(self, *, thorough: bool) -> Inspection:
        """Look for damage, and change nothing.

        Args:
            thorough: Check every index and every reference too; else every page once, which takes a second per gigabyte
                or so.

        Raises:
            StorageError: ``database_unavailable`` and its kin.
        """
        ...
