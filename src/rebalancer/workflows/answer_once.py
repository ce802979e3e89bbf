"""Answer once: a request with an idempotency key has one effect, and every repetition gets the first answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from rebalancer.errors import InputError
from rebalancer.ports.application import Application
from rebalancer.ports.records import Answer

KEY_LENGTH_MAX: Final = 255


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer; ``replayed`` when it was stored by an earlier request."""

    answer: Answer
    replayed: bool


async def answer_once(
    app: Application, scope: str, key: str, body_hash: str, work: Callable[[], Awaitable[Answer]]
) -> GivenAnswer:
    """Do the work under the key, or give the answer that is stored under it.

    Work that raises gives the key back, because it had no effect: every workflow happens wholly or not at all.

    Args:
        app: The ports.
        scope: Id of the portfolio; empty for what belongs to none.
        key: The caller's key, 1 to 255 printable characters.
        body_hash: Hash over method, path and body of the request.
        work: Does what is asked and makes the answer.

    Raises:
        InputError: ``idempotency_key_invalid`` or ``idempotency_key_reused``.
        ConflictError: ``idempotency_in_flight`` or ``idempotency_outcome_unknown``.
    """
    if not 1 <= len(key) <= KEY_LENGTH_MAX or not key.isprintable():
        raise InputError("idempotency_key_invalid", {"length_max": str(KEY_LENGTH_MAX)})
    principal = app.principals.current()
    stored = await app.keys.begin(scope, principal, key, body_hash)
    if stored is not None:
        return GivenAnswer(stored, replayed=True)
    try:
        answer = await work()
    except Exception:
        await app.keys.release(scope, principal, key)
        raise
    await app.keys.finish(scope, principal, key, answer)
    return GivenAnswer(answer, replayed=False)
