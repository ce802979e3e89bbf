"""Verify the audit chain of the whole database."""

from __future__ import annotations

from typing import Final

from rebalancer.domain.evidence import ChainVerdict, verify_chain
from rebalancer.ports.application import Application

PIECE: Final = 1000  # Events checked at a time.


async def verify_audit(app: Application) -> ChainVerdict:
    """Check every event from the first to the last, and name the first that is wrong."""
    verdict = verify_chain(())
    while verdict.intact:
        events = await app.journal.events(after=verdict.events, limit=PIECE)
        if not events:
            break
        verdict = verify_chain(events, head=verdict.head, length=verdict.events)
    return verdict
