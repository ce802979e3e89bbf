"""What a route gets from the server: the application, the settings, the caller's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeAlias, cast

from fastapi import Depends, Path, Request, UploadFile

from rebalancer.api.language import preferred_language
from rebalancer.ports.application import Application
from rebalancer.ports.files import Upload


@dataclass(frozen=True, slots=True)
class ServerContext:
    """What the server was made with.

    Attributes:
        application: The ports.
        demo: Whether its portfolio is made up.
    """

    application: Application
    demo: bool

    def now(self) -> datetime:
        """The current instant, from the clock port."""
        return self.application.clock.now()


def _context(request: Request) -> ServerContext:
    return cast("ServerContext", cast("Any", request.app).state.context)


def _language(request: Request) -> str:
    return preferred_language(request.scope)


def _application(context: Annotated[ServerContext, Depends(_context)]) -> Application:
    return context.application


Context: TypeAlias = Annotated[ServerContext, Depends(_context)]
App: TypeAlias = Annotated[Application, Depends(_application)]
Language: TypeAlias = Annotated[str, Depends(_language)]
PortfolioId: TypeAlias = Annotated[str, Path(max_length=64, description="Id of the portfolio.")]


async def upload_of(file: UploadFile) -> Upload:
    """The whole file; its name is only ever shown."""
    return Upload(file.filename or "", await file.read())
