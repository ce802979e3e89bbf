"""A memory in this process: the few values that were asked for last, bounded by their number and by their rows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Final

VALUES_MAX: Final = 8
ROWS_MAX: Final = 200_000  # Over all values; 2,000 rows take some 3 MB, and one import has 100,000 at most.


class RecentMemory:
    """Implements the port ``Memory``; any thread may use it."""

    def __init__(self, values_max: int = VALUES_MAX, rows_max: int = ROWS_MAX) -> None:
        self._values_max = values_max
        self._rows_max = rows_max
        self._rows = 0
        self._kept: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._lock = Lock()

    def recall(self, key: Hashable) -> object | None:
        """The value under an equal key, if it is still kept."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def keep(self, key: Hashable, value: object, *, size: int) -> None:
        """Keep a value; those that were not asked for the longest make room."""
        with self._lock:
            self._forget(key)
            if size > self._rows_max:
                return
            self._kept[key] = (value, size)
            self._rows += size
            while len(self._kept) > self._values_max or self._rows > self._rows_max:
                self._forget(next(iter(self._kept)))

    def _forget(self, key: Hashable) -> None:
        _, size = self._kept.pop(key, (None, 0))
        self._rows -= size
