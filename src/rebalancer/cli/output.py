"""What a command writes: one JSON document or a text for people on stdout; everything else goes to stderr.

A command ends with ``answer(document, as_json=..., human=...)``; an error becomes its problem document in ``refuse``.
Nothing else in ``cli`` writes to stdout. Rich is loaded only when a table is drawn, texts only when one is said.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

import typer

from rebalancer.cli.exits import ExitCode, exit_code_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic import BaseModel

    from rebalancer.domain.content import Json, JsonObject
    from rebalancer.errors import RebalancerError

_LANGUAGE: Final[ContextVar[str]] = ContextVar("language", default="en")


class ReaderGoneError(Exception):
    """Whoever read our output (``head``, say) has left. No ``BrokenPipeError``: Typer would make an exit code of it."""


def use_language(language: str) -> None:
    """Write texts for people in ``en`` or ``fr`` from here on."""
    _LANGUAGE.set(language)


def language() -> str:
    """Language of texts for people: ``en`` or ``fr``."""
    return _LANGUAGE.get()


def say(code: str, numbers: Mapping[str, str] | None = None) -> str:
    """The sentence of a code in the person's language."""
    from rebalancer.adapters.texts import text

    return text(language(), code, numbers or {})


def headings(*names: str) -> tuple[str, ...]:
    """Headings of a table: the texts ``cli.column.<name>``."""
    return tuple(say(f"cli.column.{name}") for name in names)


def document_of(body: BaseModel) -> JsonObject:
    """A body of the API as the document that ``--json`` prints: the command line and the API answer alike."""
    document: JsonObject = body.model_dump(mode="json", by_alias=True)
    return document


def answer(
    document: JsonObject,
    *,
    as_json: bool,
    human: Callable[[], None],
    code: ExitCode = ExitCode.DONE,
) -> None:
    """Print the answer of a command and leave with ``code``.

    Args:
        document: What ``--json`` prints, whole and alone.
        as_json: Whether the person asked for it.
        human: Prints the same for people, with ``line`` and ``table``.
        code: What the shell is told.

    Raises:
        typer.Exit: The code is not ``DONE``.
    """
    if as_json:
        print_json(document)
    else:
        human()
    if code is not ExitCode.DONE:
        raise typer.Exit(int(code))


def print_json(document: Json) -> None:
    """Write one JSON document on stdout."""
    write(json.dumps(document, ensure_ascii=False, indent=2, default=_plain_containers) + "\n")


def _plain_containers(node: object) -> Json:
    """Mappings and sequences of our own kinds, as JSON knows them."""
    if isinstance(node, Mapping):
        return dict(node)
    if isinstance(node, Sequence):
        return list(node)
    raise TypeError(type(node).__name__)


def for_a_person() -> bool:
    """Whether stdout is a terminal that somebody looks at."""
    return sys.stdout.isatty()


def line(words: str = "") -> None:
    """Write one line of text for people on stdout."""
    write(f"{words}\n")


def write(words: str) -> None:
    """Write to stdout at once.

    Raises:
        ReaderGoneError: Nobody reads any more.
    """
    try:
        sys.stdout.write(words)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderGoneError from error


def note(words: str) -> None:
    """Write one line on stderr."""
    typer.echo(words, err=True)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Draw a table for people on stdout; where there are no rows, say so in one line.

    Args:
        title: What it shows.
        columns: Headings.
        rows: Cells, as text; what they hold is never read as markup.
        right: Positions of columns that are aligned to the right.
    """
    cells = [tuple(printable(cell) for cell in row) for row in rows]
    if not cells:
        line(say("cli.none", {"title": title}))
        return
    from rebalancer.cli.tables import draw

    line(title)
    draw(columns, cells, frozenset(right))


def printable(cell: str) -> str:
    """The text without control characters: a name in a file must not steer the terminal."""
    return "".join(
        letter if letter.isprintable() or letter in "\u00a0\u202f" else "\N{REPLACEMENT CHARACTER}" for letter in cell
    )


def refuse(error: RebalancerError, *, as_json: bool) -> ExitCode:
    """Print an error: its problem document on stdout with ``--json``, else sentences on stderr.

    Returns:
        The exit code that belongs to it.
    """
    from rebalancer.adapters.texts import problem_document

    problem = problem_document(error, language())
    if as_json:
        print_json(problem)
    else:
        for words in _problem_lines(problem):
            note(words)
        if error.code == "rows_unreadable":
            note(say("cli.keep_readable"))
    return exit_code_of(error)


def _problem_lines(problem: Mapping[str, Json]) -> list[str]:
    lines = [printable(f"{problem[part]}") for part in ("title", "detail", "remedy") if problem.get(part)]
    errors = problem.get("errors")
    for issue in errors if isinstance(errors, list) else ():
        assert isinstance(issue, Mapping)
        lines.append(issue_line(issue))
    return lines


def issue_line(issue: Mapping[str, Json]) -> str:
    """One mistake at one place of a file, in one line: where, what stands there, why it cannot be used, what to do."""
    place = ":".join(str(issue[key]) for key in ("file", "line", "column") if issue.get(key) is not None)
    value = f" {issue['value']!r}" if issue.get("value") is not None else ""
    words = " ".join(str(issue[key]) for key in ("reason", "remedy") if issue.get(key))
    return printable(f"  {place}{value}: {words}")
