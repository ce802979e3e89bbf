from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.ui.conftest import OpenPage, settle

TARGETS = """
base_currency = "USD"
[targets]
BTC = "50%"
{eth}Stablecoins = "{rest}"
"""
Post = Callable[..., httpx.Response]


@pytest.fixture
def post(empty_url: str) -> Post:
    """Send something to the module's server: ``post("targets", json={...})`` under its only portfolio."""
    portfolio = httpx.get(f"{empty_url}/api/v1/portfolios").json()["items"][0]["id"]

    def post_(path: str, **body: Any) -> httpx.Response:  # noqa: ANN401 - the bodies that httpx takes
        url = f"{empty_url}/api/v1/portfolios/{portfolio}/{path}"
        return httpx.post(url, headers={"Idempotency-Key": str(uuid.uuid4())}, **body).raise_for_status()

    return post_


def hold(post: Post, *rows: str) -> None:
    text = "\n".join(("asset,quantity,location,value,currency", *rows))
    post("holdings/imports", files={"file": ("a.csv", text.encode())}, data={"account": "A"})


@pytest.fixture
def filled(post: Post) -> Post:
    """Holdings and targets that leave BTC ten points over and cash ten under."""
    hold(post, "BTC,1,Kraken,60000,USD", "ETH,10,Ledger,30000,USD", "USD,10000,Kraken,10000,USD")
    post("targets", json={"toml": TARGETS.format(eth='ETH = "30%"\n', rest="20%"), "note": ""})
    return post


# The first tests need the server as it starts; every later one brings its own state.


def test_a_fresh_installation_starts_with_the_welcome(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "")
    page.wait_for_url("**/#/welcome")
    expect(page.get_by_role("button", name="Choose a file")).to_be_visible()


def test_without_targets_the_overview_asks_for_them(open_page: OpenPage, empty_url: str, post: Post) -> None:
    hold(post, "BTC,1,Kraken,60000,USD", "ETH,10,Ledger,30000,USD", "USD,10000,Kraken,10000,USD")
    page = open_page(empty_url, "overview")
    expect(page.locator(".overview-total")).to_have_text("$100,000.00")
    expect(page.get_by_role("link", name="Set targets")).to_have_attribute("href", "#/targets")
    assert page.get_by_role("button", name="Build plan").count() == 0
    expect(page.get_by_role("columnheader", name="Target")).to_have_count(0)


def test_a_group_that_the_targets_do_not_name_is_said_with_the_remedy(
    open_page: OpenPage, empty_url: str, filled: Post
) -> None:
    filled("targets", json={"toml": TARGETS.format(eth="", rest="50%"), "note": ""})
    page = open_page(empty_url, "overview")
    expect(page.get_by_role("alert")).to_contain_text("ETH")
    expect(page.get_by_role("alert")).to_contain_text("group_not_in_targets")
    expect(page.get_by_role("link", name="Change targets")).to_be_visible()


@pytest.mark.usefixtures("filled")
def test_drift_is_shown_per_group_and_the_largest_first_of_all(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "overview")
    worst = page.locator(".overview-worst")
    expect(worst).to_contain_text("+10.0\u00a0pp")
    expect(worst).to_contain_text("BTC")
    expect(worst).to_contain_text("outside its band of ± 5.0\u00a0pp")
    row = page.get_by_role("table", name="Groups").get_by_role("row", name="Cash & stablecoins")
    expect(row).to_contain_text("\u221210.0\u00a0pp")
    expect(row).to_contain_text("below its band")
    expect(page.locator(".health .outside")).to_contain_text("2")
    expect(page.get_by_role("img", name=re.compile("2 of 3 groups are outside"))).to_be_visible()


@pytest.mark.usefixtures("filled")
def test_a_chart_is_also_a_table(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "overview")
    figure = page.get_by_role("figure").filter(has_text="Where it lies")
    figure.get_by_role("button", name="Show as table").click()
    expect(figure.get_by_role("row", name="Kraken")).to_contain_text("70.0%")
    figure.get_by_role("button", name="Show as chart").click()
    expect(figure.locator("canvas")).to_be_visible()


@pytest.mark.usefixtures("filled")
def test_groups_are_sorted_by_the_column_that_is_pressed(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "overview")
    table = page.get_by_role("table", name="Groups")
    table.get_by_role("button", name="Drift").click()
    expect(table.get_by_role("columnheader", name="Drift")).to_have_attribute("aria-sort", "descending")
    table.get_by_role("button", name="Held").click()
    assert [cell.inner_text() for cell in table.locator("tbody th").all()] == ["BTC", "ETH", "Cash & stablecoins"]
    table.get_by_role("button", name="Held").click()
    assert [cell.inner_text() for cell in table.locator("tbody th").all()] == ["Cash & stablecoins", "ETH", "BTC"]


@pytest.mark.usefixtures("filled")
def test_a_phone_shows_the_hidden_columns_on_request(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "overview", width=412)
    table = page.get_by_role("table", name="Groups")
    expect(table.get_by_role("columnheader", name="Value")).to_be_hidden()
    table.get_by_role("button", name="Details").first.click()
    expect(table.locator(".detail").first).to_contain_text("$60,000.00")
    settle(page)
