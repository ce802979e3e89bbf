"""``rebalancer version``."""

from __future__ import annotations

import platform

from rebalancer import __version__
from rebalancer.cli import output
from rebalancer.cli.options import AsJson


def version(as_json: AsJson = False) -> None:
    """Version of the product and of the Python it runs on."""
    document = {"name": "rebalancer", "version": __version__, "python": platform.python_version()}
    output.answer(document, as_json=as_json, human=lambda: output.line(f"rebalancer {document['version']}"))
