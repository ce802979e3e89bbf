"""What the documents claim holds: links lead somewhere, commands exist with their options, examples can be read."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from rebalancer.adapters.files.holdings import read_holdings
from rebalancer.adapters.files.markets import read_markets
from rebalancer.adapters.files.places import read_places
from rebalancer.adapters.files.prices import read_prices
from rebalancer.adapters.files.targets import read_targets
from rebalancer.adapters.reference import load_registry, load_venues
from rebalancer.cli.commands import COMMANDS, root
from rebalancer.domain.certificate.verdict import CHECKS

REPOSITORY: Final = Path(__file__).resolve().parents[2]
PAGES: Final = ("README.md", "ARCHITECTURE.md", "STYLE.md", "SECURITY.md", "CHANGELOG.md")
DOCUMENTS: Final = [*map(REPOSITORY.joinpath, PAGES), *sorted((REPOSITORY / "docs").rglob("*.md"))]
VERBS: Final = frozenset({"demo", "rebalancer", "test", "check", "bench", "lock", "setup", "help"})

_FENCE: Final = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK: Final = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_INLINE: Final = re.compile(r"`(?P<line>(?:\./dev|rebalancer) [^`]+)`")
_HEADING: Final = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)


def name(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


def prose(text: str) -> str:
    return _FENCE.sub("", text)


def anchors(path: Path) -> set[str]:
    """The anchors that a forge gives the headings of a page."""
    titles = (heading["title"] for heading in _HEADING.finditer(prose(path.read_text())))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken_links(path: Path) -> list[str]:
    broken = []
    for link in _LINK.finditer(prose(path.read_text())):
        place, _, anchor = link["target"].partition("#")
        if "://" in place:
            continue
        target = (path.parent / place).resolve() if place else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link["target"])
    return broken


def command_lines(text: str) -> Iterator[list[str]]:
    """Words of every command line in a page, comments, settings and redirections gone."""
    lines = [line for fence in _FENCE.finditer(text) if fence["kind"] == "sh" for line in fence["text"].splitlines()]
    lines += [found["line"] for found in _INLINE.finditer(prose(text))]
    for line in lines:
        words = shlex.split(line.partition(" > ")[0], comments=True)
        while words and re.match(r"[A-Z_]+=", words[0]):
            words = words[1:]
        if words:
            yield words


def fault(words: list[str]) -> str | None:
    """What is wrong with a command line, or None."""
    if words[0] == "./dev":
        if words[1] not in VERBS:
            return f"there is no verb {words[1]}"
        if words[1] != "rebalancer":
            return None
        words = words[1:]
    return unknown_command(words[1:]) if words[0] == "rebalancer" else f"there is no program {words[0]}"


def unknown_command(words: list[str]) -> str | None:
    noun, *rest = words
    found = COMMANDS.get(noun)
    if found is None:
        return f"there is no command {noun}"
    command = root().get_command(None, noun)
    if isinstance(found, Mapping) and rest and not rest[0].startswith("-"):
        if rest[0] not in found:
            return f"there is no verb {noun} {rest[0]}"
        command = command.get_command(None, rest[0])
    options = {option for parameter in command.params for option in parameter.opts} | {"--help", "--lang"}
    unknown = [word for word in rest if word.startswith("-") and word not in options]
    return f"{noun} has no option {unknown[0]}" if unknown else None


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    assert broken_links(path) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_command_line_can_be_typed(path: Path) -> None:
    faults = {" ".join(words): fault(words) for words in command_lines(path.read_text())}
    assert {line: said for line, said in faults.items() if said} == {}


def test_the_readme_names_the_two_commands_and_every_noun() -> None:
    text = (REPOSITORY / "README.md").read_text()
    first = [words[:2] for words in command_lines(text)][:2]
    assert first == [["./dev", "demo"], ["./dev", "test"]]
    assert [noun for noun in COMMANDS if f"`{noun}`" not in text] == []


def test_dev_knows_the_verbs_that_the_documents_may_name() -> None:
    done = subprocess.run([REPOSITORY / "dev", "help"], check=True, capture_output=True, text=True)
    assert [verb for verb in sorted(VERBS - {"help"}) if f"\n  {verb}" not in done.stdout] == []


READERS: Final[Mapping[str, Callable[[bytes, str], object]]] = {
    "holdings": read_holdings,
    "targets": lambda data, file: read_targets(data, file, load_registry()),
    "prices": lambda data, file: read_prices(data, file, load_registry()),
    "markets": lambda data, file: read_markets(data, file, load_registry()),
    "places": lambda data, file: read_places(data, file, load_venues()),
}


def examples() -> list[tuple[str, str]]:
    """Examples in the README: what they are of, and their text."""
    fences = _FENCE.finditer((REPOSITORY / "README.md").read_text())
    return [(fence["kind"].split()[1], fence["text"]) for fence in fences if len(fence["kind"].split()) > 1]


@pytest.mark.parametrize(("what", "text"), examples(), ids=[what for what, _ in examples()])
def test_every_example_of_the_readme_can_be_read(what: str, text: str) -> None:
    assert READERS[what](text.encode(), f"example-{what}")


def test_the_readme_has_an_example_of_every_file() -> None:
    assert {what for what, _ in examples()} == set(READERS)


def test_the_glossary_explains_every_check_of_the_certificate() -> None:
    text = (REPOSITORY / "docs" / "glossary.md").read_text()
    assert [check for check in ("hash", "form", *CHECKS, "certificate") if f"| `{check}` |" not in text] == []


def test_every_decision_is_numbered_listed_and_in_three_parts() -> None:
    folder = REPOSITORY / "docs" / "decisions"
    pages = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    listed = (folder / "README.md").read_text()
    for number, path in enumerate(pages, start=1):
        text = path.read_text()
        assert path.name.startswith(f"{number:04d}-")
        assert text.startswith(f"# {number}. ")
        assert [part for part in ("Context", "Decision", "Consequences") if f"\n## {part}\n" not in text] == []
        assert f"({path.name})" in listed


def test_both_guides_have_the_same_chapters() -> None:
    guides = [REPOSITORY / "docs" / "guide" / language / "README.md" for language in ("en", "fr")]
    chapters = [re.findall(r"^\d\. \[", guide.read_text(), re.MULTILINE) for guide in guides]
    assert len(chapters[0]) == len(chapters[1]) > 4


@pytest.mark.parametrize(
    "line",
    [
        "./dev deploy",
        "./dev rebalancer sell",
        "./dev rebalancer holdings burn",
        "./dev rebalancer plan --fast",
        "./dev rebalancer plans tick 3f1c move-1 --now",
        "pip install rebalancer",
    ],
)
def test_a_command_that_does_not_exist_would_be_seen(line: str) -> None:
    page = f"Text.\n\n```sh\n{line}   # so\n```\n"
    assert [fault(words) for words in command_lines(page)] != [None]


def test_a_broken_link_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# One thing\n")
    page = tmp_path / "page.md"
    page.write_text("[a](other.md#one-thing) [b](gone.md) [c](other.md#two) ![d](x.png) [e](https://example.org/x)\n")
    assert broken_links(page) == ["gone.md", "other.md#two", "x.png"]
