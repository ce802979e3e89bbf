from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.conftest import OpenPage, settle
from tests.ui.portfolio_client import PortfolioClient

TARGETS = """base_currency = "USD"

[targets]
BTC = "50%"
ETH = "30%"
Stablecoins = "20%"

[rules]
band = { abs = "5%", rel = "25%" }
min_trade = "25"
max_orders = 25
"""
HOLDINGS = ("BTC,1,Kraken,60000,USD", "ETH,10,Ledger,30000,USD", "USD,10000,Kraken,10000,USD")


def test_a_first_visit_offers_examples_and_saves_nothing_by_itself(open_page: OpenPage, empty_url: str) -> None:
    client = PortfolioClient(empty_url)
    client.hold(*HOLDINGS)
    page = open_page(empty_url, "targets")
    expect(page.get_by_role("heading", name="Start from an example")).to_be_visible()
    page.get_by_role("button", name="Start from this: What I hold now").click()
    expect(target(page, "BTC")).to_have_value("60")
    expect(page.get_by_text("Sum 100%.")).to_be_visible()
    assert client.read("targets/versions")["items"] == []
    save(page, "as held")
    assert client.read("targets")["document"]["weights"]["ETH"] == "0.3"
    assert client.read("targets")["note"] == "as held"


@pytest.fixture
def client(empty_url: str) -> PortfolioClient:
    client = PortfolioClient(empty_url)
    client.hold(*HOLDINGS)
    client.aim(TARGETS)
    return client


@pytest.fixture
def targets(open_page: OpenPage, empty_url: str, client: PortfolioClient) -> Page:
    del client
    return open_page(empty_url, "targets")


def target(page: Page, group: str) -> Locator:
    return page.get_by_label(f"Target of {group}, in percent")


def tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Parts of the targets").get_by_role("link", name=name).click()
    expect(page.get_by_role("region", name=name)).to_be_visible()
    settle(page)


def save(page: Page, note: str = "") -> None:
    page.get_by_role("button", name="Save as version").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Why it changed").fill(note)
    page.keyboard.press("Enter")  # Enter alone never confirms
    expect(dialog).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator(".save-bar")).to_be_hidden()


def test_the_sum_says_what_is_missing_and_a_wrong_one_cannot_be_saved(targets: Page) -> None:
    target(targets, "BTC").fill("48,5")
    expect(targets.locator(".sum-bar")).to_contain_text("Sum 98.5%: 1.5% missing.")
    expect(targets.locator(".save-bar")).to_contain_text("Sum 98.5%: 1.5% missing.")
    expect(targets.get_by_role("button", name="Save as version")).to_be_disabled()
    target(targets, "BTC").fill("50")
    expect(targets.locator(".save-bar")).to_be_hidden()


def test_scaling_leaves_locked_weights_alone_comes_out_exact_and_can_be_undone(targets: Page) -> None:
    target(targets, "BTC").fill("40")
    target(targets, "SOL").fill("7")
    targets.get_by_role("button", name="Lock the weight of BTC").click()
    targets.get_by_role("button", name="Scale to 100%").click()
    expect(target(targets, "BTC")).to_have_value("40")
    expect(target(targets, "ETH")).to_have_value("31.58")
    expect(target(targets, "Cash & stablecoins")).to_have_value("21.05")
    expect(target(targets, "SOL")).to_have_value("7.37")
    expect(targets.get_by_text("Sum 100%.")).to_be_visible()
    targets.get_by_role("button", name="Undo").click()
    expect(target(targets, "ETH")).to_have_value("30")


def test_field_and_slider_are_one_number(targets: Page) -> None:
    slider = targets.get_by_label("Target of ETH, slider")
    expect(slider).to_have_value("30")
    target(targets, "ETH").fill("25.5")
    expect(slider).to_have_value("25.5")
    slider.focus()
    targets.keyboard.press("ArrowRight")
    expect(target(targets, "ETH")).to_have_value("26")


