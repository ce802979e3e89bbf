"""uv does not read pip's settings. Where a person has set pip up for a mirror or a proxy, uv is told the same."""

from __future__ import annotations

import ast
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

# pip's setting -> uv's variable, and what joins several values there (None: there is one).
TRANSLATIONS: dict[str, tuple[str, str | None]] = {
    "index-url": ("UV_DEFAULT_INDEX", None),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", None),
    "client-cert": ("SSL_CLIENT_CERT", None),
    "proxy": ("ALL_PROXY", None),
    "keyring-provider": ("UV_KEYRING_PROVIDER", None),
    "timeout": ("UV_HTTP_TIMEOUT", None),
    "default-timeout": ("UV_HTTP_TIMEOUT", None),
}


def environment_for_uv(pip: list[str], cwd: Path) -> dict[str, str]:
    """The environment of this process plus pip's settings in uv's words; what is set for uv already wins."""
    listing = subprocess.run([*pip, "config", "list"], cwd=cwd, check=False, capture_output=True, text=True).stdout
    translated = translate(read_settings(listing))
    return {**translated, **os.environ}


def read_settings(listing: str) -> dict[str, str]:
    """The ``name -> value`` of ``pip config list``; PIP_* variables beat files, ``install.`` beats ``global.``.

    A line reads ``global.index-url='...'`` or ``:env:.index-url='...'``.
    """
    rank = {"global": 0, "download": 0, "install": 1, ":env:": 2}
    found: list[tuple[int, str, str]] = []
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.rpartition(".")
        if section in rank and value[:1] in {"'", '"'}:
            found.append((rank[section], name, str(ast.literal_eval(value))))
    return {name: value for _, name, value in sorted(found, key=lambda entry: entry[0])}


def translate(settings: Mapping[str, str]) -> dict[str, str]:
    """Say pip's settings in uv's variables. Absent local folders are left out: pip ignores them, uv stops."""
    variables: dict[str, str] = {}
    for name, (variable, joiner) in TRANSLATIONS.items():
        words = settings.get(name, "").split()
        values = [word for word in words if joiner is None or is_reachable(word)]
        if values and variable not in variables:
            variables[variable] = (joiner or " ").join(values)
    if "UV_INDEX" in variables:
        # pip looks in every index; uv stops at the first that knows the name. The hashes decide what is accepted.
        variables["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return variables


def is_reachable(location: str) -> bool:
    local = location.removeprefix("file://")
    return "://" in local or not local.startswith(("/", ".")) or Path(local).exists()
