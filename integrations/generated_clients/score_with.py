"""Scores a request through one generated client and prints the scores as JSON.

Runs in the environment of the generators: python score_with.py WAY FOLDER URL REQUEST DOCUMENT
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

Document = Mapping[str, Any]


def scores_in(answer: Document) -> dict[str, Any]:
    """Return every score of an assessment; names of models differ, figures may not."""
    return {
        "bom": {key: answer["bom"][key] for key in ("score", "low", "high", "band")},
        "elements": {one["symbol"]: one["score"] for one in answer["elements"]},
        "sectors": {one["id"]: one["score"] for one in answer["sectors"]},
        "assessment_id": answer["assessment_id"],
    }


def with_openapi_python_client(url: str, request: Document, _document: Path) -> Document:
    """Score with what openapi-python-client made from 3.1."""
    package = importlib.import_module("client_3_1")
    api = importlib.import_module("client_3_1.api.assessments.create_assessment")
    models = importlib.import_module("client_3_1.models")
    body = models.AssessmentRequest.from_dict(request)
    answer = api.sync(client=package.Client(base_url=url), body=body)
    found: Document = answer.to_dict()
    return found


def _with_openapi_generator(name: str) -> Callable[[str, Document, Path], Document]:
    def score(url: str, request: Document, _document: Path) -> Document:
        package = importlib.import_module(name)
        body = package.AssessmentRequest.from_dict(request)
        with package.ApiClient(package.Configuration(host=url)) as connection:
            answer = package.AssessmentsApi(connection).create_assessment(body)
        found: Document = answer.to_dict()
        return found

    return score


def with_bravado(url: str, request: Document, document: Path) -> Document:
    """Score with bravado, which makes its client from 2.0 and checks each answer against it."""
    client = importlib.import_module("bravado.client")
    origin = f"{url}/swagger-2.0.json"
    config = {"validate_responses": True, "validate_requests": True, "use_models": False}
    api = client.SwaggerClient.from_spec(json.loads(document.read_text()), origin, config=config)
    # It wants days as dates and writes them itself.
    body = {**request, "as_of": date.fromisoformat(request["as_of"])}
    found: Document = api.Assessments.create_assessment(body=body).response().result
    return found


WAYS: Mapping[str, Callable[[str, Document, Path], Document]] = {
    "openapi-python-client": with_openapi_python_client,
    "openapi-generator-3.0": _with_openapi_generator("client_3_0"),
    "openapi-generator-2.0": _with_openapi_generator("client_2_0"),
    "bravado": with_bravado,
}

if __name__ == "__main__":
    way, folder, address, request_file, document_file = sys.argv[1:]
    sys.path.insert(0, folder)
    wanted = json.loads(Path(request_file).read_text(encoding="utf-8"))
    answered = WAYS[way](address, wanted, Path(document_file))
    json.dump(scores_in(answered), sys.stdout, sort_keys=True)
