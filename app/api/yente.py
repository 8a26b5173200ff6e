"""Asks a matching service of the OpenSanctions kind (yente) about names; off unless set up.

Names go to the service that the operator chose, in the body of the request, never into a log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from app.settings import Settings

if TYPE_CHECKING:
    import httpx

#: Longest wait for an answer [s].
_PATIENCE = 10.0
#: Answers to one name that are passed on.
_MOST_RESULTS = 5


class YenteResult(TypedDict):
    """One entity that the service holds."""

    id: str
    caption: str
    score: float
    match: bool
    datasets: list[str]


class YenteAnswer(TypedDict):
    """What the service said of one name, or that it said nothing."""

    state: Literal["answered", "unavailable"]
    results: list[YenteResult]


UNAVAILABLE: YenteAnswer = {"state": "unavailable", "results": []}


def ask_yente(
    names: Sequence[str], settings: Settings, *, transport: httpx.BaseTransport | None = None
) -> list[YenteAnswer] | None:
    """Return what the service says of each name, or None where none is set up.

    A service that fails or answers something else is told as unavailable; the local lists still
    count.

    Args:
        names: Names as the caller gave them.
        settings: Address and key of the service.
        transport: Stands in for the network in tests.
    """
    if settings.yente_url is None:
        return None
    import httpx  # noqa: PLC0415 - only a deployment that set the service up needs it

    headers = {"accept": "application/json"}
    if settings.yente_key is not None:
        headers["authorization"] = f"ApiKey {settings.yente_key}"
    queries = {
        str(place): {"schema": "LegalEntity", "properties": {"name": [name]}}
        for place, name in enumerate(names)
    }
    try:
        with httpx.Client(timeout=_PATIENCE, transport=transport) as client:
            response = client.post(settings.yente_url, json={"queries": queries}, headers=headers)
        response.raise_for_status()
        responses = response.json()["responses"]
        return [_answer(responses[str(place)]) for place in range(len(names))]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return [UNAVAILABLE for _ in names]


def _answer(response: Mapping[str, object]) -> YenteAnswer:
    results = response["results"]
    if not isinstance(results, list):
        raise TypeError("'results' is no list")
    return {"state": "answered", "results": [_result(one) for one in results[:_MOST_RESULTS]]}


def _result(fields: Mapping[str, object]) -> YenteResult:
    datasets = fields.get("datasets", [])
    if not isinstance(datasets, list):
        raise TypeError("'datasets' is no list")
    return {
        "id": str(fields["id"]),
        "caption": str(fields["caption"]),
        "score": float(str(fields["score"])),
        "match": fields.get("match") is True,
        "datasets": [str(name) for name in datasets],
    }
