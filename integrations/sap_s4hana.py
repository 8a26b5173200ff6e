"""SAP S/4HANA: items of `API_BILL_OF_MATERIAL_SRV` in, custom fields of the product out.

Decimals come as text, dates as `/Date(milliseconds)/`, rows inside `d.results`; units are those of
the language of the user, so the program asks in English. Names of custom fields (`YY1_…`) are
those that key users of your system gave.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx

from app.client import Assessment, Client

BOM_SERVICE = "/sap/opu/odata/sap/API_BILL_OF_MATERIAL_SRV;v=0002"
PRODUCT_SERVICE = "/sap/opu/odata/sap/API_PRODUCT_SRV"
_DATE = re.compile(r"^/Date\((-?\d+)(?:[+-]\d{4})?\)/$")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PAGE = 500

Row = dict[str, Any]


def score_material(
    sap: httpx.Client,
    lodestone: Client,
    *,
    material: str,
    plant: str,
    context: Mapping[str, object],
) -> Assessment:
    """Score a material by its bill of materials, and write the score to its product.

    Args:
        sap: Client signed in to the system.
        lodestone: The service.
        material: Number of the material.
        plant: Plant whose bill of materials counts.
        context: destination, end_use, as_of.
    """
    as_of = date.fromisoformat(str(context["as_of"]))
    header = bom_header(sap, material=material, plant=plant)
    items = [item for item in bom_items(sap, header) if valid_on(item, as_of)]
    request = {"d": {"results": [header | {"to_BillOfMaterialItem": {"results": items}}]}}
    file = httpx.Request("POST", "http://json", json=request).content
    assessment = lodestone.assess_file(file, name=f"{material}.json", **context)
    write_back(sap, material, assessment)
    return assessment


def bom_header(sap: httpx.Client, *, material: str, plant: str) -> Row:
    """Return the header of the production bill of materials of a material."""
    (header, *_) = _rows(
        sap, f"{BOM_SERVICE}/MaterialBOM", f"Material eq '{material}' and Plant eq '{plant}'"
    )
    return header


def bom_items(sap: httpx.Client, header: Row) -> list[Row]:
    """Return the items of a bill of materials, of all pages."""
    where = (
        f"BillOfMaterial eq '{header['BillOfMaterial']}' and "
        f"BillOfMaterialVariant eq '{header['BillOfMaterialVariant']}'"
    )
    return _rows(sap, f"{BOM_SERVICE}/MaterialBOMItem", where)


def _rows(sap: httpx.Client, path: str, where: str) -> list[Row]:
    rows: list[Row] = []
    while True:
        query = {
            "$filter": where,
            "$format": "json",
            "$top": str(_PAGE),
            "$skip": str(len(rows)),
            "sap-language": "EN",
        }
        answer = sap.get(path, params=query).raise_for_status().json()
        page = answer["d"]["results"]
        rows.extend(page)
        if len(page) < _PAGE:
            return rows


def valid_on(item: Row, day: date) -> bool:
    """Return whether an item goes into the product on a day; open ends are always valid."""
    start = day_of(item.get("ValidityStartDate"))
    end = day_of(item.get("ValidityEndDate"))
    return (start is None or start <= day) and (end is None or day <= end)


def day_of(text: str | None) -> date | None:
    """Return the day of a date of OData 2, of one of ISO 8601, or None.

    Examples:
        >>> day_of("/Date(1772323200000)/")
        datetime.date(2026, 3, 1)
    """
    if not text:
        return None
    found = _DATE.match(text)
    if found is None:
        return date.fromisoformat(text[:10])
    return (_EPOCH + timedelta(milliseconds=int(found[1]))).date()


def odata_date(day: str) -> str:
    """Return a day of ISO 8601 as a date of OData 2."""
    moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=UTC)
    return f"/Date({int((moment - _EPOCH).total_seconds() * 1000)})/"


def custom_fields(assessment: Assessment) -> Row:
    """Return an assessment as custom fields: a decimal as text, a text, a date."""
    score = assessment.bom.score
    return {
        "YY1_RareEarthScore_PRD": None if score is None else f"{score:.1f}",
        "YY1_RareEarthBand_PRD": assessment.bom.band,
        "YY1_RareEarthAsOf_PRD": odata_date(assessment.as_of),
    }


def write_back(sap: httpx.Client, material: str, assessment: Assessment) -> None:
    """Change the custom fields of a product, with the token and the tag that SAP asks for."""
    path = f"{PRODUCT_SERVICE}/A_Product('{material}')"
    read = sap.get(path, params={"$format": "json"}, headers={"x-csrf-token": "Fetch"})
    read.raise_for_status()
    headers = {
        "x-csrf-token": read.headers["x-csrf-token"],
        "if-match": read.headers.get("etag", "*"),
    }
    sap.patch(path, json={"d": custom_fields(assessment)}, headers=headers).raise_for_status()


def rows_of_explosion(answer: Mapping[str, Any]) -> Sequence[Row]:
    """Return the rows of an answer of `explodeBom`, for a file that Lodestone reads as it is."""
    found: Any = answer["d"]
    for key in ("explodeBom", "results"):
        if isinstance(found, Mapping) and key in found:
            found = found[key]
    rows: Sequence[Row] = found
    return rows
