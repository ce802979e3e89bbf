"""axe-core, the accessibility checker that browser tests load into the page."""

from __future__ import annotations

import shutil
from pathlib import Path

from npm import npm_ci
from terminal import step


def find_axe(root: Path) -> Path:
    """``axe.min.js`` as package-lock.json pins it; fetched when the lock is newer than the copy."""
    folder = root / ".dev" / "axe"
    lock = (root / "package-lock.json").read_text()
    copy, stamp = folder / "axe.min.js", folder / "package-lock.json"
    if not copy.is_file() or not stamp.is_file() or stamp.read_text() != lock:
        with step("installing axe-core"):
            modules = npm_ci(root, root / ".dev" / "npm", root)
            folder.mkdir(exist_ok=True)
            shutil.copy(modules / "axe-core" / "axe.min.js", copy)
            shutil.rmtree(modules.parent)
            stamp.write_text(lock)
    return copy
