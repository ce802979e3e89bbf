"""The targets file: TOML with base currency, targets, primaries and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rebalancer.adapters.files.toml_text import parse_toml
from rebalancer.domain.targets import parse_targets

if TYPE_CHECKING:
    from rebalancer.domain.assets import Registry
    from rebalancer.domain.targets import Targets


def read_targets(data: bytes, name: str, registry: Registry) -> Targets:
    """Read a targets file.

    Raises:
        FileError: The file is not TOML in UTF-8.
        TargetsError: ``targets_invalid``, with every mistake and where it stands.
    """
    return parse_targets(parse_toml(data, name), registry, name)
