from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.conftest import OpenPage, settle
from tests.ui.portfolio_client import PortfolioClient

TARGETS = """base_currency = "USD"
[targets]
BTC = "50%"
ETH = "30%"
Stablecoins = "20%"
"""
AT_TARGET = ("BTC,1,Kraken,50000,USD", "ETH,10,Kraken,30000,USD", "USD,20000,Kraken,20000,USD")
OFF_TARGET = ("BTC,1,Kraken,60000,USD", "ETH,10,Ledger Wallets,35000,USD", "USD,5000,Kraken,5000,USD")


def test_without_a_plan_the_page_says_what_one_is(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "plan")
    expect(page.get_by_text("No plan yet")).to_be_visible()


def test_without_holdings_and_targets_the_page_leads_to_what_is_missing(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "plan")
    page.keyboard.press("b")
    expect(page.get_by_role("alert")).to_contain_text(re.compile("holdings_missing|targets_missing"))
    expect(page.get_by_role("alert").get_by_role("link").first).to_have_attribute("href", re.compile("import|targets"))


@pytest.fixture
def client(empty_url: str) -> PortfolioClient:
    client = PortfolioClient(empty_url)
    client.hold(*OFF_TARGET)
    client.aim(TARGETS)
    return client


@pytest.fixture
def plan(open_page: OpenPage, empty_url: str, client: PortfolioClient) -> Page:
    client.post("plans", json={})
    return open_page(empty_url, "plan")


def test_the_key_b_builds_a_plan_and_shows_it_under_its_own_address(
    open_page: OpenPage, empty_url: str, client: PortfolioClient
) -> None:
    page = open_page(empty_url, "plan")
    page.keyboard.press("b")
    page.wait_for_url(re.compile(r"#/plan/[0-9a-f]{64}$"))
    settle(page)
    newest = client.read("plans")["items"][0]
    assert page.url.endswith(newest["plan_id"])
    expect(page.get_by_role("heading", name="A plan from your rules", level=1)).to_be_visible()
    expect(page.locator(".countdown")).to_contain_text(re.compile(r"Valid for (30:00|29:\d\d)"))
    expect(page.locator(".plan-summary")).to_contain_text("$100,000.00")


def test_steps_stand_in_the_order_in_which_they_are_done(plan: Page, client: PortfolioClient) -> None:
    steps = client.read(f"plans/{client.read('plans')['items'][0]['plan_id']}")["steps"]
    assert {step["stage"] for step in steps} == {"move", "now", "after"}
    shown = [box.get_attribute("id") for box in plan.locator(".step-tick input").all()]
    assert shown == [f"tick-{step['id']}" for step in steps]
    headings = plan.locator("section[aria-labelledby=steps-title] h3").all_inner_texts()
    assert headings == ["Moves", "Now", "After the moves arrive"]
    expect(plan.locator(".step.move").first).to_contain_text("Ledger Wallets")


def test_every_step_says_why(plan: Page) -> None:
    first = plan.locator(".step.sell").first
    first.get_by_role("button", name="Why").click()
    expect(first).to_contain_text("BTC is at 60.0% against a target of 50.0%, with a band of 5.0\u00a0pp either way.")
    expect(first).to_contain_text("from the export")
    move = plan.locator(".step.move").first
    move.get_by_role("button", name="Why").click()
    expect(move).to_contain_text("It cannot be sold where it lies")


def test_a_ticked_step_stays_ticked_and_counts(plan: Page) -> None:
    boxes = plan.locator(".step-tick input")
    total = boxes.count()
    boxes.first.check()
    expect(plan.get_by_text(f"1 of {total} done")).to_be_visible()
    plan.reload()
    settle(plan)
    expect(boxes.first).to_be_checked()
    boxes.first.uncheck()
    expect(plan.get_by_text(f"0 of {total} done")).to_be_visible()


