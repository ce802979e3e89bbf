from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import OpenPage, settle
from tests.ui.portfolio_client import PortfolioClient

ROWS = (
    "BTC,1,Kraken,60000,USD",
    "BTC,0.5,Ledger,30000,USD",
    "USD,10000,Kraken,10000,USD",
    "XRP,-5,Kraken,-10,USD",
    "ADA,3,Kraken,0,USD",
    "NOSUCHCOIN,5,Kraken,100,USD",
    "SOL,2,Kraken,,USD",
)


@pytest.fixture
def client(empty_url: str) -> PortfolioClient:
    client = PortfolioClient(empty_url)
    client.clear("prices")
    client.clear("accounts/B")
    client.hold(*ROWS)
    return client


@pytest.fixture
def holdings(open_page: OpenPage, empty_url: str, client: PortfolioClient) -> Page:
    del client
    return open_page(empty_url, "holdings")


def row(page: Page, *words: str) -> str:
    """Text of the one row of the list that has all the words."""
    found = page.locator("tbody tr[data-row]")
    for word in words:
        found = found.filter(has_text=word)
    expect(found).to_have_count(1)
    return found.inner_text()


def test_what_is_odd_about_a_row_is_said_in_words(holdings: Page) -> None:
    row(holdings, "XRP", "Negative balance")
    row(holdings, "ADA", "Worthless")
    row(holdings, "NOSUCHCOIN", "Not identified")
    row(holdings, "SOL", "No price")
    row(holdings, "BTC", "Ledger", "from the export, undated")


def test_weights_are_parts_of_the_planning_base(holdings: Page) -> None:
    row(holdings, "BTC", "Kraken", "60.00%")
    assert "%" not in row(holdings, "NOSUCHCOIN")


def test_the_two_totals_and_every_step_between_them_are_shown(holdings: Page) -> None:
    sums = holdings.locator(".sums")
    expect(sums).to_contain_text("Imported total$100,090.00")
    expect(sums).to_contain_text("Not identified\u2212$100.00")
    expect(sums).to_contain_text("Negative balances counted as zero+$10.00")
    expect(sums).to_contain_text("Planning base$100,000.00")
    expect(holdings.get_by_text("Some holdings have no price")).to_be_visible()


def test_filters_narrow_the_list_and_stand_in_the_address(holdings: Page) -> None:
    holdings.get_by_label("Place").select_option("Ledger")
    expect(holdings.locator("tbody tr[data-row]")).to_have_count(1)
    assert "location=Ledger" in holdings.url
    holdings.reload()
    settle(holdings)
    expect(holdings.get_by_label("Place")).to_have_value("Ledger")
    holdings.get_by_label("Status").select_option("unpriced")
    expect(holdings.get_by_text("Nothing matches")).to_be_visible()
    holdings.get_by_role("button", name="Clear filters").first.click()
    expect(holdings.locator("tbody tr[data-row]")).to_have_count(len(ROWS))


def test_search_keeps_the_focus_and_a_least_value_may_be_written_with_a_comma(holdings: Page) -> None:
    search = holdings.get_by_role("searchbox")
    search.press_sequentially("bitc")
    expect(holdings.locator("tbody tr[data-row]")).to_have_count(2)
    expect(search).to_be_focused()
    holdings.get_by_label("Worth at least (USD)").fill("30000,5")
    expect(holdings.locator("tbody tr[data-row]")).to_have_count(1)
    row(holdings, "BTC", "60,000.00")


def test_assets_are_added_up_over_all_places(holdings: Page) -> None:
    holdings.get_by_text("Assets", exact=True).click()
    holdings.wait_for_url("**by=asset*")
    row(holdings, "BTC", "$90,000.00")
    assert re.sub(r"\s+", " ", row(holdings, "BTC")).startswith("BTC Bitcoin 1.5 ")


def test_the_server_sorts_and_the_arrow_says_how(holdings: Page) -> None:
    table = holdings.get_by_role("table", name="Holdings, one row per asset and place")
    expect(table.get_by_role("columnheader", name="Value")).to_have_attribute("aria-sort", "descending")
    table.get_by_role("button", name="Asset").click()
    expect(table.get_by_role("columnheader", name="Asset")).to_have_attribute("aria-sort", "ascending")
    expect(table.locator("tbody th").first).to_contain_text("ADA")
    assert "sort=symbol" in holdings.url


