"""The template of a bill of materials, to fill in."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from app.api.negotiation import CSV, MEDIA_TYPES, XLSX
from app.api.schemas.fields import Language

router = APIRouter(prefix="/v1", tags=["Assessments"])

_ANSWERS: dict[int | str, dict[str, object]] = {
    200: {
        "description": "The empty template.",
        "content": {
            MEDIA_TYPES[XLSX]: {"schema": {"type": "string", "format": "binary"}},
            MEDIA_TYPES[CSV]: {"schema": {"type": "string"}},
        },
    }
}


class TemplateQuery(BaseModel):
    """Which template."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Annotated[Literal["xlsx", "csv"], Field(description="Kind of file.")] = "xlsx"
    language: Annotated[Language, Field(description="Language of the headers and the help.")] = "en"


@router.get(
    "/template",
    summary="Download the template",
    response_model=None,
    response_class=Response,
    responses=_ANSWERS,
)
def get_template(query: Annotated[TemplateQuery, Query()]) -> Response:
    """Return an empty bill of materials with its columns and how to fill them."""
    from app.readers.template import template_file  # noqa: PLC0415 - loaded at its first use

    name = f"lodestone-template-{query.language}.{query.format}"
    return Response(
        template_file(query.format, query.language),
        media_type=MEDIA_TYPES[query.format],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
