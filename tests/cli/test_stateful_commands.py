from __future__ import annotations

import asyncio
import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rebalancer.cli.failures import report_failure
from rebalancer.workflows.create_portfolio import create_portfolio
from tests.cli.conftest import CommandLine, Done
from tests.support.applications import NOON, MovableClock, opened, sqlite_url
from tests.support.servers import start_server

BALANCED = '[targets]\nBTC = "48%"\nETH = "10%"\nStablecoins = "42%"\n'


@pytest.fixture
def filled(rebalancer: CommandLine) -> CommandLine:
    assert rebalancer("holdings", "import", rebalancer.path("holdings.csv"), "--account", "Main").code == 0
    assert rebalancer("targets", "set", rebalancer.path("targets.toml"), "--note", "first").code == 0
    return rebalancer


READING = [
    ("status",),
    ("doctor",),
    ("portfolios",),
    ("portfolios", "list"),
    ("holdings", "list"),
    ("accounts",),
    ("assets", "search", "btc"),
    ("assets", "show", "bitcoin"),
    ("taxonomy", "list"),
    ("taxonomy", "unknown"),
    ("places", "list"),
    ("prices", "list"),
    ("markets", "list"),
    ("targets", "show"),
    ("targets", "versions"),
    ("targets", "presets"),
    ("overview",),
    ("drift",),
    ("plans",),
    ("runs",),
    ("init",),
]


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_command_prints_one_json_document_or_a_text(filled: CommandLine, arguments: tuple[str, ...]) -> None:
    told, said = filled(*arguments, "--json"), filled(*arguments)
    assert (told.code, said.code) == (0, 0)
    assert isinstance(told.document, dict)
    assert told.err == ""
    assert said.out
    assert "cli." not in said.out, "a text is missing from the catalogue"


def test_a_plan_is_made_shown_exported_checked_and_ticked_off(filled: CommandLine) -> None:
    made = filled("plan", "--json")
    assert made.code == 0
    plan = made.document["plan_id"]
    assert filled("plans", "list", "--json").document["items"][0]["plan_id"] == plan
    assert filled("plans", "show", plan, "--json").document["plan_id"] == plan
    assert "[ ] action-1" in filled("plans", "show", plan).out
    assert filled("plans", "export", plan).document == made.document
    assert filled("plans", "export", plan, "--format", "csv").out.startswith("stage,")
    assert filled("plans", "check", plan, "--json").document["verdict"] == "pass"
    assert filled("plans", "check", plan).code == 0
    assert filled("plans", "tick", plan, "action-1", "--json").document["done"] is True
    assert filled("plans", "tick", plan, "action-1", "--undone").out == "[ ] action-1\n"
    assert filled("plans", "show", plan[:12], "--json").document["plan_id"] == plan
    assert plan[:12] in filled("plans").out
    assert filled("plans", "check", "", "--json").document["code"] == "plan_not_found"
    run = filled("runs", "--json").document["items"][0]
    assert (run["state"], run["result"]) == ("done", plan)
    assert filled("runs", "show", run["id"], "--json").document == run


def test_an_export_never_overwrites_a_file(filled: CommandLine) -> None:
    plan = filled("plan", "--json").document["plan_id"]
    out = filled.path("plan.json")
    assert filled("plans", "export", plan, "-o", out).code == 0
    assert json.loads(Path(out).read_text())["plan_id"] == plan
    assert filled("plans", "export", plan, "-o", out, "--json").document["code"] == "file_exists"
    assert filled("plans", "export", plan, "-o", "/nothing/x", "--json").document["code"] == "file_unwritable"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_row_that_cannot_be_read_is_told_with_the_option_that_leaves_it_out(
    rebalancer: CommandLine, language: str
) -> None:
    (rebalancer.folder / "bad.csv").write_text('asset,quantity\nBTC,"1.234,56"\nETH,1\n')
    done = rebalancer("holdings", "import", rebalancer.path("bad.csv"), "--account", "Main", "--lang", language)
    assert done.code == 1
    assert "bad.csv:2:quantity '1.234,56'" in done.err
    assert "--keep-readable" in done.err
    kept = rebalancer("holdings", "read", rebalancer.path("bad.csv"), "--keep-readable", "--json")
    assert len(kept.document["rejected"]) == 1


@pytest.mark.parametrize("verb", ["set", "check"])
def test_mistakes_in_targets_are_told_under_the_name_of_the_person_s_file(rebalancer: CommandLine, verb: str) -> None:
    (rebalancer.folder / "mine.toml").write_text('[targets]\nBTC = "59%"\nEth2 = "40%"\n')
    done = rebalancer("targets", verb, rebalancer.path("mine.toml"))
    assert done.code == 1
    assert "mine.toml:targets.Eth2" in done.err


