"""Style that is checked by an ordinary test; each rule is also shown a bad snippet and must find it.

Answer a finding by splitting or renaming. Where that would be worse, add a dated exception below; one that is no
longer needed fails too.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Final

import pytest

from tests.architecture.tidiness import FUNCTION_LINES_MAX, RULES, Finding, SourceFile

REPOSITORY: Final = Path(__file__).resolve().parents[2]
MONEY: Final = "src/rebalancer/domain/money.py"
RULE_FILES: Final = ("tests/architecture/tidiness.py", "tests/architecture/test_tidy.py")


@dataclass(frozen=True, slots=True)
class Exemption:
    """A file that a rule passes over.

    Attributes:
        rule: Name of the rule.
        path: The file.
        since: The day it was allowed.
        reason: Why the file is better as it is.
    """

    rule: str
    path: str
    since: date
    reason: str


EXEMPTIONS: Final = (
    Exemption(
        "vague_names",
        "src/rebalancer/api/models/base.py",
        date(2026, 11, 22),
        "the one base class of every model and the types of its fields; nothing else may be added",
    ),
    Exemption(
        "vague_names",
        "src/rebalancer/ui/base.css",
        date(2026, 11, 22),
        "the CSS layer of plain elements is called base by everyone who writes style sheets",
    ),
)


def committed_files() -> list[SourceFile]:
    """Text files that are or may be committed: tracked, or untracked and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    found = []
    for name in sorted(set(listing.split("\0")) - {""}):
        path = REPOSITORY / name
        if path.is_file():
            data = path.read_bytes()
            if b"\0" not in data:
                found.append(SourceFile(PurePosixPath(name), data.decode("utf-8", errors="replace")))
    return found


@pytest.fixture(scope="module")
def files() -> list[SourceFile]:
    return committed_files()


@pytest.mark.parametrize("rule", RULES)
def test_no_committed_file_breaks_the_rule(files: list[SourceFile], rule: str) -> None:
    exempt = {exemption.path for exemption in EXEMPTIONS if exemption.rule == rule}
    found = [finding for file in files for finding in RULES[rule].findings(file)]
    assert [finding for finding in found if finding.path not in exempt] == []


def test_every_exemption_is_still_needed(files: list[SourceFile]) -> None:
    by_path = {str(file.path): file for file in files}
    unneeded = [
        exemption
        for exemption in EXEMPTIONS
        if exemption.path not in by_path or not RULES[exemption.rule].findings(by_path[exemption.path])
    ]
    assert unneeded == []


def test_the_rules_see_the_whole_source(files: list[SourceFile]) -> None:
    paths = {str(file.path) for file in files}
    assert {MONEY, "dev", "pyproject.toml", "README.md", *RULE_FILES} <= paths
    assert sum(file.is_domain for file in files) > 20
    assert sum(file.is_money for file in files) > 40


