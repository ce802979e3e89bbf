"""``rebalancer openapi``: the description of the HTTP API."""

from __future__ import annotations

from rebalancer.cli import output
from rebalancer.cli.options import AsJson


def openapi(as_json: AsJson = False) -> None:
    """Print the OpenAPI document of the HTTP API."""
    from rebalancer.api.openapi import openapi_document

    del as_json  # It is JSON in any case.
    output.print_json(openapi_document())
