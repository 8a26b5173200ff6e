"""InvenTree: BOM items with their parts in, metadata of the part out.

What a plugin for export would do, from outside: metadata belong to programs and are shown to no
one, so pair this with a custom panel or parameter where people should see the score.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from app.client import Assessment, Client

Row = dict[str, Any]

_PAGE = 250


def signed_in(url: str, *, token: str) -> httpx.Client:
    """Return a client that signs in with a token."""
    return httpx.Client(base_url=url, headers={"authorization": f"Token {token}"})


def score_part(
    inventree: httpx.Client, lodestone: Client, *, part: int, context: Mapping[str, object]
) -> Assessment:
    """Score a part by its bill of materials, and write the score into its metadata.

    Args:
        inventree: Client signed in.
        lodestone: The service.
        part: Key of the part.
        context: destination, end_use, as_of.
    """
    items = _with_parts(inventree, part)
    file = httpx.Request("POST", "http://json", json=items).content
    assessment = lodestone.assess_file(file, name=f"part-{part}.json", **context)
    metadata = {
        "rare_earth_risk": {
            "score": assessment.bom.score,
            "band": assessment.bom.band,
            "as_of": assessment.as_of,
        }
    }
    path = f"/api/part/{part}/metadata/"
    inventree.patch(path, json={"metadata": metadata}).raise_for_status()
    return assessment


def _with_parts(inventree: httpx.Client, top: int) -> list[Row]:
    found: dict[int, list[Row]] = {}
    waiting = [top]
    while waiting:
        part = waiting.pop(0)
        if part in found:
            continue
        found[part] = _items_of(inventree, part)
        waiting.extend(
            item["sub_part"] for item in found[part] if item["sub_part_detail"].get("assembly")
        )
    return [item for items in found.values() for item in items]


def _items_of(inventree: httpx.Client, part: int) -> list[Row]:
    items: list[Row] = []
    while True:
        query: dict[str, int | str] = {
            "part": part,
            "sub_part_detail": "true",
            "part_detail": "true",
            "limit": _PAGE,
            "offset": len(items),
        }
        answer = inventree.get("/api/bom/", params=query).raise_for_status().json()
        items.extend(answer["results"])
        if answer.get("next") is None:
            return items
