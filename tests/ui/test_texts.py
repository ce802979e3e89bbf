from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import rebalancer
from tests.ui.conftest import OpenPage, settle

UI = Path(rebalancer.__file__).parent / "ui"
CATALOGUES = sorted(
    path.name.removesuffix(".en.json").removesuffix("en.json") for path in (UI / "i18n").glob("*en.json")
)
OWN = [path for path in UI.rglob("*.js") if "vendor" not in path.parts]
PLACE = re.compile(r"\{(\w+)\}")
PAGES = ("welcome", "overview", "import", "unknown", "places", "settings", "more")


def catalogue(name: str, language: str) -> dict[str, Any]:
    file = f"{name}.{language}.json" if name else f"{language}.json"
    return dict(json.loads((UI / "i18n" / file).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_have_the_same_sorted_keys(name: str) -> None:
    english, french = catalogue(name, "en"), catalogue(name, "fr")
    assert list(english) == list(french)
    assert list(english) == sorted(english)


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_fill_the_same_places_and_have_every_plural_form(name: str) -> None:
    english, french = catalogue(name, "en"), catalogue(name, "fr")
    for key, text in english.items():
        forms = [text, french[key]]
        if isinstance(text, dict):
            assert all(set(form) == {"one", "other"} for form in forms), key
            forms = [form["other"] for form in forms]
        assert set(PLACE.findall(forms[0])) == set(PLACE.findall(forms[1])), key


def test_every_key_in_the_code_has_a_text() -> None:
    known = {key for name in CATALOGUES for key in catalogue(name, "en")}
    used = {
        (path.name, key)
        for path in OWN
        for key in re.findall(r"""\bt[n]?\(\s*"([^"]+)\"""", path.read_text(encoding="utf-8"))
    }
    assert sorted((file, key) for file, key in used if key not in known) == []
    assert len(used) > 50


def test_no_code_builds_markup_from_text() -> None:
    sinks = re.compile(r"\.(inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    assert [path.name for path in OWN if sinks.search(path.read_text(encoding="utf-8"))] == []


UNMARKED = r"""
() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data;
    const parent = walker.currentNode.parentElement;
    const ours = !parent.closest('[translate=no], script, style');
    if (ours && /\p{L}{2}/u.test(text) && !/[⟦⟧]/.test(text)) found.push(text);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const text = element.getAttribute(name);
      if (text && !/[⟦⟧]/.test(text)) found.push(`${name}: ${text}`);
    }
  }
  return [...new Set(found)];
}
"""


def mark(text: Any) -> Any:  # noqa: ANN401 a catalogue's value is a text or plural forms
    return {form: mark(words) for form, words in text.items()} if isinstance(text, dict) else f"⟦{text}⟧"


def test_every_word_on_a_page_comes_from_a_catalogue(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "welcome", wait=False)
    marked = {key: mark(text) for key, text in catalogue("", "en").items()}
    page.route("**/i18n/en.json", lambda route: route.fulfill(json=marked))
    for name in PAGES:
        page.goto(f"{demo_url}/#/{name}")
        page.reload()
        settle(page)
        assert page.evaluate(UNMARKED) == [], name


def test_the_language_changes_at_once_and_stays(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "settings")
    page.get_by_role("group", name="Language").get_by_text("Français").click()
    page.get_by_role("heading", name="Réglages", level=1).wait_for()
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.goto(f"{demo_url}/#/overview")
    page.reload()
    settle(page)
    assert re.fullmatch(r"\d{1,3}(\u202f\d{3})*,\d\d\u00a0\$", page.locator(".overview-total").inner_text())
