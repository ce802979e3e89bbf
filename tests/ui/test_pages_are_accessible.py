from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.conftest import OpenPage, axe_violations, settle

PAGES = ("welcome", "overview", "import", "unknown", "places", "settings", "more")


@pytest.mark.parametrize(("theme", "language", "width"), [("light", "en", 1280), ("dark", "fr", 412)])
def test_axe_finds_nothing_on_any_page(
    open_page: OpenPage, demo_url: str, axe_path: Path, theme: str, language: str, width: int
) -> None:
    page = open_page(demo_url, "welcome", theme=theme, language=language, width=width, bypass_csp="yes")
    found = {}
    for name in PAGES:
        page.goto(f"{demo_url}/#/{name}")
        page.wait_for_function("(name) => location.hash === `#/${name}`", arg=name)
        settle(page)
        found[name] = axe_violations(page, axe_path)
    assert found == {name: [] for name in PAGES}


@pytest.mark.parametrize(("width", "language"), [(320, "en"), (320, "fr"), (412, "fr"), (1280, "fr")])
def test_no_page_is_wider_than_its_screen(open_page: OpenPage, demo_url: str, width: int, language: str) -> None:
    page = open_page(demo_url, "welcome", language=language, width=width)
    sizes = {}
    for name in PAGES:
        page.goto(f"{demo_url}/#/{name}")
        settle(page)
        sizes[name] = page.evaluate(
            "[innerWidth - screen.width, visualViewport.scale, document.documentElement.scrollWidth > innerWidth]"
        )
    assert sizes == {name: [0, 1, False] for name in PAGES}


def test_the_empty_portfolio_is_accessible_too(open_page: OpenPage, empty_url: str, axe_path: Path) -> None:
    page = open_page(empty_url, "overview", bypass_csp="yes")
    for name in ("overview", "welcome", "places", "unknown"):
        page.goto(f"{empty_url}/#/{name}")
        settle(page)
        assert axe_violations(page, axe_path) == []


def test_the_page_keeps_working_with_forced_colours_and_reduced_motion(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "overview")
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.reload()
    settle(page)
    current = page.locator(".rail [aria-current]")
    assert current.inner_text() == "Overview"
    assert current.evaluate("(link) => getComputedStyle(link).outlineStyle") == "solid"


def test_dialogs_and_the_key_help_are_accessible(open_page: OpenPage, demo_url: str, axe_path: Path) -> None:
    page = open_page(demo_url, "places", bypass_csp="yes")
    page.get_by_role("button", name="Edit Kraken", exact=True).click()
    assert page.get_by_role("dialog").get_by_label("Kind").evaluate("(field) => field === document.activeElement")
    assert axe_violations(page, axe_path) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keyboard shortcuts").is_visible()
    assert axe_violations(page, axe_path) == []
