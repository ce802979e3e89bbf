"""What Holdings, Targets and Plan share: accessible, as wide as the screen, and every word from a catalogue."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

import rebalancer
from tests.ui.conftest import OpenPage, axe_violations, settle
from tests.ui.portfolio_client import PortfolioClient

PACKAGE = Path(rebalancer.__file__).parent
TABS = ("primary", "rules", "text", "versions")
PAGES = ("holdings", "holdings?by=asset", "targets", *(f"targets?tab={tab}" for tab in TABS), "plan")
UNMARKED = r"""
() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data;
    const parent = walker.currentNode.parentElement;
    const ours = !parent.closest("[translate=no], script, style, textarea, option");
    if (ours && /\p{L}{2}/u.test(text) && !/[⟦⟧]/.test(text)) found.push(text);
  }
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [alt]")) {
    for (const name of ["aria-label", "placeholder", "alt"]) {
      const text = element.getAttribute(name);
      if (text && !/[⟦⟧]/.test(text)) found.push(`${name}: ${text}`);
    }
  }
  return [...new Set(found)];
}
"""


@pytest.fixture(scope="module", autouse=True)
def _a_plan(demo_url: str) -> None:
    PortfolioClient(demo_url).post("plans", json={})


def visit(page: Page, base_url: str, address: str) -> None:
    page.goto(f"{base_url}/#/{address}")
    page.reload()
    settle(page)


def unfold(page: Page) -> None:
    """Open everything that a plan keeps folded."""
    page.evaluate("document.querySelectorAll('.why, details.reason > summary').forEach((part) => part.click())")


@pytest.mark.parametrize(("theme", "language", "width"), [("light", "en", 1280), ("dark", "fr", 412)])
def test_axe_finds_nothing(
    open_page: OpenPage, demo_url: str, axe_path: Path, theme: str, language: str, width: int
) -> None:
    page = open_page(demo_url, "holdings", theme=theme, language=language, width=width, bypass_csp="yes")
    found = {}
    for address in PAGES:
        visit(page, demo_url, address)
        unfold(page)
        found[address] = axe_violations(page, axe_path)
    assert found == {address: [] for address in PAGES}


@pytest.mark.parametrize(("width", "language"), [(320, "fr"), (412, "en"), (1280, "fr")])
def test_no_page_is_wider_than_its_screen(open_page: OpenPage, demo_url: str, width: int, language: str) -> None:
    page = open_page(demo_url, "holdings", language=language, width=width)
    sizes = {}
    for address in PAGES:
        visit(page, demo_url, address)
        unfold(page)
        sizes[address] = page.evaluate(
            "[innerWidth - screen.width, visualViewport.scale, document.documentElement.scrollWidth > innerWidth]"
        )
    assert sizes == {address: [0, 1, False] for address in PAGES}


def mark(text: Any) -> Any:  # noqa: ANN401 a catalogue's value is a text or plural forms
    return {form: mark(words) for form, words in text.items()} if isinstance(text, dict) else f"⟦{text}⟧"


def answer_marked(route: Route) -> None:
    """The catalogue that was asked for, with every text in marks."""
    name = route.request.url.rsplit("/", 1)[1]
    texts = json.loads((PACKAGE / "ui" / "i18n" / name).read_text(encoding="utf-8"))
    route.fulfill(json={key: mark(text) for key, text in texts.items()})


def answer_sentences(route: Route) -> None:
    texts = json.loads((PACKAGE / "reference" / "texts" / "en.json").read_text(encoding="utf-8"))
    route.fulfill(json={"language": "en", "texts": mark(texts)})


def test_every_word_comes_from_a_catalogue(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "welcome", wait=False)
    page.route("**/i18n/*en.json", answer_marked)
    page.route("**/api/v1/texts/en", answer_sentences)
    for address in PAGES:
        visit(page, demo_url, address)
        unfold(page)
        assert page.evaluate(UNMARKED) == [], address


def test_every_code_of_a_plan_has_its_sentence(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "plan")
    unfold(page)
    words = page.locator("main").inner_text()
    assert re.findall(r"\b(?:reason|why|hint|check|assumption|plan|holdings|targets)\.[a-z_.]+", words) == []
    assert "\u2026" not in words.replace("Loading\u2026", "")
