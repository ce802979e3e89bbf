"""Tables for people on stdout. Rich is loaded with this module, and this module only when a table is drawn."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rebalancer.cli.output import ReaderGoneError


class _Terminal(Console):
    """Rich ends the process with an error when whoever reads (``head``, say) has left; that is no error of ours."""

    def on_broken_pipe(self) -> NoReturn:
        """Let the command's entry know, which ends quietly."""
        raise ReaderGoneError


def draw(columns: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int]) -> None:
    """Draw a table; cells are text and never read as markup."""
    drawn = Table(box=box.SIMPLE_HEAD, expand=False)
    for position, column in enumerate(columns):
        drawn.add_column(column, justify="right" if position in right else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*map(Text, row))
    _Terminal(file=sys.stdout, soft_wrap=False).print(drawn)
