"""Memory: what was worked out before, kept in this process. Correctness never rests on it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Protocol


class Memory(Protocol):
    """Keeps a few values by everything they were made from, so that a value it gives back is never stale."""

    def recall(self, key: Hashable) -> object | None:
        """The value that was kept under an equal key; None when there is none, or none any more."""
        ...

    def keep(self, key: Hashable, value: object, *, size: int) -> None:
        """Keep a value; those that were not asked for the longest make room, and one that is too large is not kept.

        Args:
            key: Everything the value was made from.
            value: The value.
            size: How many rows are in it, which the memory it takes grows with.
        """
        ...
