from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.ui.conftest import OpenPage, settle

AMOUNT = re.compile(r"[$€]\s?\d|\d[\d,.\u202f\u00a0]*\s?[$€]")
PERCENT = re.compile(r"\d\s?%|\d\u00a0pp")
PAGES = ("overview", "unknown", "places", "welcome")

# What a canvas writes is seen through its context: every text that a chart draws is kept on the window.
WATCH_CANVAS = """
  window.drawn = [];
  for (const name of ["fillText", "strokeText"]) {
    const real = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (text, ...rest) {
      window.drawn.push(String(text));
      return real.call(this, text, ...rest);
    };
  }
"""


def everything(page: Page) -> str:
    """Every text of the page, accessible names and tooltips included, and what the charts wrote."""
    return str(
        page.evaluate(
            "[document.body.textContent, ...(window.drawn ?? []), "
            "...[...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]"
            ".filter((a) => ['aria-label', 'title', 'value'].includes(a.name)).map((a) => a.value))].join('\\n')"
        )
    )


def test_percentages_only_shows_no_amount_anywhere(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "overview", privacy="percentages", wait=False)
    page.add_init_script(WATCH_CANVAS)
    for name in PAGES:
        page.goto(f"{demo_url}/#/{name}")
        page.reload()
        settle(page)
        assert AMOUNT.findall(everything(page)) == []
    page.goto(f"{demo_url}/#/overview")
    page.reload()
    settle(page)
    assert PERCENT.search(everything(page))
    assert page.evaluate("window.drawn.some((text) => text.includes('%'))")
    page.get_by_role("button", name="Show as table").first.click()
    page.get_by_role("button", name="Show as table").click()
    assert AMOUNT.findall(everything(page)) == []


def test_hidden_shows_neither_amounts_nor_weights(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "overview", privacy="hidden")
    assert AMOUNT.findall(everything(page)) == []
    assert PERCENT.findall(everything(page)) == []
    assert page.locator("canvas").count() == 0


def test_the_eye_and_the_key_p_go_round_the_three_levels(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "overview")
    total = page.locator(".overview-total")
    expect(total).to_have_text(AMOUNT)
    page.keyboard.press("p")
    expect(total).to_have_text("•••")
    expect(page.get_by_role("table", name="Groups").get_by_role("row", name="BTC")).to_contain_text("%")
    page.get_by_role("button", name="Privacy: Percentages only").click()
    expect(page.get_by_role("table", name="Groups").get_by_role("row", name="BTC")).not_to_contain_text("%")
    page.reload()
    settle(page)
    expect(total).to_have_text("•••")
    page.keyboard.press("p")
    expect(total).to_have_text(AMOUNT)
