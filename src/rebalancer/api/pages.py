"""The page and its files, and ``/docs``: everything that is not data. No file outside two folders can be reached."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

import rebalancer
from rebalancer.api.headers import DOCS_PATH

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

UI_FOLDER: Final = Path(rebalancer.__file__).parent / "ui"
INDEX: Final = UI_FOLDER / "index.html"
_STATIC: Final = Path(__file__).parent / "static"

# Some systems' tables call JavaScript text/plain, and a browser then refuses the module.
for _ending, _kind in ((".js", "text/javascript"), (".mjs", "text/javascript"), (".json", "application/json")):
    mimetypes.add_type(_kind, _ending)


def page_routes() -> list[BaseRoute]:
    """Routes of the page; they come last, after the API's."""
    return [
        Route(DOCS_PATH, _docs, methods=["GET"], include_in_schema=False),
        Route(f"{DOCS_PATH}/docs.js", _docs_script, methods=["GET"], include_in_schema=False),
        Mount("/", StaticFiles(directory=UI_FOLDER, html=True, check_dir=False), name="page"),
    ]


async def _docs(request: Request) -> FileResponse:
    del request
    return FileResponse(_STATIC / "docs.html")


async def _docs_script(request: Request) -> FileResponse:
    del request
    return FileResponse(_STATIC / "docs.js")
