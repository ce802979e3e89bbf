"""Settings: the only reader of the environment.

Every setting is an environment variable ``REBALANCER_<NAME>``, or a line of the same form in the file ``.env`` of the
data directory; the environment wins. Names that start with ``REBALANCER_TEST_`` belong to the test suite; any other
unknown name is an error, so that a misspelt setting never stays without effect.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rebalancer.errors import InputError, Issue

PREFIX: Final = "REBALANCER_"
TEST_PREFIX: Final = "REBALANCER_TEST_"
LOCAL_HOSTS: Final = ("localhost", "127.0.0.1", "::1")
DATABASE_FILE: Final = "rebalancer.sqlite3"


class Settings(BaseSettings):
    """Everything that can be set from outside.

    Attributes:
        home: Data directory: database, ``.env``.
        database_url: ``sqlite:///path`` or ``postgresql://...``; the file ``rebalancer.sqlite3`` in ``home`` unless
            set.
        language: Language of texts where nobody asks for another; the locale's unless set.
        host: Address to serve on; only this machine's own until log-in exists.
        port: Port to serve on.
        log_format: ``console`` for people, ``json`` for programs.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    home: Path
    database_url: SecretStr
    language: Literal["en", "fr"]
    host: Literal["localhost", "127.0.0.1", "::1"] = "localhost"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    log_format: Literal["console", "json"] = "console"


def load_settings() -> Settings:
    """Read every setting, once.

    Raises:
        InputError: ``settings_invalid``; an issue per mistake: ``unknown_setting``, ``setting_invalid`` or
            ``host_not_local``.
    """
    home = _home()
    stated = _stated(dotenv_values(home / ".env")) | _stated(os.environ)
    issues = _unknown(stated)
    defaults = {"home": str(home), "database_url": f"sqlite:///{home / DATABASE_FILE}", "language": _language()}
    try:
        settings = Settings.model_validate(defaults | stated)
    except ValidationError as error:
        raise _refused([*issues, *(_invalid(str(item["loc"][0]), stated) for item in error.errors())]) from None
    if issues:
        raise _refused(issues)
    return settings


def _refused(issues: list[Issue]) -> InputError:
    return InputError("settings_invalid", {"count": str(len(issues))}, issues)


def _home() -> Path:
    stated = os.environ.get(f"{PREFIX}HOME")
    if stated:
        return Path(stated).expanduser().absolute()
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share").absolute() / "rebalancer"


def _language() -> str:
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "fr" if locale.casefold().startswith("fr") else "en"


def _stated(variables: Mapping[str, str | None]) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX).lower(): text
        for name, text in variables.items()
        if name.startswith(PREFIX) and not name.startswith(TEST_PREFIX) and name != f"{PREFIX}HOME" and text
    }


def _unknown(stated: Mapping[str, str]) -> list[Issue]:
    known = ", ".join(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)
    return [
        Issue("unknown_setting", column=f"{PREFIX}{name.upper()}", numbers={"settings": known})
        for name in stated
        if name not in Settings.model_fields
    ]


def _invalid(name: str, stated: Mapping[str, str]) -> Issue:
    code = "host_not_local" if name == "host" else "setting_invalid"
    # The value of a database address may hold a password.
    value = None if name == "database_url" else stated.get(name, "")[:80]
    return Issue(code, column=f"{PREFIX}{name.upper()}", value=value)
