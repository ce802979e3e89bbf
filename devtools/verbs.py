"""The verbs of ``./dev``. Only what the fast path needs is imported up here: ``./dev rebalancer`` starts in 50 ms."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import stamps

ROOT = Path(__file__).resolve().parent.parent
HELP = """\
usage: ./dev VERB [ARGS...]

  demo [--port N]       set up everything and serve the product with a demo portfolio on http://localhost:8000
  rebalancer ARGS...    run the command line in the set-up environment
  test                  all checks, then the whole suite with its coverage thresholds
  test PYTEST_ARGS...   only these tests, no checks, no thresholds
  check [--fix]         format, lint, strict types, layer contracts, complexity; --fix formats and mends first
  bench [NAME]          measure
  lock [--upgrade]      resolve the lock files anew; --upgrade takes newer releases
  setup                 make the environment for tests and stop

The first start makes .venv from the hashed locks in requirements/ and package-lock.json; later starts do not wait.
"""


def main(arguments: list[str]) -> int:
    """Run one verb; its exit code."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    action = VERBS.get(verb)
    if action is None:
        print(f"dev: there is no verb {verb!r}\n\n{HELP}", file=sys.stderr)
        return 2
    if verb in {"rebalancer", "demo"} and stamps.is_fresh(ROOT, stamps.PRODUCT):
        return action(rest)
    return guarded(action, rest)


def guarded(action: Callable[[list[str]], int], rest: list[str]) -> int:
    from terminal import MissingPieceError  # noqa: PLC0415

    try:
        return action(rest)
    except MissingPieceError as error:
        print(f"dev: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("dev: stopped; the next start goes on from here", file=sys.stderr)
        return 130


def prepare(level: str) -> None:
    if not stamps.is_fresh(ROOT, level):
        from installation import install  # noqa: PLC0415

        install(ROOT, level)


def replace_by(program: str, *arguments: str) -> int:
    """Become a program of the environment: signals and the exit code are its own."""
    path = ROOT / ".venv" / "bin" / program
    os.execv(path, [str(path), *arguments])


def run_rebalancer(rest: list[str]) -> int:
    prepare(stamps.PRODUCT)
    return replace_by("rebalancer", *rest)


def run_demo(rest: list[str]) -> int:
    return run_rebalancer(["demo", *rest])


def run_bench(rest: list[str]) -> int:
    prepare(stamps.TESTS)
    os.chdir(ROOT)
    return replace_by("python", "-m", "bench", *rest)


def run_check(rest: list[str]) -> int:
    from checks import check  # noqa: PLC0415

    prepare(stamps.TESTS)
    return check(ROOT, rest)


def run_test(rest: list[str]) -> int:
    from suite import test  # noqa: PLC0415

    prepare(stamps.TESTS)
    return test(ROOT, rest)


def run_lock(rest: list[str]) -> int:
    from locking import lock  # noqa: PLC0415

    return lock(ROOT, rest)


def run_setup(rest: list[str]) -> int:
    from browser import find_browser  # noqa: PLC0415

    del rest
    prepare(stamps.TESTS)
    find_browser(ROOT)
    return 0


def print_help(rest: list[str]) -> int:
    del rest
    print(HELP, end="")
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    "demo": run_demo,
    "rebalancer": run_rebalancer,
    "test": run_test,
    "check": run_check,
    "bench": run_bench,
    "lock": run_lock,
    "setup": run_setup,
    "help": print_help,
    "-h": print_help,
    "--help": print_help,
}