def test_nothing_to_do_is_exit_code_three(filled: CommandLine) -> None:
    (filled.folder / "balanced.toml").write_text(BALANCED)
    filled("targets", "set", filled.path("balanced.toml"))
    done = filled("plan", "--json")
    assert (done.code, done.document["actions"]) == (3, [])


def test_a_plan_refused_by_a_rule_of_safety_is_exit_code_five(rebalancer: CommandLine) -> None:
    (rebalancer.folder / "unknown.csv").write_text(
        "asset,quantity,location,value,currency\nQQQZZZ,1,Kraken,5000,USD\nBTC,1,Kraken,64000,USD\n"
    )
    rebalancer("holdings", "import", rebalancer.path("unknown.csv"), "--account", "Main")
    rebalancer("targets", "set", rebalancer.path("targets.toml"))
    done = rebalancer("plan", "--json")
    assert (done.code, done.document["code"]) == (5, "unclassified_over_limit")


def test_a_group_that_the_targets_forgot_is_a_mistake_and_exit_code_one(filled: CommandLine) -> None:
    (filled.folder / "sol.csv").write_text("asset,quantity,location,value,currency\nSOL,9,Kraken,1000,USD\n")
    filled("holdings", "import", filled.path("sol.csv"), "--account", "Second")
    done = filled("plan", "--json")
    assert (done.code, done.document["code"]) == (1, "group_not_in_targets")


def test_what_is_changed_is_changed_for_good(filled: CommandLine) -> None:
    (filled.folder / "prices.csv").write_text("asset,price,currency\nBTC,100000,USD\n")
    assert filled("prices", "import", filled.path("prices.csv"), "--json").document["file"]["entries"] == 1
    assert filled("overview", "--json").document["total_value"] == "127000"
    assert filled("prices", "clear", "--json").document == {"file": None, "items": []}
    assert filled("places", "set", "Kraken", "--kind", "cold", "--json").document["guessed"] is False
    assert filled("places", "reset", "Kraken").code == 0
    assert filled("taxonomy", "move", "bitcoin", "Others", "--json").document == {"groups": {"bitcoin": "Others"}}
    decided = filled("taxonomy", "decide", "QQQ", "--asset", "bitcoin", "--json")
    assert decided.document["items"] == [{"source": "cointracking", "symbol": "QQQ", "asset": "bitcoin"}]
    assert filled("taxonomy", "undo", "QQQ").code == 0
    assert filled("taxonomy", "decide", "ZZZ", "--name", "Mine", "--group", "DeFi").code == 0
    assert filled("targets", "check", filled.path("targets.toml")).code == 0
    assert filled("targets", "show", "--version", "1", "--json").document["note"] == "first"
    assert filled("accounts", "remove", "Main", "--json").document == {"items": []}
    assert filled("portfolios", "create", "Second", "--json").document["name"] == "Second"


def test_markets_are_imported_listed_and_cleared(filled: CommandLine) -> None:
    market = {"venue": "kraken", "symbol": "BTC/USD", "base": "BTC", "quote": "USD", "lot_step": "0.00001"}
    limits = {"tick": "0.1", "min_quantity": "0.0001", "min_notional": "5", "taker_fee": "0.004"}
    more = {"maker_fee": "0.002", "half_spread": "0.0002", "fee_on": "quote", "status": "trading"}
    (filled.folder / "markets.json").write_text(json.dumps([{**market, **limits, **more}]))
    done = filled("markets", "import", filled.path("markets.json"), "--json")
    assert done.code == 0, done.out
    assert [item["base"] for item in done.document["items"]] == ["bitcoin"]
    assert filled("markets", "clear", "--json").document["items"] == []


