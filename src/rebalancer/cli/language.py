"""The language of the command line: ``--lang`` anywhere, else what the terminal's environment says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from rebalancer.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES: Final = ("en", "fr")
_OPTION: Final = "--lang"
_VARIABLES: Final = ("REBALANCER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def take_language(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[str, list[str]]:
    """Find the language and the arguments without the option.

    Args:
        arguments: Everything after the program's name.
        environment: Variables to read; those of the process unless given.

    Raises:
        InputError: ``usage``: ``--lang`` names no language that there is.
    """
    before, after = _split(arguments)
    rest: list[str] = []
    chosen: str | None = None
    parts = iter(before)
    for part in parts:
        if part == _OPTION:
            chosen = _checked(next(parts, ""))
        elif part.startswith(f"{_OPTION}="):
            chosen = _checked(part.partition("=")[2])
        else:
            rest.append(part)
    return chosen or terminal_language(environment), rest + after


def terminal_language(environment: Mapping[str, str] | None = None) -> str:
    """The language of the terminal: French where the locale is, else English."""
    # Settings take 0.3 s to load; a stateless command needs nothing else of the environment.
    variables = os.environ if environment is None else environment  # noqa: TID251
    stated = next((variables[name] for name in _VARIABLES if variables.get(name)), "")
    return "fr" if stated.casefold().startswith("fr") else "en"


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands before ``--`` and the rest: after it nothing is an option."""
    every = list(arguments)
    end = every.index("--") if "--" in every else len(every)
    return every[:end], every[end:]


def _checked(language: str) -> str:
    if language not in LANGUAGES:
        raise InputError("usage", {"message": f"{_OPTION} en|fr"})
    return language
