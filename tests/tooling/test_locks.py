"""The lock files say what is installed, by hash, and never where it comes from."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
LOCKS = sorted((REPOSITORY / "requirements").glob("*.txt"))
NPM_LOCKS = [REPOSITORY / "package-lock.json", REPOSITORY / "devtools" / "chromium" / "package-lock.json"]
# Split, so that this file does not name them either.
REGISTRY_HOSTS = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com"]
INDEX_OPTIONS = ("--index-url", "--extra-index-url", "--find-links", "--trusted-host", "-i ", "-f ")


def locked_versions(lock: Path) -> dict[str, set[str]]:
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9.-]+)(?:\[[^]]*\])?==(\S+)", lock.read_text(), re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return versions


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_carries_a_hash(lock: Path) -> None:
    text = lock.read_text().replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_names_an_index_or_a_place(lock: Path) -> None:
    text = lock.read_text()
    assert [option for option in INDEX_OPTIONS if re.search(rf"^{re.escape(option)}", text, re.MULTILINE)] == []
    assert "://" not in text
    assert "file:" not in text


@pytest.mark.parametrize("part", ["runtime", "build", "node"])
def test_the_test_environment_holds_the_very_versions_of_the_product(part: str) -> None:
    product = locked_versions(REPOSITORY / "requirements" / f"{part}.txt")
    tests = locked_versions(REPOSITORY / "requirements" / "dev.txt")
    assert {name: tests.get(name) for name in product} == product


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda lock: lock.parent.name)
def test_npm_locks_carry_hashes_and_no_address(lock: Path) -> None:
    packages = {name: entry for name, entry in json.loads(lock.read_text())["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def committed_files() -> list[Path]:
    """Files that are or may be committed: tracked, or untracked and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    return [REPOSITORY / name for name in listing.split("\0") if name and (REPOSITORY / name).is_file()]


def test_no_committed_file_names_a_registry_host() -> None:
    pattern = re.compile("|".join(map(re.escape, REGISTRY_HOSTS)).encode())
    assert [str(path) for path in committed_files() if pattern.search(path.read_bytes())] == []


def test_no_third_party_file_of_the_page_is_committed() -> None:
    assert [str(path) for path in committed_files() if "vendor" in path.relative_to(REPOSITORY).parts] == []
