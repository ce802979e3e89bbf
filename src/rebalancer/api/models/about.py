"""The body of ``/about``."""

from __future__ import annotations

from typing import Final, Literal

from rebalancer import __version__
from rebalancer.adapters.texts import LANGUAGES
from rebalancer.api.models.base import Body, example

NAME: Final = "Crypto Rebalancer"


class AboutBody(Body):
    """The program, and whether its portfolio is the person's own (``real``) or made up (``demo``)."""

    model_config = example(name=NAME, version="0.1.0", mode="real", languages=["en", "fr"])

    name: str
    version: str
    mode: Literal["demo", "real"]
    languages: list[str]

    @classmethod
    def of(cls, *, demo: bool) -> AboutBody:
        """This program as a body."""
        return cls(name=NAME, version=__version__, mode="demo" if demo else "real", languages=list(LANGUAGES))
