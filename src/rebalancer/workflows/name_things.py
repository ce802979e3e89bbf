"""Check the names that people give to things."""

from __future__ import annotations

from typing import Final

from rebalancer.errors import InputError

NAME_LENGTH_MAX: Final = 80


def checked_name(text: str, what: str) -> str:
    """The name without white space around it.

    Args:
        text: What the person wrote.
        what: What is named: ``portfolio``, ``account``, ``asset``, ``location``.

    Raises:
        InputError: ``name_empty``, ``name_too_long`` or ``name_unprintable``.
    """
    name = text.strip()
    if not name:
        raise InputError("name_empty", {"what": what})
    if len(name) > NAME_LENGTH_MAX:
        raise InputError("name_too_long", {"what": what, "length": str(len(name)), "length_max": str(NAME_LENGTH_MAX)})
    if not name.isprintable():
        raise InputError("name_unprintable", {"what": what})
    return name
