"""Contents: bytes under their own hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from rebalancer.adapters.storage.scope import Scope
from rebalancer.adapters.storage.tables import CONTENTS
from rebalancer.errors import NotFoundError, StorageError


@dataclass(frozen=True, slots=True)
class StoredContents:
    """Implements the port ``Contents``."""

    scope: Scope

    async def put(self, data: bytes) -> str:
        """Store bytes, once."""
        sha256 = hashlib.sha256(data).hexdigest()
        query = self.scope.select(CONTENTS, sha256=sha256).with_only_columns(CONTENTS.c.sha256)
        if not await self.scope.all(query):
            await self.scope.add(CONTENTS, sha256=sha256, data=data)
        return sha256

    async def get(self, sha256: str) -> bytes:
        """Fetch bytes, and make sure that they are still what they were."""
        row = await self.scope.one(CONTENTS, sha256=sha256)
        if row is None:
            raise NotFoundError("content_not_found", {"sha256": sha256[:80]})
        data = bytes(row["data"])
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StorageError("database_damaged", {"sha256": sha256})
        return data
