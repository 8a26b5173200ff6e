"""Odoo, ERPNext, InvenTree, Business Central, Tryton, django-bom: read, scored, written back."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar

import httpx
import pytest

from app.client import Client
from integrations import business_central, erpnext, inventree, odoo
from integrations.tryton.score import score_products
from integrations.tryton.session import Tryton, TrytonError
from tests.integrations.conftest import CONTEXT, playing

MAGNET = "Sintered NdFeB magnet N42SH"
STACK = "Stator lamination stack, electrical steel"


def found_in(document: Any) -> set[str]:
    return {one["symbol"] for line in document["lines"] for one in line["elements"]}


# ------------------------------------------------------------------------------------- Odoo


class OdooServer:
    """Plays `/jsonrpc` with two bills of materials."""

    boms: ClassVar[dict[int, dict[str, Any]]] = {
        1: {"id": 1, "code": "TM-150", "product_tmpl_id": [7, "[TM-150] Traction motor"],
            "product_id": False, "product_qty": 1.0, "product_uom_id": [1, "Units"],
            "bom_line_ids": [11, 12]},
        2: {"id": 2, "code": "RTR", "product_tmpl_id": [8, "[RTR] Rotor"], "product_id": False,
            "product_qty": 2.0, "product_uom_id": [1, "Units"], "bom_line_ids": [13]},
    }  # fmt: skip
    lines: ClassVar[list[dict[str, Any]]] = [
        {"id": 11, "bom_id": [1, "TM-150"], "product_id": [21, "[RTR] Rotor"], "product_qty": 1.0,
         "product_uom_id": [1, "Units"], "child_bom_id": [2, "RTR"],
         "bom_product_template_attribute_value_ids": []},
        {"id": 12, "bom_id": [1, "TM-150"], "product_id": [22, f"[STK] {STACK}"],
         "product_qty": 14.2, "product_uom_id": [12, "kg"], "child_bom_id": False,
         "bom_product_template_attribute_value_ids": []},
        {"id": 13, "bom_id": [2, "RTR"], "product_id": [23, f"[MAG] {MAGNET}"],
         "product_qty": 3.0, "product_uom_id": [12, "kg"], "child_bom_id": False,
         "bom_product_template_attribute_value_ids": []},
    ]  # fmt: skip

    def __init__(self) -> None:
        self.written: list[Any] = []

    def __call__(self, request: httpx.Request) -> Any:
        params = json.loads(request.content)["params"]
        if params["service"] == "common":
            known = params["args"] == ["company", "api", "key"]
            return {"jsonrpc": "2.0", "id": 1, "result": 5 if known else False}
        database, user, key, model, method, args, named = params["args"]
        assert (database, user, key) == ("company", 5, "key")
        return {"jsonrpc": "2.0", "id": 1, "result": self.result(model, method, args, named)}

    def result(self, model: str, method: str, args: Any, named: Any) -> Any:
        if method == "write":
            self.written.append((model, *args))
            return True
        if model == "mrp.bom.line":
            (((_, _, wanted),),) = args
            rows = [line for line in self.lines if line["bom_id"][0] in wanted]
        elif method == "read":
            rows = [self.boms[number] for number in args[0]]
        else:
            assert args == [[["product_tmpl_id.default_code", "=", "TM-150"]]]
            rows = [self.boms[1]]
        return [{key: row[key] for key in ("id", *named["fields"])} for row in rows]


def test_odoo(lodestone: Client) -> None:
    server = OdooServer()
    database = odoo.Odoo.signed_in(playing(server), database="company", user="api", key="key")

    result = odoo.score_product(database, lodestone, code="TM-150", context=CONTEXT)

    assert {"Nd", "Pr", "Dy"} <= found_in(result.document)
    # 3 kg of magnet go into two rotors.
    masses = [
        one["mass_kg"]["value"]
        for line in result.document["lines"]
        for one in line["elements"]
        if one["symbol"] == "Nd"
    ]
    assert masses == [pytest.approx(0.342, rel=0.3)]
    values = {
        "x_rare_earth_score": result.bom.score,
        "x_rare_earth_band": result.bom.band,
        "x_rare_earth_as_of": "2026-03-01",
    }
    assert server.written == [("product.template", [7], values)]


def test_odoo_says_why_it_refuses() -> None:
    refused = playing(
        lambda _: {"jsonrpc": "2.0", "id": 1, "error": {"data": {"message": "Access Denied"}}}
    )

    with pytest.raises(odoo.OdooError, match="Access Denied"):
        odoo.Odoo.signed_in(refused, database="company", user="api", key="key")
    with pytest.raises(odoo.OdooError, match="no such user"):
        odoo.Odoo.signed_in(playing(OdooServer()), database="company", user="api", key="wrong")


# ---------------------------------------------------------------------------------- ERPNext


def erpnext_bom(name: str, item: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": name, "doctype": "BOM", "item": item, "item_name": item, "quantity": 1.0,
        "currency": "EUR", "is_active": 1, "is_default": 1, "items": rows,
    }  # fmt: skip


def test_erpnext(lodestone: Client) -> None:
    documents = {
        "BOM-TM-150-001": erpnext_bom("BOM-TM-150-001", "TM-150", [
            {"item_code": "RTR", "item_name": "Rotor", "description": "<div>Rotor</div>",
             "qty": 1.0, "uom": "Nos", "stock_uom": "Nos", "bom_no": "BOM-RTR-001", "rate": 90.0},
            {"item_code": "STK", "item_name": STACK, "description": STACK, "qty": 14.2,
             "uom": "Kg", "stock_uom": "Kg", "bom_no": "", "rate": 4.0},
        ]),
        "BOM-RTR-001": erpnext_bom("BOM-RTR-001", "RTR", [
            {"item_code": "MAG", "item_name": MAGNET, "description": f"<p>{MAGNET}</p>",
             "qty": 1.5, "uom": "Kg", "stock_uom": "Kg", "bom_no": "", "rate": 60.0},
        ]),
    }  # fmt: skip
    written: list[Any] = []

    def server(request: httpx.Request) -> Any:
        assert request.headers["authorization"] == "token k:s"
        kind, name = request.url.path.removeprefix("/api/resource/").split("/")
        if request.method == "PUT":
            written.append((kind, name, json.loads(request.content)))
            return {"data": {}}
        return {"data": documents[name]}

    with erpnext.signed_in("http://erp", key="k", secret="s") as known:
        client = playing(server)
        client.headers.update(known.headers)
    result = erpnext.score_item(client, lodestone, bom="BOM-TM-150-001", context=CONTEXT)

    assert {"Nd", "Pr", "Dy"} <= found_in(result.document)
    assert written == [
        (
            "Item",
            "TM-150",
            {
                "custom_rare_earth_score": result.bom.score,
                "custom_rare_earth_band": result.bom.band,
                "custom_rare_earth_as_of": "2026-03-01",
            },
        )
    ]


# -------------------------------------------------------------------------------- InvenTree


def test_inventree(lodestone: Client) -> None:
    def part(key: int, number: str, name: str, **more: Any) -> dict[str, Any]:
        return {"pk": key, "IPN": number, "name": name, "description": name, "units": "", **more}

    motor, rotor = part(1, "TM-150", "Motor", assembly=True), part(2, "RTR", "Rotor", assembly=True)
    magnet = part(3, "MAG", MAGNET, assembly=False, units="g")
    items = {
        1: [{"pk": 1, "part": 1, "part_detail": motor, "sub_part": 2, "sub_part_detail": rotor,
             "quantity": 1.0, "reference": "", "optional": False, "substitutes": []}],
        2: [{"pk": 2, "part": 2, "part_detail": rotor, "sub_part": 3, "sub_part_detail": magnet,
             "quantity": 1500.0, "reference": "", "optional": False, "substitutes": []}],
    }  # fmt: skip
    written: list[Any] = []

    def server(request: httpx.Request) -> Any:
        if request.method == "PATCH":
            written.append((request.url.path, json.loads(request.content)))
            return {}
        rows = items[int(request.url.params["part"])]
        return {"count": len(rows), "next": None, "previous": None, "results": rows}

    result = inventree.score_part(playing(server), lodestone, part=1, context=CONTEXT)

    assert {"Nd", "Pr", "Dy"} <= found_in(result.document)
    assert result.bom.id == "TM-150"
    risk = {"score": result.bom.score, "band": result.bom.band, "as_of": "2026-03-01"}
    assert written == [("/api/part/1/metadata/", {"metadata": {"rare_earth_risk": risk}})]
    with inventree.signed_in("http://erp", token="t") as known:
        assert known.headers["authorization"] == "Token t"


# ------------------------------------------------------------------------- Business Central


def test_business_central(lodestone: Client) -> None:
    def line(bom: str, number: int, no: str, text: str, quantity: float, **more: Any) -> Any:
        return {
            "Production_BOM_No": bom, "Line_No": number, "Type": "Item", "No": no,
            "Description": text, "Unit_of_Measure_Code": "PCS", "Quantity_per": quantity,
            "Scrap_Percent": 0, **more,
        }  # fmt: skip

    pages = {
        "TM-150": [line("TM-150", 10000, "RTR", "Rotor", 1, Type="Production BOM"),
                   line("TM-150", 20000, "STK", STACK, 14.2, Unit_of_Measure_Code="KG")],
        "RTR": [line("RTR", 10000, "MAG", MAGNET, 1500, Unit_of_Measure_Code="G")],
    }  # fmt: skip
    written: list[Any] = []

    def server(request: httpx.Request) -> Any:
        if request.method == "PATCH":
            written.append((request.url.path, request.headers["if-match"], request.content))
            return httpx.Response(204)
        if request.url.path.endswith("/more"):
            return {"value": pages["TM-150"][1:]}
        wanted = re.findall(r"eq '(.*)'", request.url.params["$filter"])[0]
        if wanted == "TM-150":
            return {"value": pages[wanted][:1], "@odata.nextLink": "http://erp/more"}
        return {"value": pages[wanted]}

    result = business_central.score_item(
        playing(server), lodestone, company="CRONUS", bom="TM-150", context=CONTEXT
    )

    assert result.document["file"]["format"] == "business_central_csv"
    assert {"Nd", "Pr", "Dy"} <= found_in(result.document)
    ((path, tag, content),) = written
    assert path == "/ODataV4/Company('CRONUS')/RareEarthRisk(Item_No='TM-150')"
    assert (tag, json.loads(content)["Band"]) == ("*", result.bom.band)


# ----------------------------------------------------------------------------------- Tryton


def tryton_bom(key: int, product: tuple[int, str], inputs: list[Any]) -> dict[str, Any]:
    return {
        "id": key, "name": product[1],
        "inputs.": [
            {"id": 10 * key + place, "quantity": quantity, "unit.": {"id": 1, "symbol": unit},
             "product.": {"id": part, "rec_name": name}}
            for place, (part, name, quantity, unit) in enumerate(inputs)
        ],
        "outputs.": [
            {"id": key, "quantity": 1.0, "product.": {"id": product[0], "rec_name": product[1]}}
        ],
    }  # fmt: skip


def test_tryton(lodestone: Client) -> None:
    boms = [
        tryton_bom(2, (2, "[RTR] Rotor"), [(3, f"[MAG] {MAGNET}", 1500.0, "g")]),
        tryton_bom(1, (1, "[TM-150] Motor"),
                   [(2, "[RTR] Rotor", 1.0, "u"), (4, f"[STK] {STACK}", 14.2, "kg")]),
    ]  # fmt: skip
    held: dict[str, Any] = {"colour": "grey"}

    def server(request: httpx.Request) -> Any:
        call = json.loads(request.content)
        method, params = call["method"], call["params"]
        if method == "common.db.login":
            return {"id": 1, "result": [1, "key", None]}
        # base64 of "admin:1:key"
        assert request.headers["authorization"] == "Session YWRtaW46MTprZXk="
        if method == "model.production.bom.search_read":
            return {"id": 2, "result": boms}
        if method == "model.product.product.write":
            held.update(params[1]["attributes"])
            return {"id": 2, "result": None}
        return {"id": 2, "result": [{"id": 1, "attributes": dict(held)}]}

    tryton = Tryton("http://erp", "company", transport=playing(server)._transport)
    tryton.sign_in("admin", "secret")

    (scored,) = score_products(tryton, lodestone, context=CONTEXT)

    assert scored.product == "[TM-150] Motor"
    assert {"Nd", "Pr", "Dy"} <= found_in(scored.assessment.document)
    assert scored.attributes == {
        "colour": "grey",
        "rare_earth_score": scored.assessment.bom.score,
        "rare_earth_band": scored.assessment.bom.band,
        "rare_earth_as_of": "2026-03-01",
    }


def test_tryton_says_why_it_refuses() -> None:
    refused = playing(lambda _: {"id": 1, "error": ["UserError", ["No access"]]})

    with pytest.raises(TrytonError, match="No access"):
        Tryton("http://erp", "c", transport=refused._transport).sign_in("admin", "wrong")


# ------------------------------------------------------------------------------- django-bom


def test_django_bom(lodestone: Client) -> None:
    table = (
        "level,part_number,quantity,do_not_load,part_class,references,synopsis,revision,"
        "manufacturer_name,manufacturer_part_number\n"
        f"1,101-0001-A,48,False,Magnet,,{MAGNET} 40x18x6,1,Sample Magnetics,MAG-42SH\n"
        f'1,102-0002-A,1,False,Stack,,"{STACK}",1,,\n'
    )

    result = lodestone.assess_file(table.encode(), name="TM-150.csv", **CONTEXT)

    assert result.document["file"]["format"] == "django_bom_csv"
    assert {"Nd", "Pr", "Dy"} <= found_in(result.document)
