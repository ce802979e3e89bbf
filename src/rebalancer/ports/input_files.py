"""Prices and markets files: one of each kind counts at a time."""

from __future__ import annotations

from typing import Protocol

from rebalancer.ports.records import FileKind, InputFile


class InputFiles(Protocol):
    """The current prices file and markets file of one portfolio."""

    async def current(self, kind: FileKind) -> InputFile | None:
        """The file of a kind that counts, or None."""
        ...

    async def replace(self, file: InputFile) -> None:
        """Make a file the one of its kind that counts."""
        ...

    async def clear(self, kind: FileKind) -> None:
        """Leave the portfolio without a file of that kind.

        Raises:
            NotFoundError: ``input_file_not_found``.
        """
        ...
