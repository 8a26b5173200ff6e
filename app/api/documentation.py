"""The OpenAPI document: request bodies that routes read themselves, and one form of problem."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from app import __version__
from app.api.examples import example_requests
from app.api.openapi_links import add_links
from app.api.openapi_security import add_security
from app.api.problems import MEDIA_TYPE
from app.api.retirement import mark_deprecated
from app.api.schemas.answers import AssessmentAnswer, ElementsView, Summary
from app.api.schemas.bom import AssessmentRequest, IdentifyRequest
from app.api.schemas.catalogue import CatalogueProblem, CatalogueProduct, CatalogueSummaryLine
from app.api.schemas.context import ContextText
from app.api.schemas.controls import ControlList, ControlTable, OneControl
from app.api.schemas.elements import ElementList, OneElement
from app.api.schemas.file_options import FileOptionsText
from app.api.schemas.identified import FileIdentifyAnswer, IdentifyAnswer
from app.api.schemas.law import DiffAnswer, DiffRequest, LawCalendar, ProductCalendar
from app.api.schemas.operation import Health, Readiness
from app.api.schemas.problem import Problem
from app.api.schemas.reference import MethodologyAnswer, OneSector, ReferenceAnswer, SectorList
from app.api.schemas.screening import Screening, ScreeningRequest
from app.api.schemas.what_if import MitigationsRequest, ScenariosRequest
from app.api.schemas.what_if_answers import MitigationsAnswer, ScenariosAnswer

TITLE = "Lodestone"
SUMMARY = "Rare-earth procurement risk of a bill of materials, on a date, with its sources"
DESCRIPTION = """
Send a bill of materials and a question (destination, end use, date); get a score from 0 to 100 for
each of the 17 rare earths and for each sector, with bounds, and for each point the measure or
figure behind it and its source.

