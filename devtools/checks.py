"""What reads the code without running it. Each check runs even when one before it failed, so one run names them all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from terminal import say

CHECKS: dict[str, tuple[str, ...]] = {
    "format": ("ruff", "format", "--check", "."),
    "lint": ("ruff", "check", "."),
    # A limit without exceptions: what lint lets a comment silence, this does not.
    "complexity": ("ruff", "check", "--select", "C901", "--ignore-noqa", "--quiet", "."),
    "types": ("mypy", "src", "tests", "devtools", "hatch_build.py", "bench"),
    "layers": ("lint-imports", "--no-logo"),
}
FIXES: tuple[tuple[str, ...], ...] = (("ruff", "check", "--fix-only", "--quiet", "."), ("ruff", "format", "."))


def check(root: Path, rest: list[str]) -> int:
    """Run all checks; 0 if all pass."""
    if rest not in ([], ["--fix"]):
        say(f"check takes --fix or nothing, not {' '.join(rest)}")
        return 2
    if rest:
        for command in FIXES:
            run_tool(root, command)
    failed = failed_checks(root)
    say(f"checks failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def failed_checks(root: Path) -> list[str]:
    failed = []
    for name, command in CHECKS.items():
        started = time.monotonic()
        passed = run_tool(root, tuple(word for word in command if word != "bench" or (root / word).exists())) == 0
        say(f"{name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.1f} s")
        if not passed:
            failed.append(name)
    return failed


def run_tool(root: Path, command: tuple[str, ...]) -> int:
    tool = root / ".venv" / "bin" / command[0]
    sys.stdout.flush()
    return subprocess.run([str(tool), *command[1:]], cwd=root, env=tool_environment(root), check=False).returncode


def tool_environment(root: Path) -> dict[str, str]:
    """The environment with the project's programs first on PATH."""
    path = os.pathsep.join([str(root / ".venv" / "bin"), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(root / ".venv")}
