"""Bills of materials that do not fit."""

from __future__ import annotations

from tests.api.requests import assessment, magnet_line, steel_line
from tests.api.wrong_case import LINE, Wrong, body, line

BOM = [
    body("no BOM", "missing", "/bom", assessment(bom=...)),
    body("BOM null", "wrong_type", "/bom", assessment(bom=None)),
    body("BOM as list", "wrong_type", "/bom", assessment(bom=[])),
    body("no lines", "missing", "/bom/lines", assessment(bom={"id": "x"})),
    body("lines as object", "wrong_type", "/bom/lines", assessment(bom={"lines": {}})),
    body("empty BOM", "too_few", "/bom/lines", assessment(bom={"lines": []})),
    body("a line is null", "wrong_type", LINE, assessment(bom={"lines": [None]})),
    body("a line is text", "wrong_type", LINE, assessment(bom={"lines": ["magnet"]})),
    body("id empty", "too_short", "/bom/id", assessment(bom={"id": "", "lines": [magnet_line()]})),
    body(
        "unknown sector",
        "unknown_sector",
        "/bom/sector",
        assessment(bom={"sector": "automotif-x", "lines": [magnet_line()]}),
    ),
    body(
        "negative output",
        "too_small",
        "/bom/annual_units",
        assessment(bom={"annual_units": -1, "lines": [magnet_line()]}),
    ),
    body(
        "negative revenue",
        "too_small",
        "/bom/daily_revenue",
        assessment(bom={"daily_revenue": "-1", "lines": [magnet_line()]}),
    ),
    body(
        "unknown field of the BOM",
        "unknown_field",
        "/bom/line",
        assessment(bom={"line": [], "lines": [magnet_line()]}),
    ),
    body(
        "same id twice",
        "duplicate_line_id",
        "/bom/lines/1/line_id",
        assessment(magnet_line(), steel_line("10")),
    ),
    body(
        "unknown parent",
        "unknown_parent",
        "/bom/lines/0/parent_line_id",
        assessment(magnet_line(parent_line_id="99")),
    ),
    body(
        "own parent",
        "parent_cycle",
        "/bom/lines/0/parent_line_id",
        assessment(magnet_line(parent_line_id="10")),
    ),
    Wrong(
        "parents in a circle",
        422,
        "parent_cycle",
        "/bom/lines/1/parent_line_id",
        sent={
            "json": assessment(
                magnet_line(parent_line_id="20"), steel_line("20", parent_line_id="10")
            )
        },
        others=1,
    ),
    body("line without anything", "empty_line", LINE, assessment({"line_id": "1", "quantity": 1})),
    body("line of blanks", "empty_line", LINE, assessment({"line_id": "1", "description": "  "})),
    body(
        "line with no materials", "empty_line", LINE, assessment({"line_id": "1", "materials": []})
    ),
]

