from __future__ import annotations

from playwright.sync_api import expect

from tests.ui.conftest import OpenPage, settle


def test_pairs_of_letters_go_to_pages(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "overview")
    for letter, title in (
        ("l", "Places"),
        ("i", "Import a balance file"),
        ("s", "Settings"),
        ("u", "Unknown coins"),
        ("o", "Overview"),
    ):
        page.keyboard.press("g")
        page.keyboard.press(letter)
        heading = page.get_by_role("heading", name=title, level=1)
        expect(heading).to_be_focused()


def test_letters_are_text_while_someone_types(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "places")
    page.keyboard.press("/")
    search = page.get_by_role("searchbox", name="Search places")
    expect(search).to_be_focused()
    page.keyboard.type("gop?")
    expect(search).to_have_value("gop?")
    expect(page.get_by_role("heading", name="Places", level=1)).to_be_visible()
    assert page.get_by_role("dialog").count() == 0


def test_single_keys_can_be_switched_off(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "settings")
    page.get_by_role("group", name="Single-key shortcuts").get_by_text("Off", exact=True).click()
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("o")
    assert page.get_by_role("dialog").count() == 0
    assert page.url.endswith("#/settings")


def test_shift_l_changes_the_theme_and_the_charts_with_it(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "overview")
    axis = "document.querySelector('rb-chart').chart.options.scales.y.ticks.color"
    light = page.evaluate(axis)
    page.keyboard.press("Shift+L")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.wait_for_function(f"(before) => {axis} !== before", arg=light)
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_a_dialog_keeps_the_focus_and_gives_it_back(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "places")
    edit = page.get_by_role("button", name="Edit Coinbase")
    edit.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Coinbase")
    expect(dialog).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()


def test_enter_in_a_dialog_does_nothing_and_ctrl_enter_confirms(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "places")
    page.get_by_role("button", name="Edit Poloniex").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Venue").focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator(".toast")).to_contain_text("Place saved.")
    expect(page.get_by_role("row", name="Poloniex")).not_to_contain_text("guessed")
    page.get_by_role("button", name="Edit Poloniex").click()
    page.get_by_role("button", name="Go back to the guess").click()
    expect(page.get_by_role("row", name="Poloniex")).to_contain_text("guessed")


def test_everything_on_the_overview_is_reached_by_tab(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "overview")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    names = []
    for _ in range(6):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert names[:4] == ["Build plan", "Decide", "Show as table", "Show as table"]
    settle(page)
