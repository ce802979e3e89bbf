"""TOML as people write it by hand: targets and places."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from rebalancer.adapters.files.decoding import SMALL_SIZE_MAX, decoded
from rebalancer.errors import FileError

_POSITION: Final = re.compile(r"at line (?P<line>\d+), column (?P<column>\d+)")


def parse_toml(data: bytes, name: str) -> dict[str, object]:
    """Read one document of at most 1 MB.

    Raises:
        FileError: A code of ``check_text_file``; ``toml_invalid`` (with line and column), ``toml_too_deep``.
    """
    text = decoded(data, name, SMALL_SIZE_MAX).replace("\r\n", "\n")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise FileError("toml_too_deep", {"file": name}) from None
    except (ValueError, OverflowError) as error:
        # Not only TOMLDecodeError: a number of five thousand digits is a plain ValueError.
        found = _POSITION.search(str(error))
        line, column = (found["line"], found["column"]) if found else (str(text.count("\n") + 1), "1")
        raise FileError("toml_invalid", {"file": name, "line": line, "column": column}) from None
