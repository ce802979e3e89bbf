"""Whether the environment in ``.venv`` is the one the locks describe. Imported on every start, so it imports little.

There are two levels: ``product`` runs the product, ``tests`` is a superset that also tests it. Each has a stamp file
with a fingerprint of everything that shapes it. An interrupted set-up leaves no stamp, so the next start repairs it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

PRODUCT = "product"
TESTS = "tests"
VENDOR = "src/rebalancer/ui/vendor"
INPUTS = {
    PRODUCT: (
        "pyproject.toml",
        "hatch_build.py",
        "package.json",
        "package-lock.json",
        ".npmrc",
        "requirements/runtime.txt",
        "requirements/build.txt",
        "requirements/node.txt",
        "requirements/uv.txt",
    ),
    TESTS: ("requirements/dev.txt", "devtools/chromium/package-lock.json"),
}


def fingerprint(root: Path, level: str) -> str:
    """Hash of the level's input files, the project's place (scripts hold it) and the environment's Python."""
    names = INPUTS[PRODUCT] + (INPUTS[TESTS] if level == TESTS else ())
    digest = hashlib.sha256()
    for name in names:
        path = root / name
        content = path.read_bytes() if path.is_file() else b"absent"
        digest.update(f"{name} {len(content)}\n".encode() + content)
    digest.update(f"{root} {python_of(root)}".encode())
    return digest.hexdigest()


def python_of(root: Path) -> str:
    """The interpreter behind the environment, links followed: a new one makes the environment stale. Empty if none."""
    python = root / ".venv" / "bin" / "python"
    return str(python.resolve()) if python.exists() else ""


def stamp_file(root: Path, level: str) -> Path:
    return root / ".venv" / f"stamp-{level}"


def is_fresh(root: Path, level: str) -> bool:
    """Whether the last set-up finished, nothing that shapes it has changed, and what it fetched is still there."""
    if not (root / VENDOR).is_dir():
        return False
    try:
        return stamp_file(root, level).read_text() == fingerprint(root, level)
    except OSError:
        return False


def was_made(root: Path, level: str) -> bool:
    return stamp_file(root, level).exists()


def forget(root: Path) -> None:
    """Before the environment is touched: whatever happens next, nobody takes it for finished."""
    for level in INPUTS:
        stamp_file(root, level).unlink(missing_ok=True)


def remember(root: Path, level: str) -> None:
    for made in (PRODUCT, TESTS) if level == TESTS else (PRODUCT,):
        stamp_file(root, made).write_text(fingerprint(root, made))