def test_the_certificate_lists_every_check_in_words_and_can_be_run_again(plan: Page, client: PortfolioClient) -> None:
    checks = client.read(f"plans/{client.read('plans')['items'][0]['plan_id']}")["certificate"]["checks"]
    plan.get_by_role("button", name=f"All {len(checks)} checks passed").click()
    dialog = plan.get_by_role("dialog", name="The check of this plan")
    expect(dialog.get_by_role("listitem")).to_have_count(len(checks))
    assert not re.search(r"\bcheck\.\w", dialog.inner_text())
    dialog.get_by_role("button", name="Check again now").click()
    expect(dialog.get_by_role("status")).to_contain_text("Checked again just now")


def test_what_stays_is_grouped_by_reason_and_can_be_searched(
    open_page: OpenPage, empty_url: str, client: PortfolioClient
) -> None:
    client.hold(*OFF_TARGET, "ADA,3,Kraken,0,USD", "SPAMMY,1,Kraken,1,USD", "JUNKY,2,Kraken,2,USD")
    client.post("plans", json={})
    page = open_page(empty_url, "plan")
    reason = page.locator("details.reason").filter(has_text="Not identified")
    expect(reason.locator(".reason-count")).to_have_text("2")
    reason.locator("summary").click()
    expect(reason.get_by_role("row", name="SPAMMY")).to_be_visible()
    page.get_by_role("searchbox", name="Search what stays").fill("ada")
    expect(page.locator("details.reason")).to_have_count(1)
    expect(page.locator("details.reason")).to_contain_text("Worthless")
    expect(page.locator("details.reason").get_by_role("row", name="ADA")).to_be_visible()


def test_when_every_group_is_inside_its_band_there_is_nothing_to_do(
    open_page: OpenPage, empty_url: str, client: PortfolioClient
) -> None:
    client.hold(*AT_TARGET)
    client.post("plans", json={})
    page = open_page(empty_url, "plan")
    expect(page.get_by_role("heading", name="Nothing to do")).to_be_visible()
    expect(page.get_by_text("The worst drift is 0.0\u00a0pp")).to_be_visible()
    expect(page.locator(".step")).to_have_count(0)


@pytest.mark.parametrize(
    ("rows", "toml", "code", "link"),
    [
        (("SPAMMY,1,Kraken,5000,USD",), TARGETS, "unclassified_over_limit", "#/unknown"),
        (("SOL,1,Kraken,,USD",), TARGETS + 'SOL = "0%"\n', "unpriced_holdings", "#/holdings?status=unpriced"),
        (("XRP,-900,Kraken,-2000,USD",), TARGETS + '"L1/L0 majors" = "0%"\n', "negative_over_limit", "#/holdings"),
        (("SOL,1,Kraken,150,USD",), TARGETS, "group_not_in_targets", "#/targets"),
    ],
)
def test_a_refused_plan_says_why_and_leads_to_the_page_that_helps(
    open_page: OpenPage, empty_url: str, client: PortfolioClient, rows: tuple[str, ...], toml: str, code: str, link: str
) -> None:
    client.hold(*OFF_TARGET, *rows)
    client.aim(toml)
    page = open_page(empty_url, "plan")
    page.locator("#build-plan").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(f"Code: {code}")
    expect(alert.get_by_role("link").first).to_have_attribute("href", link)


def test_a_plan_refused_on_the_overview_is_explained_on_the_plan_page(
    open_page: OpenPage, empty_url: str, client: PortfolioClient
) -> None:
    client.hold(*OFF_TARGET, "SPAMMY,1,Kraken,5000,USD")
    page = open_page(empty_url, "overview")
    page.keyboard.press("b")
    page.wait_for_url("**/#/plan")
    expect(page.get_by_role("alert").get_by_role("link", name="Say what they are")).to_be_visible()
    page.get_by_role("alert").get_by_role("link", name="Change the rules").click()
    page.get_by_label("Plan although much is not identified").check()
    page.get_by_role("button", name="Save as version").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".save-bar")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="A plan from your rules")).to_be_visible()
    page.keyboard.press("b")
    page.wait_for_url(re.compile(r"#/plan/[0-9a-f]{64}$"))
    expect(page.get_by_role("alert")).to_have_count(0)


