"""The principal: in whose name something is done."""

from __future__ import annotations

from typing import Protocol


class Principals(Protocol):
    """Knows who acts now."""

    def current(self) -> str:
        """Name of the person or token behind the current request or command; ``owner`` until log-in exists."""
        ...
