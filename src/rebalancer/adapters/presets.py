"""Presets: targets files that ship with the product. Their titles hang on their names in the text catalogue."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from rebalancer.ports.records import Preset


@cache
def load_presets() -> tuple[Preset, ...]:
    """Every preset, in alphabetical order of name."""
    folder = files("rebalancer") / "reference" / "presets"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(Preset(name.removesuffix(".toml"), (folder / name).read_text(encoding="utf-8")) for name in names)
