"""``/about``: which program this is and whose numbers it shows."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from rebalancer.api.context import Context
from rebalancer.api.models.about import AboutBody
from rebalancer.api.tags import tagged

# A browser keeps the answer and uses it only while its tag is still the server's: a demo never passes for real.
_ASK_EACH_TIME: Final = "private, no-cache"

router = APIRouter(tags=["about"])


@router.get("/about", operation_id="about", response_model=AboutBody)
async def about(request: Request, context: Context) -> Response:
    """Name, version, mode and languages of the server."""
    answer = tagged(request, AboutBody.of(demo=context.demo))
    answer.headers["cache-control"] = _ASK_EACH_TIME
    return answer
