from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

from rebalancer.cli import figures, output
from rebalancer.domain.money import install_decimal_context


@pytest.fixture(params=["en", "fr"], autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    install_decimal_context()
    output.use_language(request.param)
    yield request.param
    output.use_language("en")


def test_figures_are_written_as_the_language_writes_them(language: str) -> None:
    written = [
        figures.money("1234.5"),
        figures.money("-1234567.885"),
        figures.money(None),
        figures.quantity("1509464831.40726272"),
        figures.quantity("0.00000001"),
        figures.percent("0.38694"),
        figures.points("0.0025"),
        figures.points("0.08694", "+"),
        figures.points("-0.029", "+"),
    ]
    english = [
        "1,234.50",
        "-1,234,567.88",
        "—",
        "1,509,464,831.40726272",
        "0.00000001",
        "38.7%",
        "0.25",
        "+8.69",
        "-2.90",
    ]
    thin = "\u202f"
    french = [
        *(f"1{thin}234,50", f"-1{thin}234{thin}567,88", "—", f"1{thin}509{thin}464{thin}831,40726272"),
        *("0,00000001", f"38,7{thin}%", "0,25", "+8,69", "-2,90"),
    ]
    assert written == (english if language == "en" else french)


def test_an_instant_is_shown_to_the_minute_in_utc() -> None:
    assert (
        figures.minute(datetime(2026, 11, 22, 1, 5, 59, tzinfo=timezone(timedelta(hours=2)))) == "2026-11-21 23:05 UTC"
    )


def test_a_source_without_a_name_keeps_its_code(language: str) -> None:
    assert figures.source_name("some_api") == "some_api"
    assert figures.source_name("user_file") == {"en": "your file", "fr": "votre fichier"}[language]
