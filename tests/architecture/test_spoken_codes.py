"""Every code of a closed list has its sentence in each language, and no command asks for a sentence that is not there.

Errors and issues are looked after in tests/files/test_texts.py.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from rebalancer.adapters.presets import load_presets
from rebalancer.adapters.texts import LANGUAGES, catalogue
from rebalancer.domain.certificate.verdict import CHECKS
from rebalancer.domain.plan.reasons import AssumptionCode, ExecHint, MoveReason, TradeReason, UntouchedReason

SOURCE: Final = Path(__file__).resolve().parents[2] / "src" / "rebalancer"
SPOKEN: Final[Mapping[str, list[str]]] = {
    "reason": [code.value for code in (*TradeReason, *UntouchedReason)],
    "why": [code.value for code in MoveReason],
    "assumption": [code.value for code in AssumptionCode],
    "hint": [code.value for code in ExecHint],
    "check": ["hash", "form", *CHECKS, "certificate"],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("family", SPOKEN)
def test_every_code_of_a_closed_list_has_its_sentence(language: str, family: str) -> None:
    assert [code for code in SPOKEN[family] if f"{family}.{code}" not in catalogue(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_preset_has_its_title(language: str) -> None:
    assert [preset.name for preset in load_presets() if f"preset.{preset.name}.title" not in catalogue(language)] == []


def keys_asked_for(tree: ast.AST) -> Iterator[str]:
    """Patterns of the keys that a module gives to ``say``; what is filled in at run time is a wildcard."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) == "say":
            yield from (pattern for argument in node.args[:1] for pattern in patterns(argument))


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def patterns(key: ast.expr) -> Iterator[str]:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        yield re.escape(key.value)
    elif isinstance(key, ast.IfExp):
        yield from (*patterns(key.body), *patterns(key.orelse))
    elif isinstance(key, ast.JoinedStr):
        parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+" for part in key.values)
        yield "".join(parts)


def unanswered(tree: ast.AST, language: str) -> list[str]:
    known = catalogue(language)
    return [pattern for pattern in keys_asked_for(tree) if not any(re.fullmatch(pattern, key) for key in known)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("module", sorted((SOURCE / "cli").glob("*.py")), ids=lambda path: path.stem)
def test_a_command_asks_only_for_sentences_that_are_there(module: Path, language: str) -> None:
    assert unanswered(ast.parse(module.read_text()), language) == []


def test_a_sentence_that_is_not_there_would_be_seen() -> None:
    tree = ast.parse('output.say("cli.gone")\nsay(f"reason.{x}.sung")\nsay("a.b" if x else "c.d")\nsay(f"check.{x}")')
    assert unanswered(tree, "en") == [r"cli\.gone", r"reason\.[\w-]+\.sung", r"a\.b", r"c\.d"]
