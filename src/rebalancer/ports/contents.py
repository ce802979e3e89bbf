"""Contents: bytes stored under their own hash."""

from __future__ import annotations

from typing import Protocol


class Contents(Protocol):
    """Content-addressed bytes of one portfolio: files as they were given, and canonical documents of inputs."""

    async def put(self, data: bytes) -> str:
        """Store bytes, once, and return their SHA-256 as 64 hexadecimal digits."""
        ...

    async def get(self, sha256: str) -> bytes:
        """The bytes of a hash.

        Raises:
            NotFoundError: ``content_not_found``.
            StorageError: ``database_damaged``: what is stored does not have that hash.
        """
        ...
