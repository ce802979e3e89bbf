"""The whole suite: checks, then pytest with branch coverage, real browser and real servers."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from axe import find_axe
from browser import find_browser
from checks import failed_checks, tool_environment
from installation import exclusive
from terminal import say

# Above 90 % overall, and every branch of the part that decides about money.
THRESHOLDS = (
    "--cov",
    "--cov-branch",
    "--cov-report=term-missing:skip-covered",
    "--cov-fail-under=90.01",
    "--domain-coverage-min=100",
)
# These look at the page, the layers and the set-up, not at lines of Python that others do not run: unmeasured, they run
# beside the rest, and two cores have work.
BESIDE = ("tests/architecture", "tests/tooling", "tests/ui")


def test(root: Path, rest: list[str]) -> int:
    """Run everything, or with arguments only what they name; 0 if all of it passed."""
    env = suite_environment(root)
    if rest:
        say("only what was named: no checks, no coverage thresholds")
        return run_pytest(root, rest, env)
    failed = failed_checks(root)
    code = run_sessions(root, env)
    if failed:
        say(f"the tests ended with exit code {code}; these checks failed above: {', '.join(failed)}")
    return code or (1 if failed else 0)


def suite_environment(root: Path) -> dict[str, str]:
    """Find the outside pieces first, so that a missing one stops the run with its cure and not a test with a riddle."""
    with exclusive(root):
        return {**tool_environment(root), "CHROME": str(find_browser(root)), "REBALANCER_TEST_AXE": str(find_axe(root))}


def run_sessions(root: Path, env: dict[str, str]) -> int:
    """The measured session in front, the other beside it; what that one said is shown after, whole."""
    with tempfile.TemporaryFile() as said, beside(root, env, said) as other:
        code = run_pytest(root, [*THRESHOLDS, *(f"--ignore={folder}" for folder in BESIDE)], env)
        say(f"the session beside it ({', '.join(BESIDE)}):")
        other_code = other.wait()
        said.seek(0)
        sys.stdout.write(said.read().decode("utf-8", "replace"))
        sys.stdout.flush()
    return code or other_code


@contextlib.contextmanager
def beside(root: Path, env: dict[str, str], said: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A session in the background, ended with the block."""
    command = [str(root / ".venv" / "bin" / "python"), "-m", "pytest", *BESIDE]
    other = subprocess.Popen(command, cwd=root, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    try:
        yield other
    finally:
        other.terminate()
        other.wait()


def run_pytest(root: Path, arguments: list[str], env: dict[str, str]) -> int:
    sys.stdout.flush()
    python = root / ".venv" / "bin" / "python"
    return subprocess.run([str(python), "-m", "pytest", *arguments], cwd=root, env=env, check=False).returncode