def test_a_backup_restores_into_an_empty_directory(filled: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = filled("overview", "--json").document
    backup = filled.path("all.backup")
    assert filled("backup", backup, "--json").code == 0
    assert stat.S_IMODE(Path(backup).stat().st_mode) == 0o600
    assert filled("backup", backup, "--json").document["code"] == "backup_exists"
    assert filled("restore", backup, "--json").document["code"] == "database_not_empty"
    monkeypatch.setenv("REBALANCER_HOME", filled.path("other"))
    assert filled("restore", backup, "--json").code == 0
    assert filled("overview", "--json").document["total_value"] == before["total_value"]
    assert filled("status", "--json").document["portfolios"][0]["targets_version"] == 1


def test_the_doctor_names_what_is_wrong(filled: CommandLine) -> None:
    (filled.folder / "home" / "rebalancer.sqlite3").chmod(0o644)
    done = filled("doctor", "--json")
    assert done.code == 1
    verdicts = {check["check"]: check["verdict"] for check in done.document["checks"]}
    assert verdicts["database_private"] == "fail"
    assert verdicts["audit_chain"] == "pass"


def failed(done: Done) -> dict[str, dict[str, Any]]:
    return {check["check"]: check for check in done.document["checks"] if check["verdict"] == "fail"}


def test_the_doctor_looks_at_a_file_that_is_no_database(filled: CommandLine) -> None:
    (filled.folder / "home" / "rebalancer.sqlite3").write_bytes(b"not a database" * 100)
    done = filled("doctor", "--json")
    assert done.code == 1
    assert "restore" in failed(done)["database_opens"]["remedy"]


def damaged(filled: CommandLine) -> None:
    """Zeros over a page in the middle, as a failing disk leaves them; the database still opens."""
    database = filled.folder / "home" / "rebalancer.sqlite3"
    with closing(sqlite3.connect(database)) as hand:
        hand.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = hand.execute("SELECT rootpage FROM sqlite_master WHERE name = 'plan_steps'").fetchone()
        (size,) = hand.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))


def test_the_doctor_names_a_damaged_database_and_the_remedy(filled: CommandLine) -> None:
    assert failed(filled("doctor", "--json")) == {}
    damaged(filled)
    assert filled("status").code == 0, "the damage is not where this looks"
    done = filled("doctor", "--json")
    assert (done.code, list(failed(done))) == (1, ["database_sound"])
    assert "rebalancer restore" in failed(done)["database_sound"]["remedy"]
    assert "rebalancer restore" in filled("doctor").out
    assert "Gardez une copie" in filled("doctor", "--lang", "fr").out


def test_nothing_is_served_from_a_damaged_database(filled: CommandLine) -> None:
    damaged(filled)
    done = filled("serve", "--port", "0")
    assert (done.code, done.out) == (1, "")
    assert "rebalancer restore" in done.err


def test_the_doctor_sees_time_that_ran_backwards(filled: CommandLine) -> None:
    async def work() -> None:
        async with opened(sqlite_url(filled.folder), MovableClock(NOON.replace(year=2999))) as app:
            await create_portfolio(app, "From the future")

    asyncio.run(work())
    found = failed(filled("doctor", "--json"))
    assert list(found) == ["clock"]
    assert "2999-11-22" in found["clock"]["remedy"]


def test_the_doctor_sees_a_chain_that_was_changed(filled: CommandLine) -> None:
    with closing(sqlite3.connect(filled.folder / "home" / "rebalancer.sqlite3", isolation_level=None)) as hand:
        hand.execute("DROP TRIGGER audit_events_no_update")
        hand.execute("UPDATE audit_events SET subject = 'another' WHERE sequence = 2")
    found = failed(filled("doctor", "--json"))
    assert found["audit_chain"]["numbers"]["broken_at"] == "2"


def test_the_doctor_sees_settings_that_others_can_read(filled: CommandLine) -> None:
    settings = filled.folder / "home" / ".env"
    settings.write_text("REBALANCER_PORT=8123\n")
    settings.chmod(0o640)
    assert failed(filled("doctor", "--json"))["settings_private"]["numbers"]["mode"] == "640"


def test_a_run_that_a_crash_left_at_work_has_failed_when_the_server_starts(filled: CommandLine) -> None:
    filled("plan")
    with closing(sqlite3.connect(filled.folder / "home" / "rebalancer.sqlite3", isolation_level=None)) as hand:
        hand.execute("UPDATE runs SET state = 'running', finished_at = NULL, result = NULL")
    assert filled("runs", "--json").document["items"][0]["state"] == "running", "a server may be at work on it"
    with start_server(filled.folder / "home"):
        run = filled("runs", "--json").document["items"][0]
    assert (run["state"], run["error"]) == ("failed", "interrupted")
    assert failed(filled("doctor", "--json")) == {}


def test_an_unexpected_fault_is_told_with_an_id_and_without_a_traceback(filled: CommandLine) -> None:
    code = report_failure(KeyError("canary-secret"), as_json=True)
    out, err = filled.capture.readouterr()
    problem = json.loads(out)
    assert (code, problem["code"]) == (1, "unexpected")
    assert problem["numbers"]["trace_id"] in err
    assert "canary" not in out + err
    assert "Traceback" not in err


def test_settings_that_cannot_be_are_told(rebalancer: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REBALANCER_PORT", "none")
    done = rebalancer("status", "--json")
    assert (done.code, done.document["code"]) == (1, "settings_invalid")
