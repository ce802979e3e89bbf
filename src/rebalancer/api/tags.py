"""ETags: whether the caller has seen this state of a thing already."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from rebalancer.api.problems import NOT_MODIFIED

if TYPE_CHECKING:
    from pydantic import BaseModel
    from starlette.requests import Request

_HASH_LENGTH: Final = 20


def tagged(request: Request, body: BaseModel | bytes, tag: str = "") -> Response:
    """The body under its tag; nothing but the tag when the caller has it (``If-None-Match``).

    Args:
        request: Whose ``If-None-Match`` is asked.
        body: What to answer, as a model or as JSON.
        tag: What the tag begins with; the rest of it is a hash of the body.
    """
    data = body if isinstance(body, bytes) else body.model_dump_json(by_alias=True).encode()
    quoted = f'"{tag}{hashlib.sha256(data).hexdigest()[:_HASH_LENGTH]}"'
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    if quoted in known or "*" in known:
        return Response(status_code=NOT_MODIFIED, headers={"etag": quoted})
    return Response(data, headers={"etag": quoted}, media_type="application/json")