LINES = [
    line("negative quantity", "too_small", "/quantity", quantity=-1),
    line("quantity as text", "wrong_type", "/quantity", quantity="48"),
    line("quantity true", "wrong_type", "/quantity", quantity=True),
    line("quantity as list", "wrong_type", "/quantity", quantity=[48]),
    line("quantity 1e300", "too_large", "/quantity", quantity=1e300),
    line("unknown unit", "unknown_unit", "/unit", unit="furlong"),
    line("empty unit", "too_short", "/unit", unit=""),
    line("negative mass", "too_small", "/unit_mass_kg", unit_mass_kg=-0.1),
    line("negative price", "too_small", "/unit_price", unit_price=-1),
    line("price in words", "wrong_type", "/unit_price", unit_price="one euro"),
    line("price with comma", "wrong_type", "/unit_price", unit_price="1,90"),
    line("price NaN as text", "not_finite", "/unit_price", unit_price="NaN"),
    line("price of 50 digits", "too_large", "/unit_price", unit_price="1" * 50),
    line("price true", "wrong_type", "/unit_price", unit_price=True),
    line("unknown currency", "unknown_currency", "/currency", currency="EURO"),
    line("currency in small letters", "unknown_currency", "/currency", currency="eur"),
    line("customs code in words", "wrong_form", "/hs_code", hs_code="magnets"),
    line("customs code as number", "wrong_type", "/hs_code", hs_code=850511),
    line("unknown sector", "unknown_sector", "/sector", sector="banking"),
    line("id as number", "wrong_type", "/line_id", line_id=10),
    line("id empty", "too_short", "/line_id", line_id=""),
    line("id too long", "too_long", "/line_id", line_id="x" * 201),
    line("description too long", "too_long", "/description", description="x" * 4001),
    line("description as number", "wrong_type", "/description", description=1),
    line("negative stock", "too_small", "/stock_days", stock_days=-1),
    line("stock of centuries", "too_large", "/stock_days", stock_days=1e6),
    line("negative lead time", "too_small", "/lead_time_days", lead_time_days=-1),
    line("recycled over 1", "too_large", "/recycled_share", recycled_share=1.01),
    line("unknown field", "unknown_field", "/quantty", quantty=1),
    line("materials as object", "wrong_type", "/materials", materials={}),
    line(
        "mass fraction over 1",
        "too_large",
        "/materials/0/mass_fraction",
        materials=[{"name": "a", "mass_fraction": 1.5}],
    ),
    line(
        "unknown field of a material",
        "unknown_field",
        "/materials/0/massfraction",
        materials=[{"name": "a", "massfraction": 1}],
    ),
    line(
        "no chemical symbol",
        "wrong_form",
        "/materials/0/elements/Dyy",
        materials=[{"elements": {"Dyy": 0.1}}],
    ),
    line(
        "elements over 1",
        "shares_over_one",
        "/materials/0/elements",
        materials=[{"elements": {"Nd": 0.6, "Fe": 0.6}}],
    ),
    line("501 materials", "too_many", "/materials", materials=[{"name": "a"}] * 501),
    line(
        "supplier's country unknown",
        "unknown_country",
        "/supplier/country",
        supplier={"country": "ZZ"},
    ),
    line("supplier as text", "wrong_type", "/supplier", supplier="Sample Magnetics"),
    line(
        "licence date wrong",
        "not_a_date",
        "/supplier/general_licence_valid_to",
        supplier={"general_licence_valid_to": "soon"},
    ),
    line(
        "supplier and suppliers",
        "two_kinds_of_supplier",
        "/supplier",
        suppliers=[{"country": "JP"}],
    ),
    line(
        "suppliers over 1",
        "shares_over_one",
        "/suppliers",
        supplier=...,
        suppliers=[{"country": "JP", "share": 0.7}, {"country": "CN", "share": 0.7}],
    ),
    line(
        "supplier share over 1",
        "too_large",
        "/suppliers/0/share",
        supplier=...,
        suppliers=[{"country": "JP", "share": 2}],
    ),
    line(
        "unknown stage",
        "not_one_of",
        "/sourcing/0/stage",
        sourcing=[{"stage": "smelting", "country": "CN", "share": 1}],
    ),
    line(
        "sourcing without share",
        "missing",
        "/sourcing/0/share",
        sourcing=[{"stage": "metal", "country": "CN"}],
    ),
    line(
        "negative share",
        "too_small",
        "/sourcing/0/share",
        sourcing=[{"stage": "metal", "country": "CN", "share": -0.1}],
    ),
    line(
        "sourcing over 1",
        "shares_over_one",
        "/sourcing",
        sourcing=[
            {"stage": "metal", "country": "CN", "share": 0.8},
            {"stage": "metal", "country": "JP", "share": 0.8},
        ],
    ),
    line("bridge without day", "missing", "/bridges/0/from_day", bridges=[{"share": 0.5}]),
    line(
        "bridge from a negative day",
        "too_small",
        "/bridges/0/from_day",
        bridges=[{"from_day": -1, "share": 0.5}],
    ),
    line("product type as list", "wrong_type", "/product_type", product_type=["Ferrite"]),
]