def test_a_mistake_is_said_at_its_own_field(targets: Page) -> None:
    target(targets, "ETH").fill("thirty")
    expect(target(targets, "ETH")).to_have_attribute("aria-invalid", "true")
    described = target(targets, "ETH").get_attribute("aria-describedby")
    assert described is not None
    expect(targets.locator(f"#{described}")).to_contain_text("%")
    expect(target(targets, "BTC")).not_to_have_attribute("aria-invalid", "true")
    target(targets, "ETH").fill("30")
    expect(target(targets, "ETH")).not_to_have_attribute("aria-invalid", "true")


def test_a_held_group_without_a_target_is_said_before_any_plan_refuses_it(targets: Page) -> None:
    target(targets, "ETH").fill("")
    row = targets.get_by_role("listitem").filter(has_text="ETH")
    expect(row).to_contain_text("Held but not named: no plan can be made")


def test_a_group_left_alone_is_written_as_hold_and_cash_never_can_be(targets: Page) -> None:
    targets.get_by_label("Leave ETH alone").check()
    expect(target(targets, "ETH")).to_be_disabled()
    expect(targets.get_by_label("Leave Cash & stablecoins alone")).to_have_count(0)
    tab(targets, "File")
    assert 'ETH = "hold"' in targets.get_by_label("Targets file (TOML)").input_value()


def test_the_form_writes_the_file_and_the_file_fills_the_form(targets: Page) -> None:
    target(targets, "BTC").fill("45")
    target(targets, "ETH").fill("35")
    tab(targets, "File")
    text = targets.get_by_label("Targets file (TOML)")
    assert 'BTC = "45%"\nETH = "35%"' in text.input_value()
    text.fill(
        text.input_value().replace("45%", "44%").replace("35%", "36%").replace("max_orders = 25", "max_orders = 7")
    )
    expect(targets.get_by_text("This can be used.")).to_be_visible()
    tab(targets, "Weights")
    expect(target(targets, "BTC")).to_have_value("44")
    tab(targets, "Rules")
    expect(targets.get_by_label("Most orders")).to_have_value("7")


def test_a_file_with_mistakes_lists_them_and_the_form_says_so(targets: Page) -> None:
    tab(targets, "File")
    targets.get_by_label("Targets file (TOML)").fill(TARGETS.replace('BTC = "50%"', 'Bitcoins = "50%"'))
    expect(targets.get_by_role("row", name="targets.Bitcoins")).to_be_visible()
    expect(targets.get_by_role("button", name="Save as version")).to_be_disabled()
    tab(targets, "Weights")
    expect(targets.get_by_text("The file has mistakes")).to_be_visible()
    targets.get_by_role("button", name="Discard changes").click()
    expect(targets.get_by_text("The file has mistakes")).to_be_hidden()
    expect(target(targets, "BTC")).to_have_value("50")


def test_rules_are_saved_as_they_stand_in_the_form(targets: Page, client: PortfolioClient) -> None:
    tab(targets, "Rules")
    targets.get_by_label("Smallest order").fill("40")
    targets.get_by_label("Sides").select_option("buy-only")
    targets.get_by_label("Assumed fee").fill("0.26")
    targets.get_by_label("Add a band for one group").select_option("BTC")
    targets.locator(".own-band input").first.fill("3")
    targets.get_by_label("Invest money").check()
    targets.get_by_label("At the place").fill("Kraken")
    targets.get_by_label("Plan although something has no price").check()
    save(targets)
    rules = client.read("targets")["document"]["rules"]
    assert (rules["min_trade"], rules["mode"], rules["fee"]) == ("40", "buy-only", "0.0026")
    assert rules["bands"] == {"BTC": {"abs": "0.03", "rel": "0.25"}}
    assert rules["invest"] == {"amount": "1000", "currency": "usd", "at": "Kraken"}
    assert rules["allow_unpriced"] is True


