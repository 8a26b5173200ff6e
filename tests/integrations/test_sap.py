"""SAP S/4HANA: text decimals, dates in milliseconds, wrapped rows, tokens, custom fields."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import httpx
import pytest

from app.client import Client
from integrations.sap_s4hana import (
    day_of,
    odata_date,
    rows_of_explosion,
    score_material,
    valid_on,
)
from tests.integrations.conftest import CONTEXT, playing, symbols

HEADER = {
    "BillOfMaterial": "00000042",
    "BillOfMaterialCategory": "M",
    "BillOfMaterialVariant": "1",
    "Material": "TM-150",
    "Plant": "1010",
    "ProductDescription": "Traction motor",
    "BOMHeaderBaseUnit": "PC",
    "BOMHeaderQuantityInBaseUnit": "100.000",
}


def item(number: str, component: str, text: str, quantity: str, unit: str, **more: Any) -> Any:
    return {
        "BillOfMaterial": "00000042",
        "BillOfMaterialItemNumber": number,
        "BillOfMaterialComponent": component,
        "ComponentDescription": text,
        "BillOfMaterialItemQuantity": quantity,
        "BillOfMaterialItemUnit": unit,
        "BillOfMaterialItemCategory": "L",
        "ValidityStartDate": "/Date(1577836800000)/",
        "ValidityEndDate": "/Date(253402214400000)/",
        "ComponentScrapInPercent": "0.00",
        "IsDeleted": False,
        **more,
    }


ITEMS = [
    item("0010", "MAG-42SH", "Sintered NdFeB magnet N42SH", "150000.000", "G"),
    item("0020", "STK-03", "Stator lamination stack", "100.000", "ST"),
    item("0030", "BLT-M8", "Hexagon bolt M8x30", "1600.000", "EA"),
    item("0040", "OLD-1", "Sintered NdFeB magnet N35", "100.000", "PC",
         ValidityEndDate="/Date(1609372800000)/"),
]  # fmt: skip


class Sap:
    """Plays the two services; remembers what was asked and written."""

    def __init__(self, items: list[Any]) -> None:
        self.items = items
        self.asked: list[httpx.Request] = []
        self.written: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> Any:
        path = request.url.path
        if path.endswith("A_Product('TM-150')"):
            if request.method == "PATCH":
                self.written.append(request)
                return httpx.Response(204)
            return httpx.Response(
                200, json={"d": {}}, headers={"x-csrf-token": "T", "etag": 'W/"7"'}
            )
        self.asked.append(request)
        rows = [HEADER] if path.endswith("/MaterialBOM") else self.items
        start, most = int(request.url.params["$skip"]), int(request.url.params["$top"])
        return {"d": {"results": rows[start : start + most]}}


def test_a_material_is_scored_and_its_custom_fields_are_changed(lodestone: Client) -> None:
    sap = Sap(ITEMS)

    result = score_material(
        playing(sap), lodestone, material="TM-150", plant="1010", context=CONTEXT
    )

    lines = {line["line_id"]: line for line in result.document["lines"]}
    assert list(lines) == ["0010", "0020", "0030"]
    assert {"Nd", "Pr", "Dy"} <= symbols(result.document, "0010")
    # 150 000 g go into the 100 motors of the header.
    neodymium = next(one for one in lines["0010"]["elements"] if one["symbol"] == "Nd")
    assert 0.3 < neodymium["mass_kg"]["value"] < 0.5
    assert result.bom.id == "TM-150"
    (change,) = sap.written
    assert (change.headers["x-csrf-token"], change.headers["if-match"]) == ("T", 'W/"7"')
    assert json.loads(change.content) == {
        "d": {
            "YY1_RareEarthScore_PRD": f"{result.bom.score:.1f}",
            "YY1_RareEarthBand_PRD": result.bom.band,
            "YY1_RareEarthAsOf_PRD": "/Date(1772323200000)/",
        }
    }


def test_units_are_asked_for_in_one_language(lodestone: Client) -> None:
    sap = Sap(ITEMS[:1])

    score_material(playing(sap), lodestone, material="TM-150", plant="1010", context=CONTEXT)

    assert {request.url.params["sap-language"] for request in sap.asked} == {"EN"}
    assert sap.asked[0].url.params["$filter"] == "Material eq 'TM-150' and Plant eq '1010'"


def test_all_pages_are_read(lodestone: Client) -> None:
    many = [item(f"{n:04d}", f"P-{n}", "Steel bolt", "1.000", "PC") for n in range(1, 751)]
    sap = Sap(many)

    result = score_material(
        playing(sap), lodestone, material="TM-150", plant="1010", context=CONTEXT
    )

    assert len(result.document["lines"]) == 750


@pytest.mark.parametrize("unit", ["ST", "PC", "EA", "Stück", "STK"])
def test_a_piece_is_a_piece_in_every_language(lodestone: Client, unit: str) -> None:
    rows = [item("0010", "MAG", "NdFeB magnet N42SH, 0.5 kg each", "2.000", unit)]
    file = json.dumps({"d": {"results": rows}}).encode()

    result = lodestone.assess_file(file, name="sap.json", **CONTEXT)

    codes = {one["code"] for one in result.document["lines"][0]["warnings"]}
    assert "Nd" in symbols(result.document, "0010")
    assert not {code for code in codes if "unit" in code and "mass" not in code}, codes


def test_an_explosion_is_read_as_it_comes(lodestone: Client) -> None:
    def row(level: int, component: str, text: str, quantity: str, **more: Any) -> Any:
        return {
            "b_o_m_explosion_level": level,
            "bill_of_material_component": component,
            "component_description": text,
            "bill_of_material_comp_quant": quantity,
            "base_uom": "PC",
            "validity_start_date": "/Date(1577836800000)/",
            **more,
        }

    rows = [
        row(1, "RTR-05", "Rotor", "1.000"),
        row(2, "MAG", "Sintered NdFeB magnet N42SH 40x18x6", "48.000", commodity_code="85051100"),
        row(1, "SHF", "Rotor shaft, forged steel", "1.000"),
    ]
    answer = {"d": {"explodeBom": {"results": rows}}}
    assert rows_of_explosion(answer) == rows

    result = lodestone.assess_file(json.dumps(answer).encode(), name="explosion.json", **CONTEXT)

    assert result.document["file"]["format"] == "sap_explode_bom"
    assert [line["line_id"] for line in result.document["lines"]] == ["1", "2", "3"]
    assert {"Nd", "Dy"} <= symbols(result.document, "2")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("/Date(1772323200000)/", date(2026, 3, 1)),
        ("/Date(1772323200000+0000)/", date(2026, 3, 1)),
        ("/Date(-86400000)/", date(1969, 12, 31)),
        ("2026-03-01T00:00:00", date(2026, 3, 1)),
        (None, None),
        ("", None),
    ],
)
def test_a_date_is_read_in_each_form(text: str | None, day: date | None) -> None:
    assert day_of(text) == day


def test_dates_go_out_as_they_come_in() -> None:
    assert day_of(odata_date("2026-03-01")) == date(2026, 3, 1)


def test_an_item_without_dates_is_valid() -> None:
    assert valid_on({}, date(2026, 3, 1))
    assert not valid_on({"ValidityStartDate": odata_date("2026-03-02")}, date(2026, 3, 1))
