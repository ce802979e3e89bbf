"""Commands that take files and give JSON start without the database, the web server and the exchanges' library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from rebalancer.sandbox.demo_portfolio import balance_by_exchange_csv, demo_positions

# Not pydantic: Typer itself reads options through it.
HEAVY: Final = frozenset({"alembic", "ccxt", "fastapi", "psycopg", "sqlalchemy", "starlette", "uvicorn"})
# Run one command line as `rebalancer` does, then name on stderr every library that it brought in.
PROBE: Final = """
import sys
from rebalancer.cli.main import main
try:
    main()
finally:
    print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""
TARGETS: Final = """
[targets]
BTC = "30%"
ETH = "25%"
Stablecoins = "10%"
SOL = "5%"
"L1/L0 majors" = "10%"
"L2/Scaling" = "5%"
DeFi = "5%"
"AI/Data" = "4%"
"Gaming/NFT" = "3%"
Memecoins = "2%"
Others = "1%"
[rules]
allow_unclassified = true
allow_unpriced = true
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "holdings.csv").write_bytes(balance_by_exchange_csv(demo_positions()))
    (folder / "targets.toml").write_text(TARGETS)
    return folder


def run(folder: Path, *arguments: str) -> tuple[int, str, frozenset[str]]:
    """Exit code, stdout, and the libraries that a command line brought in."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        cwd=folder,
        env={**os.environ, "REBALANCER_HOME": str(folder / "home")},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stderr.strip(), "the probe says nothing"
    return done.returncode, done.stdout, frozenset(done.stderr.strip().splitlines()[-1].split())


def heavy(modules: frozenset[str]) -> list[str]:
    return sorted(modules & HEAVY)


@pytest.mark.parametrize(
    "arguments",
    [
        ("holdings", "read", "holdings.csv", "--json"),
        ("plan", "--holdings", "holdings.csv", "--targets", "targets.toml", "--json"),
        ("schema", "targets", "--json"),
        ("version", "--json"),
        ("taxonomy", "classify", "BTC", "LUNA2", "--json"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_stateless_command_imports_nothing_heavy(files: Path, arguments: tuple[str, ...]) -> None:
    code, stdout, modules = run(files, *arguments)
    assert code == 0
    assert isinstance(json.loads(stdout), dict)
    assert heavy(modules) == []


def test_checking_a_plan_again_imports_nothing_heavy(files: Path) -> None:
    made = ("--holdings", "holdings.csv", "--targets", "targets.toml", "--json")
    _, stdout, _ = run(files, "plan", *made)
    (files / "plan.json").write_text(stdout)
    code, answer, modules = run(files, "check-plan", "--plan", "plan.json", *made)
    assert (code, json.loads(answer)["accepted"]) == (0, True)
    assert heavy(modules) == []


def test_a_plan_from_stored_holdings_would_be_seen_to_import_the_database(files: Path) -> None:
    """The probe is not blind: what needs the database shows it."""
    _, _, modules = run(files, "plan", "--json")
    assert "sqlalchemy" in heavy(modules)
