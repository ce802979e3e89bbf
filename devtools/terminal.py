"""What the person at the terminal sees, and running programs for them. All on stderr: stdout belongs to the verb."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path


class MissingPieceError(Exception):
    """Something the machine lacks or that failed; the message names the line that cures it."""


def say(text: str) -> None:
    print(f"dev: {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(text: str) -> Iterator[None]:
    """Name a piece of work before it starts and its duration once it is done."""
    say(f"{text} ...")
    started = time.monotonic()
    yield
    say(f"{text}: {time.monotonic() - started:.1f} s")


def run(command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Run to success, output on stderr.

    Raises:
        MissingPieceError: The program is absent or failed; its own words stand above.
    """
    words = [str(word) for word in command]
    try:
        subprocess.run(words, cwd=cwd, env=env, check=True, stdout=sys.stderr)
    except FileNotFoundError as error:
        message = f"{words[0]} was not found"
        raise MissingPieceError(message) from error
    except subprocess.CalledProcessError as error:
        message = f"this failed with exit code {error.returncode} (its words stand above):\n  {' '.join(words)}"
        raise MissingPieceError(message) from error


def apt_line(*packages: str) -> str:
    """The exact line that installs Debian packages, with sudo where the person is not root."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install -y {' '.join(packages)}"
