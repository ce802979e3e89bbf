"""Settings: read once, from the environment and the data directory's .env; a mistake is named, never passed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rebalancer.errors import InputError
from rebalancer.settings import load_settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("REBALANCER_") or name in {"LC_ALL", "LC_MESSAGES", "LANG", "XDG_DATA_HOME"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


def codes(error: InputError) -> list[tuple[str, str | None]]:
    assert error.code == "settings_invalid"
    return [(issue.code, issue.column) for issue in error.issues]


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.home == tmp_path / ".local" / "share" / "rebalancer"
    assert settings.database_url.get_secret_value() == f"sqlite:///{settings.home}/rebalancer.sqlite3"
    assert (settings.host, settings.port, settings.language, settings.log_format) == (
        "localhost",
        8000,
        "en",
        "console",
    )


def test_data_lie_where_the_desktop_or_the_person_wants_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert load_settings().home == tmp_path / "xdg" / "rebalancer"
    monkeypatch.setenv("REBALANCER_HOME", "~/money")
    assert load_settings().home == tmp_path / "money"
    assert str(tmp_path / "money") in load_settings().database_url.get_secret_value()


def test_the_language_is_the_locales_unless_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "fr_CH.UTF-8")
    assert load_settings().language == "fr"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert load_settings().language == "en"
    monkeypatch.setenv("REBALANCER_LANGUAGE", "fr")
    assert load_settings().language == "fr"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REBALANCER_HOME", str(tmp_path))
    (tmp_path / ".env").write_text("REBALANCER_PORT=9000\nREBALANCER_LOG_FORMAT=json\nEDITOR=vi\n")
    monkeypatch.setenv("REBALANCER_PORT", "9001")
    settings = load_settings()
    assert (settings.port, settings.log_format) == (9001, "json")


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REBALANCER_PORT", "")
    assert load_settings().port == 8000


@pytest.mark.parametrize("place", ["environment", "file"])
def test_a_misspelt_setting_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str) -> None:
    monkeypatch.setenv("REBALANCER_HOME", str(tmp_path))
    if place == "environment":
        monkeypatch.setenv("REBALANCER_PROT", "9000")
    else:
        (tmp_path / ".env").write_text("REBALANCER_PROT=9000\n")
    with pytest.raises(InputError) as caught:
        load_settings()
    assert codes(caught.value) == [("unknown_setting", "REBALANCER_PROT")]
    assert "REBALANCER_PORT" in caught.value.issues[0].numbers["settings"]


def test_variables_of_the_test_suite_are_nobodys_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REBALANCER_TEST_AXE", "/axe.js")
    load_settings()


def test_every_mistake_is_listed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PORT": "99999", "HOST": "0.0.0.0", "LANGUAGE": "de", "COLOUR": "blue"}.items():  # noqa: S104 - refused
        monkeypatch.setenv(f"REBALANCER_{name}", value)
    with pytest.raises(InputError) as caught:
        load_settings()
    assert sorted(codes(caught.value)) == [
        ("host_not_local", "REBALANCER_HOST"),
        ("setting_invalid", "REBALANCER_LANGUAGE"),
        ("setting_invalid", "REBALANCER_PORT"),
        ("unknown_setting", "REBALANCER_COLOUR"),
    ]


def test_a_password_in_the_database_address_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REBALANCER_DATABASE_URL", "postgresql://me:canary@host/db")
    assert "canary" not in repr(load_settings())
    assert "canary" not in str(load_settings().model_dump())
