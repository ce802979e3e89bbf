"""A start may skip the set-up only if the environment is the one the locks describe."""

from __future__ import annotations

from pathlib import Path

import pytest

import stamps


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder whose set-up has just finished for tests."""
    for names in stamps.INPUTS.values():
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"first content of {name}")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / stamps.VENDOR).mkdir(parents=True)
    (tmp_path / "python3.11").touch()
    (tmp_path / "python3.12").touch()
    (tmp_path / ".venv" / "bin" / "python").symlink_to(tmp_path / "python3.11")
    stamps.remember(tmp_path, stamps.TESTS)
    return tmp_path


def test_a_finished_set_up_is_fresh_for_both_levels(project: Path) -> None:
    assert stamps.is_fresh(project, stamps.TESTS)
    assert stamps.is_fresh(project, stamps.PRODUCT)


@pytest.mark.parametrize("name", stamps.INPUTS[stamps.PRODUCT])
def test_a_changed_input_of_the_product_makes_both_levels_stale(project: Path, name: str) -> None:
    (project / name).write_text("second content")
    assert not stamps.is_fresh(project, stamps.PRODUCT)
    assert not stamps.is_fresh(project, stamps.TESTS)


@pytest.mark.parametrize("name", stamps.INPUTS[stamps.TESTS])
def test_a_changed_input_of_the_tests_leaves_the_product_fresh(project: Path, name: str) -> None:
    (project / name).unlink()
    assert stamps.is_fresh(project, stamps.PRODUCT)
    assert not stamps.is_fresh(project, stamps.TESTS)


def test_another_python_makes_the_environment_stale(project: Path) -> None:
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(project / "python3.12")
    assert not stamps.is_fresh(project, stamps.PRODUCT)


def test_the_page_without_its_fetched_files_is_stale(project: Path) -> None:
    (project / stamps.VENDOR).rmdir()
    assert not stamps.is_fresh(project, stamps.PRODUCT)


def test_a_moved_project_is_stale_because_its_scripts_hold_the_old_path(project: Path) -> None:
    moved = project.rename(project.with_name("moved"))
    assert not stamps.is_fresh(moved, stamps.PRODUCT)


def test_a_set_up_for_the_product_alone_is_not_one_for_tests(project: Path) -> None:
    stamps.forget(project)
    stamps.remember(project, stamps.PRODUCT)
    assert stamps.is_fresh(project, stamps.PRODUCT)
    assert not stamps.was_made(project, stamps.TESTS)


def test_an_interrupted_set_up_is_never_fresh(project: Path) -> None:
    stamps.forget(project)
    assert not stamps.is_fresh(project, stamps.PRODUCT)
    assert not stamps.is_fresh(project, stamps.TESTS)
