"""``rebalancer schema``."""

from __future__ import annotations

from typing import Annotated

import typer

from rebalancer.adapters.files.schemas import load_schema, schema_names
from rebalancer.cli import output
from rebalancer.cli.options import AsJson


def schema(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The list of names without it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the JSON Schema of a file format."""
    if name is not None:
        output.print_json(load_schema(name))
        return
    names = schema_names()
    output.answer({"items": list(names)}, as_json=as_json, human=lambda: output.line("\n".join(names)))
