"""Dynamics 365 Business Central: production BOM lines in, a page of your own extension out.

The lines come from the page "Production BOM Lines", published as the web service of that name. The
result goes to a page `RareEarthRisk` of an extension, keyed by the number of the item.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import httpx

from app.client import Assessment, Client

Row = dict[str, Any]

#: Field of OData, and the caption by which the table is known.
_COLUMNS = {
    "Production_BOM_No": "Production BOM No.",
    "Line_No": "Line No.",
    "Type": "Type",
    "No": "No.",
    "Description": "Description",
    "Unit_of_Measure_Code": "Unit of Measure Code",
    "Quantity_per": "Quantity per",
    "Scrap_Percent": "Scrap %",
}


def score_item(
    central: httpx.Client,
    lodestone: Client,
    *,
    company: str,
    bom: str,
    context: Mapping[str, object],
) -> Assessment:
    """Score an item by the production BOM of the same number, and write the score.

    Args:
        central: Client signed in, its base the environment.
        lodestone: The service.
        company: Name of the company.
        bom: Number of the production BOM and of the item.
        context: destination, end_use, as_of.
    """
    root = f"/ODataV4/Company('{company}')"
    table = as_csv(_with_parts(central, root, bom))
    assessment = lodestone.assess_file(table, name=f"{bom}.csv", **context)
    values = {
        "Score": assessment.bom.score,
        "Band": assessment.bom.band,
        "As_Of": assessment.as_of,
    }
    path = f"{root}/RareEarthRisk(Item_No='{bom}')"
    central.patch(path, json=values, headers={"if-match": "*"}).raise_for_status()
    return assessment


def _with_parts(central: httpx.Client, root: str, top: str) -> list[Row]:
    found: dict[str, list[Row]] = {}
    waiting = [top]
    while waiting:
        number = waiting.pop(0)
        if number in found:
            continue
        found[number] = []
        url: str | None = f"{root}/ProductionBOMLines"
        query: dict[str, str] | None = {"$filter": f"Production_BOM_No eq '{number}'"}
        while url is not None:
            answer = central.get(url, params=query).raise_for_status().json()
            found[number].extend(answer["value"])
            url, query = answer.get("@odata.nextLink"), None
        waiting.extend(row["No"] for row in found[number] if row["Type"] == "Production BOM")
    return [row for rows in found.values() for row in rows]


def as_csv(rows: list[Row]) -> bytes:
    """Return the lines as the table that the client of Business Central exports."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS.values())
    for row in rows:
        writer.writerow([row.get(name, "") for name in _COLUMNS])
    return text.getvalue().encode()
