"""Each import contract is broken here on purpose, in a copy of the source, and seen to fail by its name."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

REPOSITORY: Final = Path(__file__).resolve().parents[2]
CONTRACTS: Final = {
    contract["id"]: contract
    for contract in tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the linter said of one contract; line breaks of its output are gone."""

    kept: bool
    words: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the source that tests may break."""

    root: Path

    @contextmanager
    def broken_by(self, lines: Mapping[str, str]) -> Iterator[None]:
        """Add a line to each module, by dotted path below ``rebalancer``; a module that is not there is made."""
        before: dict[Path, str | None] = {}
        for module, line in lines.items():
            path = self.path_of(module)
            before[path] = path.read_text() if path.exists() else None
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{before[path] or ''}\n{line}\n")
        try:
            yield
        finally:
            for path, text in before.items():
                path.unlink() if text is None else path.write_text(text)

    def path_of(self, module: str) -> Path:
        path = self.root / "src" / "rebalancer" / Path(*module.split("."))
        return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")

    def lint(self, contract: str) -> Verdict:
        """Check one contract. What the tests measure must not take the copy for the source."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        done = subprocess.run(
            ["lint-imports", "--no-cache", "--no-logo", "--contract", contract],
            cwd=self.root,
            env={**env, "PYTHONPATH": str(self.root / "src"), "COLUMNS": "200"},
            check=False,
            capture_output=True,
            text=True,
        )
        return Verdict(done.returncode == 0, " ".join((done.stdout + done.stderr).split()))

    def refuses(self, contract: str, lines: Mapping[str, str]) -> str:
        """Break the copy, see the contract fail by its name, and tell what the linter said."""
        with self.broken_by(lines):
            verdict = self.lint(contract)
        assert not verdict.kept, f"{contract} let this pass: {lines}"
        assert f"{CONTRACTS[contract]['name']} BROKEN" in verdict.words
        return verdict.words

    def accepts(self, contract: str, lines: Mapping[str, str]) -> None:
        with self.broken_by(lines):
            verdict = self.lint(contract)
        assert verdict.kept, verdict.words


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """One copy for all tests: modules, contracts, and the linter's own extensions."""
    root = tmp_path_factory.mktemp("source")
    for folder in ("src/rebalancer", "devtools"):
        for path in sorted((REPOSITORY / folder).rglob("*.py")):
            target = root / path.relative_to(REPOSITORY)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    return Copy(root)


def ranks_of(contract: str) -> list[list[str]]:
    """Layers from the inside out; modules of one rank stand together and may not import each other."""
    return [[name.strip().strip("()") for name in rank.split("|")] for rank in reversed(CONTRACTS[contract]["layers"])]


def forbidden_imports(contract: str) -> list[tuple[str, str]]:
    """From each layer to the next one outside it, and both ways between modules of one rank."""
    ranks = ranks_of(contract)
    outward = [(inner, outer) for inside, outside in itertools.pairwise(ranks) for inner in inside for outer in outside]
    sideways = [(one, other) for rank in ranks for one in rank for other in rank if one != other]
    return outward + sideways


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_unbroken_source_keeps_every_contract(source: Copy, contract: str) -> None:
    verdict = source.lint(contract)
    assert verdict.kept, verdict.words
    assert f"{CONTRACTS[contract]['name']} KEPT" in verdict.words


@pytest.mark.parametrize(("inner", "outer"), forbidden_imports("layers"))
def test_no_layer_imports_the_one_outside_it(source: Copy, inner: str, outer: str) -> None:
    made = {} if source.path_of(outer).exists() else {outer: ""}
    words = source.refuses("layers", {**made, inner: f"import rebalancer.{outer}"})
    assert f"rebalancer.{inner} is not allowed to import rebalancer.{outer}" in words


def test_no_module_of_the_domain_imports_one_further_down_the_flow(source: Copy) -> None:
    """Every boundary is broken at once, and every one of them is named."""
    forbidden = forbidden_imports("domain-layers")
    lines = {f"domain.{inner}": f"import rebalancer.domain.{outer}" for inner, outer in forbidden}
    made = {f"domain.{outer}": "" for _, outer in forbidden if f"domain.{outer}" not in lines}
    words = source.refuses("domain-layers", {**made, **lines})
    missed = [
        pair
        for pair in forbidden
        if "rebalancer.domain.{} is not allowed to import rebalancer.domain.{}:".format(*pair) not in words
    ]
    assert len(forbidden) > 25
    assert missed == []


@pytest.mark.parametrize(
    ("contract", "module", "line"),
    [
        ("layers", "domain.money", "from rebalancer.adapters import clock"),
        ("layers", "domain.drift", "from rebalancer.workflows import measure_drift"),
        ("layers", "workflows.measure_drift", "from rebalancer.adapters.storage import journal"),
        ("layers", "workflows.measure_drift", "from rebalancer.settings import load_settings"),
        ("layers", "adapters.files.table", "from rebalancer import bootstrap"),
        ("layers", "api.drift", "from rebalancer.cli import output"),
        ("domain-layers", "domain.money", "from rebalancer.domain.plan import inputs"),
        ("domain-layers", "domain.valuation", "from rebalancer.domain.drift import measure_drift"),
        ("domain-layers", "domain.plan.solver", "from rebalancer.domain.certificate import certify"),
        ("domain-libraries", "domain.money", "import sqlalchemy"),
        ("domain-libraries", "domain.holdings", "from pydantic import BaseModel"),
        ("domain-libraries", "domain.plan.problem", "import highspy"),
        ("domain-libraries", "domain.valuation", "import scipy.optimize"),
        ("domain-libraries", "domain.evidence", "import time"),
        ("domain-libraries", "domain.evidence", "import uuid"),
        ("domain-libraries", "domain.targets", "import os"),
        ("domain-libraries", "domain.plan.desk", "import logging"),
        ("certificate", "domain.certificate.replay", "from rebalancer.domain.plan.solver import solve"),
        ("certificate", "domain.certificate.facts", "from rebalancer.domain.plan import problem"),
    ],
)
def test_an_import_that_the_design_forbids_is_refused(source: Copy, contract: str, module: str, line: str) -> None:
    assert module in source.refuses(contract, {module: line})


def test_the_checker_does_not_reach_the_solver_through_a_third_module(source: Copy) -> None:
    words = source.refuses(
        "certificate", {"domain.certificate.rules": "from rebalancer.domain.plan.proposal import propose_plan"}
    )
    assert "rebalancer.domain.certificate.rules -> rebalancer.domain.plan.proposal" in words


@pytest.mark.parametrize(("contract", "module"), [("layers", "helpers"), ("domain-layers", "domain.helpers")])
def test_a_module_without_a_place_in_the_order_is_refused(source: Copy, contract: str, module: str) -> None:
    assert "helpers" in source.refuses(contract, {module: ""})


@pytest.mark.parametrize(
    ("contract", "module", "line"),
    [
        ("layers", "api.drift", "from rebalancer.domain.drift import measure_drift"),
        ("domain-libraries", "domain.valuation", "import numpy"),
        ("domain-libraries", "domain.plan.solver", "import highspy"),
        ("domain-libraries", "domain.risk", "import scipy.stats"),
        ("certificate", "domain.certificate.rules", "from rebalancer.domain.valuation import value_holdings"),
    ],
)
def test_an_import_that_the_design_allows_passes(source: Copy, contract: str, module: str, line: str) -> None:
    source.accepts(contract, {module: line})
