"""Fixtures of the browser tests: a demo server, an empty one, and pages that fail a test on a console error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FilePayload, Page

from tests.support.servers import start_server

DESKTOP = {"viewport": {"width": 1280, "height": 900}}
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the demo portfolio, for tests that change nothing that another test reads."""
    with start_server(tmp_path_factory.mktemp("demo"), command=("demo", "--no-open")) as server:
        yield server.base_url


@pytest.fixture(scope="module")
def empty_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the module's own, as after a fresh installation."""
    with start_server(tmp_path_factory.mktemp("empty")) as server:
        yield server.base_url


def phone(width: int) -> dict[str, Any]:
    """Options of a context that behaves as a phone of that width."""
    return {"viewport": {"width": width, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open an address in a context of its own: ``open_page(url, "overview", theme="dark", width=412)``."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_(base_url: str, address: str, *, width: int = 1280, wait: bool = True, **prefs: str) -> Page:
        options = DESKTOP if width >= 960 else phone(width)
        context = browser.new_context(**options, locale="en-GB", bypass_csp=prefs.pop("bypass_csp", "") == "yes")
        contexts.append(context)
        stored = json.dumps({"language": "en", "theme": "light"} | prefs)
        # Only where nothing is stored yet: a preference that the test changes must survive a reload.
        context.add_init_script(
            f"localStorage.getItem('rebalancer:ui:v1') ?? localStorage.setItem('rebalancer:ui:v1', {stored!r})"
        )
        page = context.new_page()
        page.on("console", lambda message: errors.extend(_serious(message)))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{base_url}/#/{address}")
        if wait:
            settle(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []


def _serious(message: ConsoleMessage) -> list[str]:
    # The browser reports each refused request as an error; refusals are part of the tests.
    expected = message.text.startswith("Failed to load resource: the server responded with a status of 4")
    return [message.text] if message.type == "error" and not expected else []


def settle(page: Page) -> None:
    """Wait until the page has its data and its charts are drawn."""
    page.wait_for_selector("main h1")
    page.wait_for_function(
        "() => !document.querySelector('main[aria-busy=true], .skeleton') && "
        "[...document.querySelectorAll('rb-chart')].every((chart) => chart.dataset.drawn)"
    )


def axe_violations(page: Page, axe: Path) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, as readable lines."""
    page.add_script_tag(path=axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("(tags) => axe.run({runOnly: tags})", tags)
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]


def csv_of(*rows: str) -> FilePayload:
    """A file in the generic format, as Playwright takes it."""
    text = "\n".join(("asset,quantity,location,value,currency", *rows))
    return {"name": "balances.csv", "mimeType": "text/csv", "buffer": text.encode()}
