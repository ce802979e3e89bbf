"""``/livez`` and ``/readyz``: whether the process answers, and whether it can do its work."""

from __future__ import annotations

from fastapi import APIRouter

from rebalancer.api.context import App
from rebalancer.api.models.texts import ProbeBody
from rebalancer.api.problems import documented

router = APIRouter(tags=["health"])


@router.get("/livez", operation_id="livez")
async def livez() -> ProbeBody:
    """The process answers."""
    return ProbeBody(status="ok")


@router.get("/readyz", operation_id="readyz", responses=documented(503))
async def readyz(app: App) -> ProbeBody:
    """The database answers, with the tables that this version needs."""
    await app.journal.portfolios()
    return ProbeBody(status="ok")
