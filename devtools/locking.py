"""Resolves the lock files anew. They name versions and hashes, never where packages come from."""

from __future__ import annotations

import os
from pathlib import Path

import stamps
from installation import environment, exclusive, find_uv, install
from npm import FLAGS, node_environment, npm_command
from terminal import run, say, step

# Releases younger than this are left to others to try first.
COOL_DOWN = "3 days"
# Lock file -> what goes in. Later ones are held to the versions of the earlier ones.
LOCKS: dict[str, tuple[str, ...]] = {
    "runtime": ("pyproject.toml",),
    "build": ("--group", "build"),
    "node": ("--group", "node"),
    "uv": ("--group", "uv"),
    "dev": (
        "pyproject.toml",
        "--group",
        "dev",
        *(f"-crequirements/{name}.txt" for name in ("runtime", "build", "node")),
    ),
}
OPTIONS = (
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--only-binary=:all:",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    f"--exclude-newer={COOL_DOWN}",
)
LOCAL_SOURCES = ("UV_INDEX", "UV_FIND_LINKS", "UV_INDEX_STRATEGY")


def lock(root: Path, rest: list[str]) -> int:
    """Write requirements/*.txt and both package-lock.json files."""
    if rest not in ([], ["--upgrade"]):
        say(f"lock takes --upgrade or nothing, not {' '.join(rest)}")
        return 2
    with exclusive(root), step("locking Python packages"):
        uv = find_uv(root)
        # A local folder of wheels or a second index would lend its hashes to everyone.
        env = {key: value for key, value in environment(root).items() if key not in LOCAL_SOURCES}
        for name, sources in LOCKS.items():
            output = ["-o", f"requirements/{name}.txt"]
            run([uv, "pip", "compile", *OPTIONS, *rest, *sources, *output], cwd=root, env=env)
    install(root, stamps.TESTS)
    with step("locking npm packages"):
        verb = "update" if rest else "install"
        for folder in (root, root / "devtools" / "chromium"):
            command = [*npm_command(root), verb, "--package-lock-only", *FLAGS]
            run(
                command,
                cwd=folder,
                env={**node_environment(root), "npm_config_omit_lockfile_registry_resolved": "true"},
            )
    say(f"locked; see what changed with  git -C {os.path.relpath(root)} diff requirements package-lock.json")
    return 0
