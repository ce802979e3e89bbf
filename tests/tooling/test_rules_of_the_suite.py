"""A rule that can no longer fail is no rule: each is broken here on purpose and seen to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
QUIET = ("-p", "no:cacheprovider", "-p", "no:playwright")
CONFTEST = (Path(__file__).resolve().parents[1] / "conftest.py").read_text()
HOOKS = CONFTEST[CONFTEST.index("@pytest.hookimpl") : CONFTEST.index('@pytest.fixture(scope="session")')]


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    """A suite of its own under our rules about skipping."""
    header = "from __future__ import annotations\nfrom collections.abc import Generator\nimport pytest\n"
    pytester.makeconftest(header + HOOKS)
    return pytester


def test_a_skipped_test_fails(suite: pytest.Pytester) -> None:
    suite.makepyfile("import pytest\ndef test_it(): pytest.skip('no server')\n")
    result = suite.runpytest_inprocess(*QUIET)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*nothing is skipped here*no server*"])


def test_a_skipped_file_fails(suite: pytest.Pytester) -> None:
    suite.makepyfile("import pytest\npytest.importorskip('no_such_module')\n")
    result = suite.runpytest_inprocess(*QUIET)
    assert result.ret != 0
    result.assert_outcomes(errors=1)


def test_an_expected_failure_is_not_a_skip(suite: pytest.Pytester) -> None:
    suite.makepyfile("import pytest\n@pytest.mark.xfail(strict=True)\ndef test_it(): assert False\n")
    suite.runpytest_inprocess(*QUIET).assert_outcomes(xfailed=1)
