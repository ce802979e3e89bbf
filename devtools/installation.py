"""Makes ``.venv``: uv from its lock, the dependencies from theirs, then the project itself, editable. All by hash."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import mirrors
import stamps
from terminal import MissingPieceError, apt_line, run, say, step


def install(root: Path, level: str) -> None:
    """Bring the environment to ``level``. Safe to call from several processes: one works, the others wait for it.

    Raises:
        MissingPieceError: The machine lacks something; the message names the line that installs it.
    """
    with exclusive(root):
        if stamps.is_fresh(root, level):
            return
        if stamps.was_made(root, stamps.TESTS):
            level = stamps.TESTS  # what tests once had, a product set-up does not take away
        with step(f"setting up {root / '.venv'} for {level}"):
            stamps.forget(root)
            build_environment(root, level)
            stamps.remember(root, level)


@contextlib.contextmanager
def exclusive(root: Path) -> Iterator[None]:
    """Hold the set-up lock. It lives outside ``.venv``, which may be deleted and made anew under it."""
    folder = root / ".dev"
    try:
        folder.mkdir(exist_ok=True)
        lock = (folder / "lock").open("w")
    except PermissionError as error:
        message = f"{root} is not yours to write. Clone it again as this user, or:  sudo chown -R $(id -u) {root}"
        raise MissingPieceError(message) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another ./dev is setting up; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build_environment(root: Path, level: str) -> None:
    uv = find_uv(root)
    env = environment(root)
    venv = root / ".venv"
    if not is_usable(root):
        shutil.rmtree(venv, ignore_errors=True)
        run([uv, "venv", "--quiet", "--no-project", "--python", sys.executable, venv], cwd=root, env=env)
        (venv / "root").write_text(str(root))
    target: list[str | Path] = ["--quiet", "--python", venv / "bin" / "python"]
    hashed = ["--require-hashes", "--only-binary", ":all:", "--compile-bytecode"]
    run([uv, "pip", "sync", *target, *hashed, *requirement_files(root, level)], cwd=root, env=env)
    # No isolation and no index: hatchling comes from the lock that was just installed, and nothing else may come.
    with_lock_only = ["--no-deps", "--no-build-isolation", "--no-index"]
    run([uv, "pip", "install", *target, *with_lock_only, "--editable", root], cwd=root, env=env)
    run([venv / "bin" / "python", "-m", "compileall", "-q", "-j0", root / "src"], cwd=root, env=env)


def is_usable(root: Path) -> bool:
    """Whether the environment's Python starts and it was made in this place: its scripts hold the full path."""
    venv = root / ".venv"
    note = venv / "root"
    if not note.is_file() or note.read_text() != str(root):
        return False
    probe = [str(venv / "bin" / "python"), "-c", "import encodings, site"]
    try:
        return subprocess.run(probe, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def requirement_files(root: Path, level: str) -> list[Path]:
    names = ["dev"] if level == stamps.TESTS else ["runtime", "build"]
    if level != stamps.TESTS and shutil.which("npm") is None:
        names.append("node")  # the build hook needs some npm to fetch the page's files
    return [root / "requirements" / f"{name}.txt" for name in names]


def environment(root: Path) -> dict[str, str]:
    env = mirrors.environment_for_uv(find_pip(root), root)
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env.setdefault("UV_PYTHON_DOWNLOADS", "never")  # the machine's Python, or a clear word that it does not do
    return env


def find_uv(root: Path) -> Path:
    """Find or install uv at its locked version, installed by pip with its hash."""
    lock = (root / "requirements" / "uv.txt").read_text()
    pinned = re.search(r"^uv==(\S+)", lock, re.MULTILINE)
    assert pinned is not None, "requirements/uv.txt pins uv"
    folder = root / ".dev" / f"uv-{pinned[1]}"
    uv = folder / "bin" / "uv"
    if not uv.exists():
        with step(f"installing uv {pinned[1]}"):
            options = ["--quiet", "--root-user-action=ignore", "--require-hashes", "--only-binary", ":all:"]
            unfinished = folder.with_name(f"{folder.name}.unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            lock_file = root / "requirements" / "uv.txt"
            run([*find_pip(root), "install", *options, "--target", unfinished, "-r", lock_file], cwd=root)
            unfinished.rename(folder)
    return uv


def find_pip(root: Path) -> list[str]:
    """This Python's pip, else the one that ``venv`` brings.

    Raises:
        MissingPieceError: There is neither.
    """
    if answers([sys.executable, "-m", "pip"]):
        return [sys.executable, "-m", "pip"]
    bootstrap = root / ".dev" / "pip"
    pip = [str(bootstrap / "bin" / "python"), "-m", "pip"]
    if not answers(pip):
        subprocess.run([sys.executable, "-m", "venv", "--clear", bootstrap], check=False, capture_output=True)
    if not answers(pip):
        message = f"this Python ({sys.executable}) has neither pip nor venv. Install one:  {apt_line('python3-venv')}"
        raise MissingPieceError(message)
    return pip


def answers(pip: list[str]) -> bool:
    try:
        probe = [*pip, "--version"]
        return subprocess.run(probe, check=False, capture_output=True, env=dict(os.environ)).returncode == 0
    except OSError:
        return False
