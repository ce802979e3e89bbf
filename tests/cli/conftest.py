"""The command line in this process and in one of its own, over a data directory of the test's."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rebalancer.cli.main import run
from rebalancer.domain.money import install_decimal_context
from tests.support.files import HOLDINGS, TARGETS, table
from tests.support.servers import REBALANCER


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on stdout."""
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass(frozen=True)
class CommandLine:
    """Runs commands as ``rebalancer`` does."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Done:
        """In this process."""
        install_decimal_context()
        code = run(arguments)
        out, err = self.capture.readouterr()
        return Done(int(code), out, err)

    def alone(self, *arguments: str, **environment: str) -> Done:
        """In a process of its own, as a person runs it."""
        env = {**os.environ, "REBALANCER_HOME": str(self.folder / "home"), **environment}
        done = subprocess.run(
            [str(REBALANCER), *arguments], cwd=self.folder, env=env, capture_output=True, text=True, check=False
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def path(self, name: str) -> str:
        return str(self.folder / name)


@pytest.fixture
def rebalancer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    monkeypatch.setenv("REBALANCER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "holdings.csv").write_bytes(table(*HOLDINGS).data)
    (tmp_path / "targets.toml").write_text(TARGETS)
    return CommandLine(tmp_path, capsys)
