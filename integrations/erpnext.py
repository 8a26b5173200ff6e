"""ERPNext: documents of the type BOM in, custom fields of the item out.

The fields `custom_rare_earth_score` (float), `custom_rare_earth_band` (data) and
`custom_rare_earth_as_of` (date) are made once under Customize Form, Item.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from app.client import Assessment, Client

Row = dict[str, Any]


def signed_in(url: str, *, key: str, secret: str) -> httpx.Client:
    """Return a client that signs in with the key and secret of an API user."""
    return httpx.Client(base_url=url, headers={"authorization": f"token {key}:{secret}"})


def score_item(
    erpnext: httpx.Client, lodestone: Client, *, bom: str, context: Mapping[str, object]
) -> Assessment:
    """Score the item of a BOM and of all BOMs below it, and write the score to the item.

    Args:
        erpnext: Client signed in.
        lodestone: The service.
        bom: Name of the document, such as "BOM-TM-150-001".
        context: destination, end_use, as_of.
    """
    documents = _with_parts(erpnext, bom)
    file = httpx.Request("POST", "http://json", json=documents).content
    assessment = lodestone.assess_file(file, name=f"{bom}.json", **context)
    values = {
        "custom_rare_earth_score": assessment.bom.score,
        "custom_rare_earth_band": assessment.bom.band,
        "custom_rare_earth_as_of": assessment.as_of,
    }
    path = f"/api/resource/Item/{documents[0]['item']}"
    erpnext.put(path, json=values).raise_for_status()
    return assessment


def _with_parts(erpnext: httpx.Client, top: str) -> list[Row]:
    documents: dict[str, Row] = {}
    waiting = [top]
    while waiting:
        name = waiting.pop(0)
        if name in documents:
            continue
        answer = erpnext.get(f"/api/resource/BOM/{name}").raise_for_status().json()
        documents[name] = answer["data"]
        waiting.extend(item["bom_no"] for item in answer["data"]["items"] if item.get("bom_no"))
    return list(documents.values())
