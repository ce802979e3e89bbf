"""Ids: the only source of new names for stored things."""

from __future__ import annotations

from typing import Protocol


class Ids(Protocol):
    """Makes new ids."""

    def new(self) -> str:
        """A new id: 26 lower-case letters and digits, safe in a URL and as a file name, never given out before."""
        ...
