"""Rules of STYLE.md that no linter knows, as functions from a file to the lines that break them.

They read text and syntax trees only. ``test_tidy.py`` runs them over every file that is or may be committed, and over
bad snippets that each must find.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from tests.architecture.unordered import unordered_iterations

FUNCTION_LINES_MAX: Final = 70
VAGUE_WORDS: Final = frozenset(
    {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "base", "stuff"}
)
SOURCE_SUFFIXES: Final = frozenset({".py", ".js", ".mjs", ".css", ".html"})
STATISTICS: Final = ("returns", "risk", "allocation", "backtest", "performance", "alerting")

_CLOCKS: Final = frozenset({"now", "utcnow", "today"})
_WORLD: Final = frozenset({"os", "random", "secrets", "time", "uuid"})
_UNFINISHED: Final = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")).join((r"\b(?:", r")\b")))
_MACHINE: Final = re.compile(r"(?<![\w.:/~-])/(?:work|home|root|Users|mnt)/[\w.]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the repository; ``path`` is relative to its root."""

    path: PurePosixPath
    text: str

    @property
    def is_python(self) -> bool:
        return self.path.suffix == ".py" or self.path == PurePosixPath("dev")

    @property
    def is_domain(self) -> bool:
        return self.path.is_relative_to("src/rebalancer/domain")

    @property
    def is_money(self) -> bool:
        """Where amounts are decimals: the domain without its statistics, file readers, workflows."""
        if self.is_domain:
            return self.path.relative_to("src/rebalancer/domain").parts[0].removesuffix(".py") not in STATISTICS
        return any(self.path.is_relative_to(f"src/rebalancer/{room}") for room in ("adapters/files", "workflows"))

    def tree(self) -> ast.Module:
        return ast.parse(self.text)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A line that breaks a rule."""

    path: str
    line: int
    what: str


def long_functions(file: SourceFile) -> Iterator[tuple[int, str]]:
    """A function longer than a screen hides what it does."""
    for node in ast.walk(file.tree()):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES_MAX:
                yield node.lineno, f"{node.name} has {length} lines"


def vague_names(file: SourceFile) -> Iterator[tuple[int, str]]:
    """Things are added to a vague file because nothing forbids it."""
    stems = [part.partition(".")[0] for part in file.path.parts] if file.path.suffix in SOURCE_SUFFIXES else []
    for stem in stems:
        if VAGUE_WORDS.intersection(re.split(r"[_-]", stem)[-1:]):
            yield 1, f"{stem} says nothing"


def looks_at_the_world(file: SourceFile) -> Iterator[tuple[int, str]]:
    """The domain takes instants, ids and randomness as arguments."""
    for node in ast.walk(file.tree()):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            for name in names:
                if name.partition(".")[0] in _WORLD:
                    yield node.lineno, f"imports {name}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CLOCKS:
            yield node.lineno, f"asks a clock: {ast.unparse(node.func)}"


def unordered_output(file: SourceFile) -> Iterator[tuple[int, str]]:
    """The order of a set differs from run to run; the same inputs must give the same bytes."""
    for node in unordered_iterations(file.tree()):
        yield node.lineno, f"goes through a set in no fixed order: {ast.unparse(node)[:60]}"


def floats(file: SourceFile) -> Iterator[tuple[int, str]]:
    """Money is Decimal from the text to the text."""
    for node in ast.walk(file.tree()):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno, f"the float {node.value}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            yield node.lineno, "a call of float()"


def float_doors(file: SourceFile) -> Iterator[tuple[int, str]]:
    """Two ways past the decimal context, which traps every other meeting of Decimal and float."""
    for node in ast.walk(file.tree()):
        if isinstance(node, ast.Attribute) and node.attr == "from_float":
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.Compare) and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops):
            sides = (node.left, *node.comparators)
            if any(isinstance(side, ast.Constant) and isinstance(side.value, float) for side in sides):
                yield node.lineno, f"compares with a float: {ast.unparse(node)[:60]}"


def unfinished(file: SourceFile) -> Iterator[tuple[int, str]]:
    """A note to do something later is an issue, not a comment."""
    yield from _matches(file, _UNFINISHED)


def machine_paths(file: SourceFile) -> Iterator[tuple[int, str]]:
    """A path of one machine means nothing on another."""
    yield from _matches(file, _MACHINE)


def _matches(file: SourceFile, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(file.text.splitlines(), start=1):
        found = pattern.search(line)
        if found:
            yield number, found[0]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and the files that it holds for."""

    name: str
    applies: Callable[[SourceFile], bool]
    broken: Callable[[SourceFile], Iterator[tuple[int, str]]]

    def findings(self, file: SourceFile) -> list[Finding]:
        return [Finding(str(file.path), *found) for found in self.broken(file)] if self.applies(file) else []


def every_file(file: SourceFile) -> bool:
    del file
    return True


RULES: Final = {
    rule.name: rule
    for rule in (
        Rule("long_functions", lambda file: file.is_python, long_functions),
        Rule("vague_names", every_file, vague_names),
        Rule("looks_at_the_world", lambda file: file.is_domain and file.is_python, looks_at_the_world),
        Rule("unordered_output", lambda file: file.is_domain and file.is_python, unordered_output),
        Rule("floats", lambda file: file.is_money and file.is_python, floats),
        Rule("float_doors", lambda file: file.is_python, float_doors),
        Rule("unfinished", every_file, unfinished),
        Rule("machine_paths", every_file, machine_paths),
    )
}
