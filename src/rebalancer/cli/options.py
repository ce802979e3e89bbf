"""Options that many commands share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
PortfolioOption: TypeAlias = Annotated[
    str | None, typer.Option("--portfolio", metavar="ID", help="Portfolio to work on; the first one without it.")
]
FileArgument: TypeAlias = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")]
OutFile: TypeAlias = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of stdout.")
]
