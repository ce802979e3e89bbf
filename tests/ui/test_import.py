from __future__ import annotations

from playwright.sync_api import expect

from tests.ui.conftest import OpenPage, csv_of, settle

GOOD = ("BTC,0.5,Kraken,32000,USD", "ETH,2,Ledger,6000,USD", "QZXYZ,100,Metamask,12.5,USD")


def test_a_dropped_file_is_previewed_then_imported_and_shown(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "overview")
    expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
    page.get_by_role("link", name="Get started").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files(csv_of(*GOOD))

    expect(page.get_by_role("heading", name="balances.csv")).to_be_visible()
    facts = page.locator(".understood dl")
    expect(facts).to_contain_text("$38,012.50")
    expect(page.get_by_role("table", name="By place").get_by_role("row", name="Kraken")).to_contain_text("$32,000.00")
    expect(page.get_by_role("table", name="By group").get_by_role("row", name="BTC")).to_contain_text("$32,000.00")
    expect(page.get_by_role("table", name="1 symbol not identified")).to_contain_text("QZXYZ")
    assert page.evaluate(
        "fetch('/api/v1/portfolios').then((r) => r.json()).then(({items}) => "
        "fetch(`/api/v1/portfolios/${items[0].id}/accounts`)).then((r) => r.json())"
    ) == {"items": []}

    page.get_by_label("Account").fill("My account")
    page.get_by_role("button", name="Import 3 rows").click()
    page.wait_for_url("**/#/overview")
    settle(page)
    expect(page.locator(".overview-total")).to_have_text("$38,012.50")
    expect(page.locator(".toast")).to_contain_text("3 rows imported for My account.")


def test_rows_that_cannot_be_read_are_listed_and_left_out_only_on_request(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "import")
    bad = csv_of("BTC,0.5,Kraken,32000,USD", 'ETH,"1.234,56",Kraken,6000,USD', "SOL,NaN,Kraken,10,USD")
    page.locator("input[type=file]").set_input_files(bad)

    rejected = page.get_by_role("table", name="2 rows cannot be read")
    row = rejected.locator("tbody tr").first
    expect(row.locator("th")).to_have_text("3")
    expect(row).to_contain_text("1.234,56")
    expect(row.locator("td").nth(0)).to_have_text("quantity")
    assert row.locator("td").nth(2).inner_text() != ""
    assert row.locator("td").nth(3).inner_text() != ""
    page.get_by_label("Account").fill("Partly")
    page.get_by_role("button", name="Import the 1 readable row").click()
    page.wait_for_url("**/#/overview")
    expect(page.locator(".toast")).to_contain_text("1 row imported for Partly.")


def test_a_file_of_another_encoding_is_refused_with_its_remedy(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "import", language="fr")
    text = "asset,quantity,location\nBTC,1,Kraken\n".encode("utf-16")
    page.locator("input[type=file]").set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": text})
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("UTF-16")
    expect(alert).to_contain_text("encoding_not_utf8")
    expect(alert).to_contain_text("UTF-8 »")
    expect(page.get_by_role("button", name="Choisir un fichier")).to_be_visible()


def test_the_preview_fits_a_phone(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "import", width=320, language="fr")
    page.locator("input[type=file]").set_input_files(csv_of(*GOOD, 'ETH,"1.234,56",Kraken,6000,USD'))
    expect(page.get_by_role("heading", name="balances.csv")).to_be_visible()
    assert page.evaluate("[innerWidth, screen.width, visualViewport.scale]") == [320, 320, 1]


def test_a_symbol_that_contains_markup_stays_text(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "import")
    evil = "<img src=x onerror=document.title='broken'>"
    page.locator("input[type=file]").set_input_files(csv_of(f"{evil},1,Kraken,5,USD"))
    expect(page.get_by_role("table", name="1 symbol not identified")).to_contain_text(evil)
    assert page.locator("main img").count() == 0
    assert page.title() != "broken"


def test_a_symbol_that_only_looks_like_a_known_coin_is_marked(open_page: OpenPage, empty_url: str) -> None:
    page = open_page(empty_url, "import")
    page.locator("input[type=file]").set_input_files(csv_of("\N{CYRILLIC CAPITAL LETTER VE}TC,1,Kraken,5,USD"))
    expect(page.get_by_role("table", name="1 symbol not identified")).to_contain_text("only looks like BTC")
