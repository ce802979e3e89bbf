"""``./dev`` passes on what it is told and says what it does not know."""

from __future__ import annotations

import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def run_dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([REPOSITORY / "dev", *arguments], check=False, capture_output=True, text=True)


def test_help_names_every_verb() -> None:
    done = run_dev("help")
    assert done.returncode == 0
    assert [
        verb for verb in ("demo", "rebalancer", "test", "check", "bench", "lock") if f"\n  {verb}" not in done.stdout
    ] == []


def test_an_unknown_verb_is_a_usage_error_on_stderr() -> None:
    done = run_dev("deploy")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no verb 'deploy'" in done.stderr


def test_ci_runs_the_one_command_and_nothing_else() -> None:
    lines = (REPOSITORY / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if line and not line.startswith("#")][-1] == "exec ./dev test"
    assert len(lines) <= 5
