"""``rebalancer version``."""

from __future__ import annotations

import platform

from rebalancer.cli import output
from rebalancer.cli.options import AsJson
from rebalancer.cli.release import product_version


def version(as_json: AsJson = False) -> None:
    """Version of the product and of the Python it runs on."""
    document = {"name": "rebalancer", "version": product_version(), "python": platform.python_version()}
    output.answer(document, as_json=as_json, human=lambda: output.line(f"rebalancer {document['version']}"))
