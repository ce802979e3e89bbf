"""The outside pieces are real: a browser, a database server, an asynchronous runner, and the page's own files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import anyio
import anyio.lowlevel
import pytest
from playwright.sync_api import Page, Route
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.support.postgres import PostgresServer

VENDOR = Path(__file__).resolve().parents[2] / "src" / "rebalancer" / "ui" / "vendor"
IMPORT_MAP = {
    "chart.js": "chart.js/chart.js",
    "chart.js/helpers": "chart.js/helpers.js",
    "@kurkle/color": "kurkle-color/color.esm.js",
    "luxon": "luxon/luxon.js",
}
CHARTS = {
    "chartjs-adapter-luxon": "chartjs-adapter-luxon/chartjs-adapter-luxon.esm.js",
    "chartjs-plugin-annotation": "chartjs-plugin-annotation/chartjs-plugin-annotation.esm.js",
    "chartjs-chart-matrix": "chartjs-chart-matrix/chartjs-chart-matrix.esm.js",
    "chartjs-chart-treemap": "chartjs-chart-treemap/chartjs-chart-treemap.esm.js",
}
IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]""", re.MULTILINE
)


async def test_postgres_answers_through_the_product_s_own_driver(postgres_url: str) -> None:
    engine = create_async_engine(postgres_url)
    async with engine.connect() as connection:
        version = (await connection.execute(text("SHOW server_version"))).scalar_one()
    await engine.dispose()
    assert version.startswith("18.")


async def test_a_template_is_built_once_and_copied_for_each_asker(postgres_server: PostgresServer) -> None:
    built: list[str] = []
    names = {postgres_server.create(postgres_server.template("tooling", built.append)) for _ in range(2)}
    for name in names:
        postgres_server.drop(name)
    assert (len(names), len(built)) == (2, 1)


async def test_asynchronous_tests_run_on_asyncio() -> None:
    await anyio.lowlevel.checkpoint()
    assert anyio.get_current_task().name is not None


def test_every_import_of_the_vendored_modules_resolves() -> None:
    missing = []
    for module in VENDOR.rglob("*.js"):  # chart.js is also a folder
        if module.is_file() and module.parent.name != "swagger-ui":
            for match in IMPORT.finditer(module.read_text()):
                name = match[1] or match[2]
                target = module.parent / name if name.startswith(".") else VENDOR / IMPORT_MAP.get(name, "absent")
                if not target.is_file():
                    missing.append(f"{module.name} imports {name}")
    assert missing == []
    assert (VENDOR / "swagger-ui" / "swagger-ui-bundle.js").is_file()


def test_every_vendored_folder_has_its_licence() -> None:
    folders = sorted(folder for folder in VENDOR.iterdir() if folder.is_dir())
    assert len(folders) == 8
    assert [folder.name for folder in folders if not list(folder.glob("LICENSE*"))] == []


@pytest.mark.parametrize("name", CHARTS)
def test_the_chart_modules_load_in_the_browser(page: Page, name: str) -> None:
    page.route("http://charts.test/**", lambda route: serve(route, name))
    page.goto("http://charts.test/")
    assert page.wait_for_function("window.loaded").json_value() == "yes"


def serve(route: Route, name: str) -> None:
    path = route.request.url.removeprefix("http://charts.test/")
    if path:
        route.fulfill(path=VENDOR / path, content_type="text/javascript")
        return
    imports = {key: f"/{value}" for key, value in IMPORT_MAP.items()}
    script = f"import * as it from '/{CHARTS[name]}'; window.loaded = it ? 'yes' : 'no'"
    head = f"<script type=importmap>{json.dumps({'imports': imports})}</script>"
    route.fulfill(body=f"<!doctype html>{head}<script type=module>{script}</script>", content_type="text/html")


def test_axe_runs_in_the_page(page: Page, axe_path: Path) -> None:
    page.set_content("<!doctype html><html lang=en><title>x</title><main><h1>x</h1><img src='data:,'></main>")
    page.add_script_tag(path=axe_path)
    violations = page.evaluate("axe.run().then(result => result.violations.map(one => one.id))")
    assert violations == ["image-alt"]
