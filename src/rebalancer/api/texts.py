"""``/schemas`` and ``/texts``: the published file formats, and the sentences behind codes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path

from rebalancer.adapters.files.schemas import load_schema, schema_names
from rebalancer.adapters.texts import catalogue
from rebalancer.api.models.texts import SchemaList, TextsBody
from rebalancer.api.problems import documented

router = APIRouter(tags=["texts"])


@router.get("/schemas", operation_id="list_schemas")
async def schemas() -> SchemaList:
    """Names of the JSON Schemas of every file format."""
    return SchemaList(items=list(schema_names()))


@router.get("/schemas/{name}", operation_id="show_schema", responses=documented(404))
async def schema(name: Annotated[str, Path(max_length=80)]) -> dict[str, Any]:
    """One JSON Schema (2020-12)."""
    return dict(load_schema(name))


@router.get("/texts/{language}", operation_id="show_texts", responses=documented())
async def texts(language: Literal["en", "fr"]) -> TextsBody:
    """The catalogue of a language."""
    return TextsBody(language=language, texts=dict(catalogue(language)))