* Every answer names `api_version`, `methodology_version` and `reference_data_version`.
* The same request gives the same bytes.
* Errors are problem documents (RFC 9457) that list everything that is wrong, with JSON pointers.
* Nothing that you send is kept, and no log holds any of it.
"""
TAGS = [
    {"name": "Assessments", "description": "Scores of a bill of materials."},
    {"name": "What if", "description": "Changed inputs, and what could be done."},
    {"name": "Identification", "description": "Which rare earths the lines hold."},
    {"name": "Reference", "description": "Elements, sectors, export controls, method, sources."},
    {"name": "Operation", "description": "Whether the service lives and is ready."},
]
_ANSWERS: tuple[type, ...] = (
    AssessmentAnswer,
    ElementsView,
    Summary,
    ScenariosAnswer,
    MitigationsAnswer,
    IdentifyAnswer,
    FileIdentifyAnswer,
    SectorList,
    OneSector,
    ElementList,
    OneElement,
    ControlList,
    OneControl,
    ControlTable,
    MethodologyAnswer,
    ReferenceAnswer,
    Health,
    Readiness,
    Screening,
    LawCalendar,
    ProductCalendar,
    DiffAnswer,
    CatalogueProblem,
    CatalogueSummaryLine,
)
_BODIES: tuple[type[BaseModel], ...] = (
    AssessmentRequest,
    ScenariosRequest,
    MitigationsRequest,
    IdentifyRequest,
    ScreeningRequest,
    DiffRequest,
    CatalogueProduct,
    Problem,
)
#: The example that the what-ifs are about.
WHAT_IF_EXAMPLE = "traction-motor"
_REF = "#/components/schemas/{model}"
#: What only a request with a body can be told.
_WITH_BODY = {
    "400": "The body cannot be read.",
    "406": "No answer is made in the form that `Accept` wants.",
    "413": "A limit is passed; the problem names it.",
    "415": "The body comes in a form that is not read.",
}


def answered(description: str, *kinds: type, csv: bool = False) -> dict[int | str, dict[str, Any]]:
    """Return what documents the good answer of a route: one of some schemas, perhaps CSV too.

    Routes write their answers themselves, so FastAPI need not build a validator for them.
    """
    references = [{"$ref": _REF.format(model=kind.__name__)} for kind in kinds]
    schema = references[0] if len(references) == 1 else {"anyOf": references}
    content: dict[str, Any] = {"application/json": {"schema": schema}}
    if csv:
        content["text/csv"] = {"schema": {"type": "string"}}
    return {200: {"description": description, "content": content}}


def json_body(model: type[BaseModel], *, examples: dict[str, Any]) -> dict[str, Any]:
    """Return what documents a JSON body that a route reads itself."""
    schema = {"$ref": _REF.format(model=model.__name__)}
    content = {"application/json": {"schema": schema, "examples": examples}}
    return {"requestBody": {"required": True, "content": content}}


def catalogue_body(media_type: str) -> dict[str, Any]:
    """Return what documents a catalogue: one product a line.

    OpenAPI 3.1 knows no schema of a line: the body is text whose content has that of each line.
    """
    product = {
        "id": "lamp-7",
        "context": {"destination": "DE", "end_use": "civil"},
        "lines": [{"line_id": "1", "description": "Red phosphor Y2O3:Eu"}],
    }
    schema = _lines_of(media_type, {"$ref": _REF.format(model="CatalogueProduct")})
    line = json.dumps(product) + "\n"
    content = {media_type: {"schema": schema, "examples": {"one line": {"value": line}}}}
    text = "One product a line, plain or as gzip or zstd (`Content-Encoding`)."
    return {"requestBody": {"required": True, "description": text, "content": content}}


def catalogue_answer(media_type: str) -> dict[int | str, dict[str, Any]]:
    """Return what documents the answer to a catalogue; the schema is that of each line."""
    kinds = (Summary, ElementsView, AssessmentAnswer, CatalogueProblem, CatalogueSummaryLine)
    references = [{"$ref": _REF.format(model=kind.__name__)} for kind in kinds]
    text = (
        "One line for each product in their order, an assessment that begins with `id` or a "
        "`problem`; the last line is the `summary`."
    )
    content = {media_type: {"schema": _lines_of(media_type, {"anyOf": references})}}
    return {200: {"description": text, "content": content}}


def _lines_of(media_type: str, line: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a text with one JSON object a line."""
    return {"type": "string", "contentMediaType": media_type, "contentSchema": line}


def upload_body(*, context: bool = True) -> dict[str, Any]:
    """Return what documents the multipart form of an upload.

    Args:
        context: Whether the question is asked; else its fields are taken and change nothing.

    The example of each field is empty: Swagger UI fills in its example and sends it.
    """
    properties: dict[str, Any] = {
        "file": {
            "type": "string",
            "contentMediaType": "application/octet-stream",
            "description": "One bill of materials.",
        }
    }
    models = (ContextText, FileOptionsText)
    fields = [pair for model in models for pair in model.model_json_schema()["properties"].items()]
    for name, field in fields:
        described = {"type": "string", "examples": [""], "description": field["description"]}
        if "enum" in field:
            described |= {"enum": [*field["enum"], ""]}
        properties[name] = described
    if context:
        properties["destination"]["examples"] = ["JP"]
    form = {
        "type": "object",
        "required": ["file"],
        "properties": properties,
        "additionalProperties": False,
    }
    content = {"multipart/form-data": {"schema": form}}
    return {"requestBody": {"required": True, "content": content}}


def assessment_examples() -> dict[str, Any]:
    """Return the example requests of an assessment."""
    return example_requests()


def identify_examples() -> dict[str, Any]:
    """Return the lines of each example as a request for identification."""
    return {
        name: {"summary": example["summary"], "value": {"lines": example["value"]["bom"]["lines"]}}
        for name, example in example_requests().items()
    }


