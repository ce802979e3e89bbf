"""The principal of an installation without log-in."""

from __future__ import annotations

from typing import Final

OWNER: Final = "owner"


class LocalOwner:
    """Everything is done in the name of the one owner of this installation."""

    def current(self) -> str:
        """Always the owner."""
        return OWNER
