"""The hash chain: whatever is done to it shows, and the first wrong place is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebalancer.domain.evidence import GENESIS, AuditEvent, ChainVerdict, Happening, chain_event, verify_chain

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def chain(length: int) -> tuple[AuditEvent, ...]:
    events: list[AuditEvent] = []
    for number in range(1, length + 1):
        happening = Happening(AT, "owner", "p", "targets_saved", str(number), {"n": number})
        events.append(chain_event(happening, number, events[-1].hash if events else GENESIS))
    return tuple(events)


@given(st.integers(0, 8))
def test_an_untouched_chain_is_intact(length: int) -> None:
    events = chain(length)
    assert verify_chain(events) == ChainVerdict(length, events[-1].hash if events else GENESIS)


@given(st.integers(1, 8), st.integers(0, 8))
def test_a_chain_can_be_verified_in_pieces(length: int, cut: int) -> None:
    events = chain(length)
    first = verify_chain(events[:cut])
    assert verify_chain(events[cut:], head=first.head, length=first.events) == verify_chain(events)


@given(st.data(), st.integers(1, 6))
def test_changing_any_field_of_any_event_is_seen_there(data: st.DataObject, length: int) -> None:
    events = list(chain(length))
    at = data.draw(st.integers(0, length - 1))
    name = data.draw(st.sampled_from([field.name for field in fields(AuditEvent)]))
    changed: dict[str, Any] = {"sequence": 99, "at": AT + timedelta(microseconds=1), "payload": {"n": 0}}
    change: dict[str, Any] = {name: changed.get(name, "f" * 64)}
    events[at] = replace(events[at], **change)
    verdict = verify_chain(events)
    assert not verdict.intact
    assert verdict.broken_at == at + 1
    assert verdict.events == at


def without_second(events: Sequence[AuditEvent]) -> Sequence[AuditEvent]:
    return (events[0], *events[2:])


def with_second_twice(events: Sequence[AuditEvent]) -> Sequence[AuditEvent]:
    return (*events[:2], *events[1:])


def second_and_third_swapped(events: Sequence[AuditEvent]) -> Sequence[AuditEvent]:
    return (events[0], events[2], events[1], *events[3:])


def beginning_at_the_second(events: Sequence[AuditEvent]) -> Sequence[AuditEvent]:
    return events[1:]


@pytest.mark.parametrize(
    ("tamper", "broken_at"),
    [(without_second, 2), (with_second_twice, 3), (second_and_third_swapped, 2), (beginning_at_the_second, 1)],
)
def test_taking_out_putting_in_and_swapping_is_seen(
    tamper: Callable[[Sequence[AuditEvent]], Sequence[AuditEvent]], broken_at: int
) -> None:
    verdict = verify_chain(tamper(chain(5)))
    assert (verdict.broken_at, verdict.reason) == (broken_at, "sequence")


def test_an_event_that_is_rehashed_breaks_its_successor() -> None:
    events = chain(3)
    forged = chain_event(Happening(AT, "mallory", "p", "targets_saved", "2", {"n": 2}), 2, events[0].hash)
    verdict = verify_chain((events[0], forged, events[2]))
    assert (verdict.broken_at, verdict.reason) == (3, "previous_hash")


def test_the_same_instant_in_another_zone_has_the_same_hash() -> None:
    happening = Happening(AT, "owner", "p", "a", "s", {})
    elsewhere = replace(happening, at=AT.astimezone(timezone(timedelta(hours=2))))
    assert chain_event(happening, 1, GENESIS).hash == chain_event(elsewhere, 1, GENESIS).hash