def screening_examples() -> dict[str, Any]:
    """Return example names: one on a list, one near a listed one, one on none."""
    names = ["株式会社IHIエアロスペース", "Hensolt AG", "Example Works Co., Ltd."]
    return {"three-names": {"summary": "Three names", "value": {"names": names}}}


def diff_examples() -> dict[str, Any]:
    """Return each example with the two days between which a suspension ran out."""
    days = {"from": {"as_of": "2026-11-10"}, "to": {"as_of": "2026-11-11"}}
    return {
        name: {
            "summary": example["summary"],
            "value": {k: v for k, v in example["value"].items() if k != "as_of"} | days,
        }
        for name, example in example_requests().items()
    }


def scenario_examples() -> dict[str, Any]:
    """Return an example with what-ifs: built-in ones, and one of own patches."""
    request = example_requests()[WHAT_IF_EXAMPLE]
    scenarios: list[dict[str, Any]] = [
        {"id": "ban", "builtin": "destination_ban"},
        {"id": "revive", "builtin": "suspensions_revive"},
        {
            "id": "kuala-lumpur",
            "patches": [
                {"op": "second_source", "stage": "separation", "country": "MY", "share": 0.3},
                {"op": "set_lines", "line_ids": ["40"], "stock_days": 90},
            ],
        },
    ]
    value = {**request["value"], "scenarios": scenarios, "sectors": False}
    return {WHAT_IF_EXAMPLE: {"summary": request["summary"], "value": value}}


def mitigation_examples() -> dict[str, Any]:
    """Return each example as a request for actions."""
    return {
        name: {
            "summary": example["summary"],
            "value": {**example["value"], "limit": 10, "include": ["questions"]},
        }
        for name, example in example_requests().items()
    }


def operation_id(route: APIRoute) -> str:
    """Return the name of the route's function, which is unique and in snake_case."""
    return route.name


def openapi_document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of the application, built once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=TITLE,
            version=__version__,
            summary=SUMMARY,
            description=DESCRIPTION.strip(),
            routes=app.routes,
            tags=TAGS,
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        )
        _add_bodies(document)
        for path, operation in _operations(document):
            _document_problems(path, operation)
        service = getattr(app.state, "service", None)
        add_security(document, auth=None if service is None else service.settings.auth or "none")
        add_links(document)
        mark_deprecated(document)
        app.openapi_schema = document
    return app.openapi_schema


def _add_bodies(document: dict[str, Any]) -> None:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    documented: list[tuple[type[BaseModel], Literal["validation"]]] = [
        (model, "validation") for model in _BODIES
    ]
    _, definitions = models_json_schema(documented, ref_template=_REF)
    _close_maps(definitions["$defs"])
    schemas.update(definitions["$defs"])
    answers: list[tuple[type, Literal["serialization"], TypeAdapter[Any]]] = [
        (kind, "serialization", TypeAdapter(kind)) for kind in _ANSWERS
    ]
    _, of_answers = TypeAdapter.json_schemas(answers, ref_template=_REF)
    schemas.update(of_answers["$defs"])
    for left_over in ("HTTPValidationError", "ValidationError"):
        schemas.pop(left_over, None)
    document["components"]["schemas"] = dict(sorted(schemas.items()))


def _close_maps(node: object) -> None:
    """Say of each map whose keys have a form that it takes no other; pydantic leaves that out."""
    if isinstance(node, list):
        for one in node:
            _close_maps(one)
    elif isinstance(node, dict):
        if "patternProperties" in node:
            node.setdefault("additionalProperties", False)
        for one in node.values():
            _close_maps(one)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def _document_problems(path: str, operation: dict[str, Any]) -> None:
    """Say which problems an operation can answer, all in the one form."""
    problems = {"422": "The request does not fit."}
    if "requestBody" in operation:
        problems |= _WITH_BODY
    if "{" in path:
        problems["404"] = "There is no such record."
    content = {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model=Problem.__name__)}}}
    responses = operation["responses"]
    for status, description in sorted(problems.items()):
        responses[status] = {"description": description, "content": content}