def test_more_rows_are_added_without_drawing_the_first_ones_again(
    open_page: OpenPage, empty_url: str, client: PortfolioClient
) -> None:
    client.hold(*(f"BTC,{n},Place {n:03d},{n * 10},USD" for n in range(1, 251)))
    page = open_page(empty_url, "holdings")
    rows = page.locator("tbody tr[data-row]")
    expect(rows).to_have_count(100)
    page.evaluate("window.first = document.querySelector('tbody tr')")
    page.get_by_role("button", name="Load more").click()
    expect(rows).to_have_count(200)
    expect(rows.nth(100)).to_be_focused()
    page.get_by_role("button", name="Load more").click()
    expect(rows).to_have_count(250)
    assert page.evaluate("document.querySelector('tbody tr') === window.first")
    expect(page.get_by_role("button", name="Load more")).to_have_count(0)
    texts = rows.all_inner_texts()
    assert len(set(texts)) == 250


def test_a_prices_file_values_the_holdings_and_can_be_removed(holdings: Page) -> None:
    card = holdings.locator("#sources section").filter(has_text="Prices file")
    text = b"asset,price,currency,as_of,source\nBTC,50000,USD,2026-11-22T08:00:00Z,mine\n"
    card.locator("input[type=file]").set_input_files({"name": "p.csv", "mimeType": "text/csv", "buffer": text})
    expect(holdings.get_by_text("1 price stored.")).to_be_visible()
    row(holdings, "BTC", "Kraken", "$50,000.00")
    row(holdings, "BTC", "Kraken", "from your file")
    card.get_by_role("button", name="Remove the prices file").click()
    holdings.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(card.get_by_text("Drop a prices file")).to_be_visible()
    row(holdings, "BTC", "Kraken", "$60,000.00")


def test_a_prices_file_that_cannot_be_read_says_where_and_why(holdings: Page) -> None:
    card = holdings.locator("#sources section").filter(has_text="Prices file")
    text = b"asset,price,currency,as_of,source\nBTC,fifty,USD,2026-11-22T08:00:00Z,mine\n"
    card.locator("input[type=file]").set_input_files({"name": "p.csv", "mimeType": "text/csv", "buffer": text})
    expect(card.get_by_role("alert").get_by_role("row").nth(1)).to_contain_text("2")
    expect(card.get_by_role("alert")).to_contain_text("fifty")


def test_removing_an_account_asks_first_and_takes_its_rows_away(
    open_page: OpenPage, empty_url: str, client: PortfolioClient
) -> None:
    client.hold("ETH,1,Binance,3000,USD", account="B")
    page = open_page(empty_url, "holdings")
    page.get_by_role("button", name="Remove the account B").click()
    dialog = page.get_by_role("dialog", name="Remove B?")
    page.keyboard.press("Enter")  # the focus is on Cancel
    expect(dialog).to_be_hidden()
    row(page, "Binance", "ETH")
    page.get_by_role("button", name="Remove the account B").click()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("B removed.")).to_be_visible()
    expect(page.locator("tbody tr[data-row]").filter(has_text="Binance")).to_have_count(0)


def test_the_areas_are_also_a_table_and_never_show_an_amount(open_page: OpenPage, demo_url: str) -> None:
    page = open_page(demo_url, "holdings", privacy="percentages")
    figure = page.get_by_role("figure")
    expect(figure.get_by_role("img")).to_have_attribute("aria-label", re.compile(r"^Areas of \d+ assets"))
    figure.get_by_role("button", name="Show as table").click()
    expect(figure.get_by_role("row").nth(1)).to_contain_text("BTC")
    expect(figure.get_by_role("row").nth(1)).to_contain_text("•••")
    expect(page.locator(".sums")).not_to_contain_text("$")


def test_j_and_k_walk_through_the_rows_and_slash_goes_to_the_search(holdings: Page) -> None:
    rows = holdings.locator("tbody tr[data-row]")
    holdings.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    holdings.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    holdings.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    holdings.keyboard.press("/")
    expect(holdings.get_by_role("searchbox")).to_be_focused()


def test_enter_opens_the_details_of_the_row_on_a_phone(
    open_page: OpenPage, empty_url: str, client: PortfolioClient
) -> None:
    del client
    page = open_page(empty_url, "holdings", width=412)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("tr.detail:visible")).to_contain_text("Availability")
