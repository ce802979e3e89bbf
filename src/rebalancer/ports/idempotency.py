"""Idempotency keys: a request that is repeated has one effect and one answer."""

from __future__ import annotations

from typing import Protocol

from rebalancer.ports.records import Answer


class IdempotencyKeys(Protocol):
    """Keys of one database, each call its own transaction; ``scope`` is a portfolio id, or empty for none."""

    async def begin(self, scope: str, principal: str, key: str, body_hash: str) -> Answer | None:
        """Take the key, or give back the answer that is stored under it.

        Of two callers at once exactly one takes it. Keys older than 48 hours are forgotten.

        Returns:
            None when the caller has taken the key and must ``finish`` or ``release`` it; else the stored answer.

        Raises:
            ConflictError: ``idempotency_in_flight``: another call with this key is at work;
                ``idempotency_outcome_unknown``: it has been at work for more than ten minutes, so it was cut off, and
                whether it had its effect must be looked up.
            InputError: ``idempotency_key_reused``: the key was used with another body.
        """
        ...

    async def finish(self, scope: str, principal: str, key: str, answer: Answer) -> None:
        """Store the answer of the call that took the key."""
        ...

    async def release(self, scope: str, principal: str, key: str) -> None:
        """Give the key back after a call that had no effect."""
        ...