def test_after_thirty_minutes_the_steps_are_folded_and_cannot_be_ticked(plan: Page) -> None:
    plan.clock.install(time=datetime.now(UTC))
    plan.reload()
    settle(plan)
    expect(plan.locator(".step-tick input").first).to_be_visible()
    plan.clock.fast_forward("31:00")
    expect(plan.get_by_text("This plan is older than 30 minutes")).to_be_visible()
    expect(plan.locator(".countdown")).to_have_count(0)
    expect(plan.locator(".step").first).to_be_hidden()
    expect(plan.locator(".step-tick input")).to_have_count(0)
    plan.get_by_text("Show the expired steps, to read only").click()
    expect(plan.locator(".step").first).to_be_visible()


def test_what_was_begun_in_time_can_still_be_recorded_later(plan: Page) -> None:
    plan.locator(".step-tick input").first.check()
    expect(plan.get_by_text(re.compile(r"^1 of \d+ done$"))).to_be_visible()
    plan.clock.install(time=datetime.now(UTC) + timedelta(minutes=31))
    plan.reload()
    settle(plan)
    expect(plan.get_by_text("This plan is older than 30 minutes")).to_be_visible()
    plan.locator(".step-tick input").nth(1).check()
    expect(plan.get_by_text(re.compile(r"^2 of \d+ done$"))).to_be_visible()


def test_the_orders_can_be_saved_as_a_table_and_the_plan_as_it_was_certified(plan: Page, tmp_path: Path) -> None:
    with plan.expect_download() as orders:
        plan.get_by_role("button", name="Orders as CSV").click()
    orders.value.save_as(tmp_path / "orders.csv")
    assert (tmp_path / "orders.csv").read_text(encoding="utf-8").startswith("stage,executor,group,alias,symbol,action")
    with plan.expect_download() as whole:
        plan.get_by_role("button", name="Whole plan as JSON").click()
    assert whole.value.suggested_filename.endswith(".json")


def test_an_older_plan_says_that_there_is_a_newer_one(plan: Page, client: PortfolioClient) -> None:
    older = client.read("plans")["items"][0]["plan_id"]
    newest = client.post("plans", json={})["plan_id"]
    plan.goto(f"{plan.url.split('#')[0]}#/plan/{older}")
    plan.reload()
    settle(plan)
    plan.get_by_role("link", name="Show the newest").click()
    plan.wait_for_url(f"**{newest}")


@pytest.mark.parametrize("privacy", ["percentages", "hidden"])
def test_the_eye_hides_every_amount_of_a_plan_and_its_exports(
    open_page: OpenPage, empty_url: str, client: PortfolioClient, privacy: str
) -> None:
    made = client.post("plans", json={})
    page = open_page(empty_url, "plan", privacy=privacy)
    for button in page.get_by_role("button", name="Why").all():
        button.click()
    words = page.locator("main").inner_text()
    assert "$100,000.00" not in words
    amounts = [f"{float(entry[name]):,.2f}" for entry in made["actions"] for name in ("value", "est_quantity", "fee")]
    assert [amount for amount in amounts if re.search(rf"(?<![\d,.]){re.escape(amount)}(?!\d)", words)] == []
    weight = "60.0%" if privacy == "percentages" else "•••"
    expect(page.locator(".step.sell .step-why").first).to_contain_text(f"BTC is at {weight} against")
    expect(page.get_by_role("button", name="Orders as CSV")).to_be_disabled()


def test_rows_are_walked_with_j_and_opened_with_enter_and_enter_ticks_nothing(plan: Page) -> None:
    plan.keyboard.press("j")
    plan.keyboard.press("j")
    second = plan.locator(".step").nth(1)
    expect(second).to_be_focused()
    plan.keyboard.press("Enter")
    expect(second.locator(".step-why")).to_be_visible()
    expect(second.locator("input")).not_to_be_checked()


def test_before_and_after_are_also_a_table(plan: Page) -> None:
    figure = plan.get_by_role("figure")
    figure.get_by_role("button", name="Show as table").click()
    expect(figure.get_by_role("row", name="BTC")).to_contain_text("60.0%")
    expect(figure.get_by_role("row", name="BTC")).to_contain_text("50.0%")
