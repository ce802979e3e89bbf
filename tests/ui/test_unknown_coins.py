from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import OpenPage, csv_of, settle


@pytest.fixture
def page(open_page: OpenPage, empty_url: str) -> Page:
    """The page of unknown coins, with four of them; earlier decisions of this module are kept by the server."""
    page = open_page(empty_url, "import")
    rows = [f"QZ{name},100,Metamask,{value},USD" for name, value in (("ONE", 9), ("TWO", 8), ("SIX", 7), ("TEN", 6))]
    page.locator("input[type=file]").set_input_files(csv_of("BTC,1,Kraken,60000,USD", *rows))
    page.locator("#import-button").click()
    page.wait_for_url("**/#/overview")
    settle(page)
    page.goto(f"{empty_url}/#/unknown")
    settle(page)
    return page


def save(page: Page, count: str) -> None:
    expect(page.locator(".save-bar [role=status]")).to_contain_text(count)
    page.get_by_role("button", name="Save decisions").click()
    expect(page.locator(".toast").last).to_contain_text("saved")


def test_one_coin_is_found_in_the_registry_and_decided(page: Page) -> None:
    page.get_by_label("Decision for QZONE").select_option("Another coin…")
    dialog = page.get_by_role("dialog", name="Which coin is QZONE?")
    dialog.get_by_role("searchbox").fill("litecoin")
    dialog.get_by_role("radio", name="LTC · Litecoin").check()
    dialog.get_by_role("button", name="Use this coin").click()
    save(page, "1 decision")
    expect(page.get_by_role("table", name="Unknown coins")).not_to_contain_text("QZONE")
    expect(page.get_by_role("table", name="Already decided").get_by_role("row", name="QZONE")).to_contain_text(
        "litecoin"
    )


def test_many_coins_are_decided_at_once_and_taken_back(page: Page) -> None:
    page.get_by_role("searchbox", name="Search symbols").fill("qzt")
    page.get_by_label("Select the 2 rows shown").check()
    page.get_by_label("Decision for the selected rows").select_option("Ignore for good")
    save(page, "2 decisions")
    page.get_by_role("searchbox", name="Search symbols").fill("")
    expect(page.get_by_role("table", name="Unknown coins")).not_to_contain_text("QZTWO")
    decided = page.get_by_role("table", name="Already decided")
    expect(decided.get_by_role("row", name="QZTEN")).to_contain_text("Ignored")
    page.get_by_role("button", name="Undo the decision for QZTEN").click()
    expect(page.get_by_role("table", name="Unknown coins")).to_contain_text("QZTEN")


def test_a_new_asset_joins_the_group_that_was_chosen(page: Page, empty_url: str) -> None:
    page.get_by_label("Decision for QZSIX").select_option("New, in Memecoins")
    save(page, "1 decision")
    page.goto(f"{empty_url}/#/overview")
    settle(page)
    expect(page.get_by_role("table", name="Groups").get_by_role("row", name="Memecoins")).to_contain_text("$7.00")


def test_leaving_with_unsaved_decisions_asks_first(page: Page, empty_url: str) -> None:
    page.get_by_label("Decision for QZTEN").select_option("Ignore for good")
    page.get_by_role("link", name="Settings").first.click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    dialog.get_by_role("button", name="Cancel").click()
    assert page.url == f"{empty_url}/#/unknown"
    page.get_by_role("link", name="Settings").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
