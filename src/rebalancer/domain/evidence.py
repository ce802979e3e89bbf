"""Evidence: a chain of events in which nothing can be changed, taken out, put in or swapped without being seen.

Each event's hash covers its own fields and the hash before it: ``hash[n] = sha256(canonical(fields[n], hash[n-1]))``,
with 64 zeros before the first. Cutting off the tail is not visible from inside; a copy of the head kept elsewhere
shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rebalancer.domain.content import content_hash

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rebalancer.domain.content import JsonObject

GENESIS: Final = "0" * 64  # Stands where the first event looks for the one before it.


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One state change, chained.

    Attributes:
        sequence: Position, from 1, without gaps.
        at: When it happened, UTC.
        principal: In whose name.
        portfolio_id: Where; empty for what belongs to no portfolio.
        action: Past-tense name of what happened.
        subject: Id of the thing it happened to.
        payload: Facts about it.
        payload_hash: Content hash of the payload.
        previous_hash: Hash of the event before it.
        hash: Content hash of all the fields above, the payload by its hash.
    """

    sequence: int
    at: datetime
    principal: str
    portfolio_id: str
    action: str
    subject: str
    payload: JsonObject
    payload_hash: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """What a look at the whole chain found.

    Attributes:
        events: Events that are right, counted from the first.
        head: Hash of the last right event; ``GENESIS`` when there is none.
        broken_at: Sequence at which the first wrong event stands or should stand; None when all are right.
        reason: ``sequence``, ``previous_hash``, ``payload_hash`` or ``hash``: what is wrong there; None when all are
            right.
    """

    events: int
    head: str
    broken_at: int | None = None
    reason: str | None = None

    @property
    def intact(self) -> bool:
        """Whether every event is right."""
        return self.broken_at is None


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event tells, before it has a place in the chain."""

    at: datetime
    principal: str
    portfolio_id: str
    action: str
    subject: str
    payload: JsonObject


def chain_event(happening: Happening, sequence: int, previous_hash: str) -> AuditEvent:
    """Give a happening its place after the event that has ``previous_hash``; ``sequence`` counts from 1."""
    assert sequence >= 1, sequence
    payload_hash = content_hash(happening.payload)
    return AuditEvent(
        sequence,
        happening.at,
        happening.principal,
        happening.portfolio_id,
        happening.action,
        happening.subject,
        happening.payload,
        payload_hash,
        previous_hash,
        _event_hash(happening, sequence, payload_hash, previous_hash),
    )


def verify_chain(events: Iterable[AuditEvent], *, head: str = GENESIS, length: int = 0) -> ChainVerdict:
    """Check every event against the one before it, and stop at the first that is wrong.

    Args:
        events: In the order of their sequence, without gaps.
        head: Hash of the event before the first, for a chain that is verified in pieces.
        length: Events before the first.
    """
    for event in events:
        reason = _fault(event, length + 1, head)
        if reason is not None:
            return ChainVerdict(length, head, length + 1, reason)
        length, head = event.sequence, event.hash
    return ChainVerdict(length, head)


def _fault(event: AuditEvent, sequence: int, previous_hash: str) -> str | None:
    happening = Happening(event.at, event.principal, event.portfolio_id, event.action, event.subject, event.payload)
    expected = chain_event(happening, sequence, previous_hash)
    if event.sequence != expected.sequence:
        return "sequence"
    if event.previous_hash != expected.previous_hash:
        return "previous_hash"
    if event.payload_hash != expected.payload_hash:
        return "payload_hash"
    return None if event.hash == expected.hash else "hash"


def _event_hash(happening: Happening, sequence: int, payload_hash: str, previous_hash: str) -> str:
    return content_hash(
        {
            "sequence": sequence,
            "at": happening.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "principal": happening.principal,
            "portfolio_id": happening.portfolio_id,
            "action": happening.action,
            "subject": happening.subject,
            "payload_hash": payload_hash,
            "previous_hash": previous_hash,
        }
    )
