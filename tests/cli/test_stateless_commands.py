from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from rebalancer import __version__
from rebalancer.cli.commands import COMMANDS
from rebalancer.cli.language import take_language, terminal_language
from rebalancer.errors import InputError
from tests.cli.conftest import CommandLine
from tests.support.servers import REBALANCER


def test_the_version_is_the_project_s(rebalancer: CommandLine) -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    assert rebalancer("version", "--json").document["version"] == __version__ == project["version"]
    assert rebalancer("version").out == f"rebalancer {__version__}\n"


def test_a_command_that_draws_nothing_loads_nothing_heavy() -> None:
    """Start-up time is the libraries that are loaded. Not pydantic: Typer itself reads options through it."""
    probe = "import sys; from rebalancer.cli.main import run; run(['version', '--json']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split("\n}\n")[1].split()}
    assert not loaded & {"rich", "numpy", "sqlalchemy", "fastapi", "asyncio", "dotenv", "uvicorn"}


def test_a_balance_file_is_read_without_being_imported(rebalancer: CommandLine) -> None:
    done = rebalancer("holdings", "read", rebalancer.path("holdings.csv"), "--json")
    assert done.code == 0
    assert done.document["total_value"] == "100000"
    assert not (rebalancer.folder / "home").exists()
    assert "100,000.00 USD" in rebalancer("holdings", "read", rebalancer.path("holdings.csv")).out


def test_symbols_are_classified_through_the_alias_table(rebalancer: CommandLine) -> None:
    done = rebalancer("taxonomy", "classify", "LUNA2", "LUNA3", "NOSUCH", "--source", "cointracking", "--json")
    assert [item["asset"] for item in done.document["items"]] == ["terra-luna", "terra-luna-2", None]
    assert "terra-luna" in rebalancer("taxonomy", "classify", "LUNA2", "--source", "cointracking").out


def test_every_published_schema_is_printed(rebalancer: CommandLine) -> None:
    names = rebalancer("schema", "--json").document["items"]
    assert rebalancer("schema").out.split() == names
    for name in names:
        assert rebalancer("schema", name).document["$schema"].endswith("2020-12/schema")
    assert rebalancer("schema", "nothing", "--json").document["code"] == "schema_not_found"


def test_the_description_of_the_api_is_printed(rebalancer: CommandLine) -> None:
    assert rebalancer("openapi").document["openapi"] == "3.1.0"


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (("nothing",), 2, "usage"),
        (("holdings", "nothing"), 2, "usage"),
        (("holdings", "read"), 2, "usage"),
        (("holdings", "read", "--nothing", "x"), 2, "usage"),
        (("--lang", "de", "version"), 2, "usage"),
        (("serve", "--host", "0.0.0.0"), 2, "host_not_local"),  # noqa: S104 - refused
        (("serve", "--port", "70000"), 2, "usage"),
        (("holdings", "list", "--sort", "price"), 2, "usage"),
        (("taxonomy", "decide", "X", "--name", "only"), 2, "usage"),
        (("plans", "export", "x", "--format", "xml"), 2, "usage"),
        (("holdings", "read", "/nothing.csv"), 1, "file_not_found"),
        (("plans", "show", "none"), 1, "plan_not_found"),
        (("drift",), 1, "targets_missing"),
        (("drift", "--portfolio", "none"), 1, "portfolio_not_found"),
    ],
)
def test_an_error_has_its_exit_code_and_its_problem_document(
    rebalancer: CommandLine, arguments: tuple[str, ...], code: int, problem: str
) -> None:
    # A bare option of no command's own: everything after the noun may carry it.
    if arguments[0] != "serve" and "export" not in arguments:
        told = rebalancer(*arguments, "--json")
        assert (told.code, told.document["code"]) == (code, problem)
        assert told.document["detail"]
    said = rebalancer(*arguments)
    assert (said.code, said.out) == (code, "")
    assert said.err


def test_help_tells_every_command(rebalancer: CommandLine) -> None:
    told = rebalancer("--help")
    assert told.code == 0
    for noun, verbs in COMMANDS.items():
        assert f"\n  {noun} " in told.out
        shown = rebalancer(noun, "--help")
        assert (shown.code, bool(shown.out)) == (0, True)
        for verb in verbs if not isinstance(verbs, str) else ():
            assert f"\n  {verb} " in shown.out
            assert rebalancer(noun, verb, "--help").code == 0


def test_a_bare_noun_shows_its_help(rebalancer: CommandLine) -> None:
    assert rebalancer().code == 0
    assert "Commands:" in rebalancer("holdings").out


def test_words_are_french_where_the_person_says_so(rebalancer: CommandLine) -> None:
    english = rebalancer("holdings", "read", "/nothing", "--json")
    french = rebalancer("holdings", "read", "/nothing", "--json", "--lang=fr")
    located = rebalancer.alone("holdings", "read", "/nothing", "--json", LC_ALL="fr_FR.UTF-8")
    assert english.document["title"] != french.document["title"] == located.document["title"]


def test_the_language_may_stand_anywhere_before_the_end_of_options() -> None:
    assert take_language(["a", "--lang", "fr", "b"], {}) == ("fr", ["a", "b"])
    assert take_language(["a", "--", "--lang", "fr"], {"LANG": "de_DE"}) == ("en", ["a", "--", "--lang", "fr"])
    with pytest.raises(InputError, match="usage"):
        take_language(["--lang"], {})


@pytest.mark.parametrize(
    ("variables", "language"),
    [({}, "en"), ({"LANG": "fr_CH.UTF-8"}, "fr"), ({"LC_ALL": "en_US", "LANG": "fr_FR"}, "en"), ({"LANG": "C"}, "en")],
)
def test_the_terminal_s_locale_is_the_language(variables: dict[str, str], language: str) -> None:
    assert terminal_language(variables) == language


def test_a_name_in_a_file_cannot_steer_the_terminal(rebalancer: CommandLine) -> None:
    document = {
        "as_of": "2026-11-22T00:00:00Z",
        "holdings": [{"asset": "E\u009bVIL", "quantity": "1", "location": "x"}],
    }
    (rebalancer.folder / "evil.json").write_text(json.dumps(document))
    done = rebalancer("holdings", "read", rebalancer.path("evil.json"))
    assert "\u009b" not in done.out + done.err


def test_whoever_reads_may_leave_early(tmp_path: Path) -> None:
    environment = {**os.environ, "REBALANCER_HOME": str(tmp_path / "home"), "COLUMNS": "20"}
    # More than a pipe takes, so that the reader is surely gone while we write; a document, lines, and a table.
    for command, first in (("openapi", b"{"), ("schema plan", b"{"), ("assets search --limit 200 a", b"A")):
        script = f"{REBALANCER} {command} | head -c 1; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", script], capture_output=True, check=False, env=environment)
        assert (done.stdout, done.stderr, done.returncode) == (first, b"", 0), command
