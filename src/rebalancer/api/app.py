"""The server: routes, guards around them, the page beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.routing import compile_path

from rebalancer import __version__
from rebalancer.api import (
    about,
    accounts,
    assets,
    drift,
    health,
    holdings,
    markets,
    places,
    plans,
    portfolios,
    prices,
    runs,
    targets,
    taxonomy,
    texts,
    venues,
)
from rebalancer.api.access_log import AccessLog
from rebalancer.api.bodies import BodyLimit
from rebalancer.api.context import ServerContext
from rebalancer.api.guards import HostGuard, OriginGuard
from rebalancer.api.headers import SecurityHeaders
from rebalancer.api.idempotency import Idempotency, require_key
from rebalancer.api.models.about import NAME
from rebalancer.api.models.problem import Problem, ProblemIssue
from rebalancer.api.pages import INDEX, page_routes
from rebalancer.api.problems import install_problem_handlers

if TYPE_CHECKING:
    import re

    from rebalancer.ports.application import Application

PREFIX: Final = "/api/v1"
ROUTERS: Final = (
    portfolios.router,
    holdings.router,
    accounts.router,
    drift.router,
    assets.router,
    taxonomy.router,
    places.router,
    venues.router,
    prices.router,
    markets.router,
    targets.router,
    plans.router,
    runs.router,
    texts.router,
    about.router,
)
_DESCRIPTION: Final = """
Read holdings, compare them with your targets, plan the trades that can be made. Money and quantities are decimal
strings, weights are fractions, instants are RFC 3339 in UTC. Errors are RFC 9457 problem documents with a stable
`code`. Lists come in pages: `next_cursor` of one is `cursor` of the next. Every POST that changes something needs an
`Idempotency-Key`.
"""
_TAGS: Final = {
    "portfolios": "The portfolios of this installation.",
    "holdings": "What is held: preview, import, list; the accounts it was imported for.",
    "drift": "What it is worth and how far it is from the targets.",
    "assets": "The registry of assets.",
    "taxonomy": "Groups, unidentified symbols, and decisions about both.",
    "places": "Where coins lie and who can trade there.",
    "prices": "Prices from a file of yours.",
    "markets": "Venue markets from a file of yours.",
    "targets": "What you want to hold.",
    "plans": "Plans from your rules, with their certificates and checklists.",
    "runs": "What was done and what came of it.",
    "texts": "File formats and sentences.",
    "about": "The program itself.",
    "health": "Probes.",
}


def create_app(application: Application, *, demo: bool = False, json_logs: bool = True) -> FastAPI:
    """Build the server around an application.

    Args:
        application: The ports.
        demo: Whether the portfolio is made up; the page then says so everywhere.
        json_logs: Whether log lines are JSON, for programs, or text, for people.
    """
    app = FastAPI(
        title=NAME,
        version=__version__,
        description=_DESCRIPTION,
        openapi_url=f"{PREFIX}/openapi.json",
        openapi_tags=[{"name": name, "description": words} for name, words in _TAGS.items()],
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=_guards(application, json_logs=json_logs),
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.context = ServerContext(application, demo)
    install_problem_handlers(app)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    app.include_router(health.router)
    app.router.routes.extend(page_routes())
    _document_problems(app)
    return app


def _guards(application: Application, *, json_logs: bool) -> list[Middleware]:
    """From the outside in: headers on whatever is answered, one log line, then everything that may refuse."""
    return [
        Middleware(SecurityHeaders, index=INDEX),
        Middleware(AccessLog, ids=application.ids, clock=application.clock, as_json=json_logs),
        Middleware(HostGuard),
        Middleware(OriginGuard),
        Middleware(BodyLimit),
        Middleware(Idempotency, application=application, keyed=keyed_paths()),
    ]


def keyed_paths() -> list[re.Pattern[str]]:
    """Paths whose POST needs an idempotency key: those of the routes that say so."""
    return [
        compile_path(PREFIX + route.path)[0]
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and any(used.dependency is require_key for used in route.dependencies)
    ]


def _document_problems(app: FastAPI) -> None:
    """Let OpenAPI know the problem document, which no route declares as its own answer."""
    original = app.openapi

    def openapi() -> dict[str, Any]:
        document = original()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for model in (Problem, ProblemIssue):
            schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
            schema.pop("$defs", None)
            schemas[model.__name__] = schema
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend the document