LONG: Final = "def f() -> int:\n" + "    x = 1\n" * FUNCTION_LINES_MAX
BAD: Final = {
    "long_functions": [(MONEY, LONG), ("devtools/verbs.py", "async " + LONG), ("dev", LONG)],
    "vague_names": [
        ("src/rebalancer/utils.py", ""),
        ("src/rebalancer/domain/helpers.py", ""),
        ("src/rebalancer/api/common/drift.py", ""),
        ("src/rebalancer/workflows/order_manager.py", ""),
        ("src/rebalancer/ui/pages/misc.js", ""),
        ("tests/support/test-helpers.py", ""),
    ],
    "looks_at_the_world": [
        (MONEY, "at = datetime.now(UTC)"),
        (MONEY, "day = date.today()"),
        (MONEY, "import datetime\nat = datetime.datetime.utcnow()"),
        (MONEY, "import random"),
        (MONEY, "from uuid import uuid4"),
        (MONEY, "from os import environ"),
        (MONEY, "import time as ticks"),
        (MONEY, "def f():\n    from secrets import token_hex\n"),
    ],
    "unordered_output": [
        (MONEY, "x = [a for a in {1, 2}]"),
        (MONEY, "x = ', '.join({'a', 'b'})"),
        (MONEY, "x = list(set(rows))"),
        (MONEY, "def f(rows):\n    seen = set(rows)\n    for row in seen:\n        yield row\n"),
        (MONEY, "def f(names: frozenset[str]):\n    return {name: 1 for name in names}\n"),
        (MONEY, "def f(a, b):\n    return tuple(set(a) - set(b))\n"),
        (MONEY, "def f(a, b):\n    yield from {*a} | b\n"),
        (MONEY, "class T:\n    hold: frozenset[str]\n\ndef f(t: T):\n    return [*t.hold]\n"),
    ],
    "floats": [
        (MONEY, "fee = 0.004"),
        ("src/rebalancer/domain/plan/desk.py", "x = float(price)"),
        ("src/rebalancer/adapters/files/prices.py", "rate = 1e-8"),
        ("src/rebalancer/workflows/measure_drift.py", "x = [-1.5]"),
    ],
    "float_doors": [
        ("src/rebalancer/api/drift.py", "x = Decimal.from_float(rate)"),
        ("devtools/verbs.py", "x = rate == 0.5"),
        ("tests/domain/test_money.py", "assert 0.1 != value"),
    ],
    "unfinished": [
        ("docs/glossary.md", "TO" + "DO: explain"),
        (MONEY, "x = 1  # FIX" + "ME"),
        ("src/rebalancer/ui/app.js", "// XX" + "X later"),
    ],
    "machine_paths": [
        ("README.md", "see /wo" + "rk/shared/notes"),
        ("tests/files/test_numbers.py", "PATH = '/ho" + "me/anna/x.csv'"),
        ("deploy/compose.yml", "- /ro" + "ot/.cache:/cache"),
    ],
}
GOOD: Final = {
    "long_functions": [(MONEY, LONG.removesuffix("    x = 1\n"))],
    "vague_names": [
        ("src/rebalancer/domain/database.py", ""),
        ("src/rebalancer/utility_tokens.py", ""),
        ("docs/helpers.md", ""),
    ],
    "looks_at_the_world": [
        (MONEY, "at = clock_instant.astimezone(UTC)"),
        ("src/rebalancer/adapters/clock.py", "at = datetime.now(UTC)"),
    ],
    "unordered_output": [
        (MONEY, "x = sorted({1, 2})"),
        (MONEY, "x = any(a > 1 for a in {1, 2})"),
        (MONEY, "x = {a for a in {1, 2}}"),
        (MONEY, "x = sorted(a for a in {1, 2} if a)"),
        (MONEY, "def f(rows):\n    seen = dict.fromkeys(rows)\n    return list(seen)\n"),
        (MONEY, "x = 3 in {1, 2}"),
    ],
    "floats": [(MONEY, 'fee = Decimal("0.004")'), ("src/rebalancer/domain/risk/tails.py", "level = 0.95")],
    "float_doors": [(MONEY, 'x = rate == Decimal("0.5")'), (MONEY, "x = rate < 0.5")],
    "unfinished": [(MONEY, "# Nothing to do with methods")],
    "machine_paths": [("README.md", "http://localhost:8000/work/x ~/home/anna ./root/x src/work/y")],
}


def findings(rule: str, path: str, text: str) -> list[Finding]:
    return RULES[rule].findings(SourceFile(PurePosixPath(path), text))


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_finds_what_breaks_it(rule: str) -> None:
    assert BAD[rule]
    assert [(path, text) for path, text in BAD[rule] if not findings(rule, path, text)] == []


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_lets_pass_what_keeps_it(rule: str) -> None:
    assert GOOD[rule]
    assert [(path, text) for path, text in GOOD[rule] if findings(rule, path, text)] == []