def test_what_a_group_buys_is_found_by_search_and_must_add_up(targets: Page, client: PortfolioClient) -> None:
    tab(targets, "What to buy")
    add_asset(targets, "ETH", "ethereum", "ETH Ethereum")
    add_asset(targets, "ETH", "lido", "STETH")
    share = targets.get_by_label("Share of STETH in what ETH buys, in percent")
    share.fill("30")
    expect(targets.get_by_text("Shares add up to 130%, not 100%.")).to_be_visible()
    targets.get_by_label("Share of ETH in what ETH buys, in percent").fill("70")
    expect(targets.get_by_text("Shares add up to 100%.")).to_be_visible()
    save(targets)
    assert client.read("targets")["document"]["primary"] == {"ETH": {"ethereum": "0.7", "lido-staked-ether": "0.3"}}


def add_asset(page: Page, group: str, search: str, found: str) -> None:
    card = page.locator("section.card").filter(has=page.get_by_role("heading", name=group, exact=True))
    card.get_by_role("button", name="Add an asset").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill(search)
    dialog.get_by_role("button", name=found).first.click()
    expect(dialog).to_be_hidden()


def test_a_version_shows_what_it_changed_and_can_be_brought_back(targets: Page, client: PortfolioClient) -> None:
    client.aim(TARGETS.replace("50%", "45%").replace("30%", "35%"), "more ETH")
    targets.reload()
    settle(targets)
    tab(targets, "Versions")
    newest = client.read("targets")["version"]
    targets.get_by_role("button", name=f"What changed in version {newest}").click()
    table = targets.get_by_role("dialog").get_by_role("table")
    expect(table.get_by_role("row", name="ETH")).to_contain_text("30.00%")
    expect(table.get_by_role("row", name="ETH")).to_contain_text("35.00%")
    expect(table.get_by_role("row")).to_have_count(3)
    targets.keyboard.press("Escape")
    targets.get_by_role("button", name=f"Bring back version {newest - 1}").click()
    expect(targets.locator(".save-bar")).to_be_visible()
    save(targets)
    assert client.read("targets")["toml"] == TARGETS


def test_leaving_with_unsaved_changes_asks_first(targets: Page) -> None:
    target(targets, "BTC").fill("40")
    targets.get_by_role("link", name="Overview").first.click()
    dialog = targets.get_by_role("dialog", name="Leave without saving?")
    expect(dialog).to_be_visible()
    targets.keyboard.press("Escape")
    expect(target(targets, "BTC")).to_have_value("40")
    targets.get_by_role("link", name="Overview").first.click()
    dialog.get_by_role("button", name="Leave").click()
    targets.wait_for_url("**/#/overview")


def test_targets_that_somebody_else_saved_meanwhile_are_never_overwritten(
    targets: Page, client: PortfolioClient
) -> None:
    target(targets, "BTC").fill("40")
    target(targets, "ETH").fill("40")
    expect(targets.get_by_role("button", name="Save as version")).to_be_enabled()
    client.aim(TARGETS.replace("50%", "49%").replace("30%", "31%"))
    targets.get_by_role("button", name="Save as version").click()
    expect(targets.get_by_role("dialog")).to_be_visible()
    targets.keyboard.press("Control+Enter")
    expect(targets.get_by_role("dialog").get_by_role("alert")).to_contain_text("targets_changed")
    assert client.read("targets")["document"]["weights"]["BTC"] == "0.49"


def test_french_readers_write_a_comma(open_page: OpenPage, empty_url: str, client: PortfolioClient) -> None:
    client.aim(TARGETS.replace("50%", "50.5%").replace("30%", "29.5%"))
    page = open_page(empty_url, "targets", language="fr")
    field = page.get_by_label("Objectif de BTC, en pourcent")
    expect(field).to_have_value("50,5")
    field.fill("50,25")
    expect(page.locator(".sum-bar")).to_contain_text("Somme\u00a0: 99,75\u202f%, il manque 0,25\u202f%.")
