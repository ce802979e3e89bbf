"""Contract of the port ``IdempotencyKeys``, and of the workflow that rests on it."""

from __future__ import annotations

import asyncio

import pytest

from rebalancer.errors import ConflictError, InputError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Answer
from rebalancer.workflows.answer_once import answer_once
from tests.support.applications import MovableClock

CREATED = Answer(201, {"Location": "/x"}, b'{"id":"x"}')
BODY, OTHER = "b" * 64, "c" * 64


async def test_the_same_key_and_body_get_the_stored_answer(app: Application) -> None:
    assert await app.keys.begin("p", "owner", "k", BODY) is None
    await app.keys.finish("p", "owner", "k", CREATED)
    assert await app.keys.begin("p", "owner", "k", BODY) == CREATED


async def test_another_body_under_the_same_key_is_refused(app: Application) -> None:
    await app.keys.begin("p", "owner", "k", BODY)
    with pytest.raises(InputError, match="idempotency_key_reused"):
        await app.keys.begin("p", "owner", "k", OTHER)


async def test_a_key_belongs_to_its_portfolio_and_principal(app: Application) -> None:
    assert await app.keys.begin("p", "owner", "k", BODY) is None
    assert await app.keys.begin("q", "owner", "k", OTHER) is None
    assert await app.keys.begin("p", "other", "k", OTHER) is None
    assert await app.keys.begin("", "owner", "k", OTHER) is None


async def test_of_two_callers_at_once_one_works_and_the_other_is_told(app: Application) -> None:
    outcomes = await asyncio.gather(
        *(app.keys.begin("p", "owner", "k", BODY) for _ in range(6)), return_exceptions=True
    )
    assert outcomes.count(None) == 1
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert all(isinstance(error, ConflictError) and error.code == "idempotency_in_flight" for error in refused)


async def test_a_call_that_was_cut_off_is_never_repeated_blindly(app: Application, clock: MovableClock) -> None:
    await app.keys.begin("p", "owner", "k", BODY)
    clock.move(minutes=10)
    with pytest.raises(ConflictError, match="idempotency_in_flight"):
        await app.keys.begin("p", "owner", "k", BODY)
    clock.move(seconds=1)
    with pytest.raises(ConflictError, match="idempotency_outcome_unknown"):
        await app.keys.begin("p", "owner", "k", BODY)


async def test_keys_are_kept_for_a_day_and_forgotten_after_two(app: Application, clock: MovableClock) -> None:
    await app.keys.begin("p", "owner", "k", BODY)
    await app.keys.finish("p", "owner", "k", CREATED)
    clock.move(hours=48)
    assert await app.keys.begin("p", "owner", "k", BODY) == CREATED
    clock.move(seconds=1)
    assert await app.keys.begin("p", "owner", "k", OTHER) is None


async def test_a_key_that_is_given_back_can_be_taken_again(app: Application) -> None:
    await app.keys.begin("p", "owner", "k", BODY)
    await app.keys.release("p", "owner", "k")
    assert await app.keys.begin("p", "owner", "k", OTHER) is None


async def test_a_stored_answer_cannot_be_given_back(app: Application) -> None:
    await app.keys.begin("p", "owner", "k", BODY)
    await app.keys.finish("p", "owner", "k", CREATED)
    await app.keys.release("p", "owner", "k")
    assert await app.keys.begin("p", "owner", "k", BODY) == CREATED


async def test_work_under_a_key_is_done_once(app: Application) -> None:
    done: list[int] = []

    async def work() -> Answer:
        done.append(1)
        return CREATED

    first = await answer_once(app, "p", "k", BODY, work)
    second = await answer_once(app, "p", "k", BODY, work)
    assert (first.answer, first.replayed) == (CREATED, False)
    assert (second.answer, second.replayed) == (CREATED, True)
    assert len(done) == 1


async def test_work_that_fails_frees_its_key(app: Application) -> None:
    async def fail() -> Answer:
        raise ConflictError("targets_missing")

    async def work() -> Answer:
        return CREATED

    with pytest.raises(ConflictError, match="targets_missing"):
        await answer_once(app, "p", "k", BODY, fail)
    assert (await answer_once(app, "p", "k", BODY, work)).replayed is False


@pytest.mark.parametrize("key", ["", "x" * 256, "line\nbreak"])
async def test_a_key_is_one_printable_line_of_up_to_255_characters(app: Application, key: str) -> None:
    async def work() -> Answer:
        return CREATED

    with pytest.raises(InputError, match="idempotency_key_invalid"):
        await answer_once(app, "p", key, BODY, work)
