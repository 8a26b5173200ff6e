"""Our own JSON and NDJSON."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from app.domain.bom import Bom, BomLine, Bridge, DeclaredMaterial, SourcingShare, Supplier
from app.errors import UnreadableFileError
from app.readers import read_bom
from tests.unit.readers.reference_product import as_json


def read(value: object) -> Bom:
    return read_bom(as_json(value))


def codes(line: BomLine) -> list[str]:
    return [code for code, _, _ in line.warnings]


def test_every_field_of_our_own_json_is_read() -> None:
    line = {
        "line_id": "10",
        "part_number": "MAG-42",
        "description": "Magnet",
        "quantity": "48",
        "unit": "pc",
        "unit_mass_kg": 0.0075,
        "unit_price": "1.90",
        "currency": "EUR",
        "hs_code": "8505.11",
        "category": "magnet",
        "sector": "automotive",
        "materials": [
            {"name": "NdFeB", "cas": "7440-00-8", "ec": "231-109-3", "formula": "Nd2Fe14B"}
            | {"mass_fraction": 0.98, "mass_kg": 0.007, "elements": {"Dy": 0.04}}
        ],
        "supplier": {"name": "A", "country": "JP", "share": 0.6, "new_relation": True}
        | {"general_licence_valid_to": "2026-12-31"},
        "suppliers": [{"name": "B", "country": "Germany", "share": 0.4}],
        "sourcing": [{"stage": "separation", "country": "CN", "share": 0.8}],
        "recycled_share": 0.1,
        "stock_days": 45,
        "lead_time_days": 60,
        "bridges": [{"from_day": 30, "share": 0.5}],
        "revenue_at_risk": "1000.50",
        "parent_line_id": "1",
        "manufacturer": "M",
        "product_type": {"permanentMagnetType": "NdFeB"},
        "colour": "red",
    }
    bom = read(
        {
            "bom": {
                "id": "TM-1",
                "name": "Motor",
                "sector": "automotive",
                "annual_units": 10000,
                "daily_revenue": "5000.00",
                "currency": "EUR",
                "lines": [{"line_id": "1", "description": "Rotor", "quantity": 2}, line],
                "mood": "good",
            }
        }
    )

    assert bom.lines[1] == BomLine(
        line_id="10",
        part_number="MAG-42",
        description="Magnet",
        quantity=48.0,
        unit="pc",
        unit_mass_kg=0.0075,
        unit_price=Decimal("1.90"),
        currency="EUR",
        hs_code="8505.11",
        category="magnet",
        sector="automotive",
        materials=(
            DeclaredMaterial(
                name="NdFeB",
                cas="7440-00-8",
                ec="231-109-3",
                formula="Nd2Fe14B",
                mass_fraction=0.98,
                mass_kg=0.007,
                elements=(("Dy", 0.04),),
            ),
        ),
        suppliers=(
            Supplier(
                name="A",
                country="JP",
                share=0.6,
                general_licence_valid_to=date(2026, 12, 31),
                new_relation=True,
            ),
            Supplier(name="B", country="DE", share=0.4),
        ),
        sourcing=(SourcingShare(stage="separation", country="CN", share=0.8),),
        recycled_share=0.1,
        stock_days=45.0,
        lead_time_days=60.0,
        bridges=(Bridge(from_day=30.0, share=0.5),),
        revenue_at_risk=Decimal("1000.50"),
        parent_line_id="1",
        manufacturer="M",
        product_type=(("permanentMagnetType", "NdFeB"),),
    )
    assert (bom.id, bom.name, bom.sector, bom.annual_units) == ("TM-1", "Motor", "automotive", 1e4)
    assert (bom.daily_revenue, bom.currency) == (Decimal("5000.00"), "EUR")
    assert bom.file is not None
    assert set(bom.file.ignored_columns) == {"colour", "mood"}


def test_values_of_our_own_json_that_make_no_sense_are_kept_raw() -> None:
    bom = read(
        {
            "id": "x",
            "lines": [
                {
                    "description": "Magnet",
                    "quantity": None,
                    "materials": [{"name": "NdFeB", "mass_fraction": 1.5}, "N42"],
                    "supplier": {"name": "A", "country": "Atlantis", "share": "much"},
                    "sourcing": [{"stage": "mining", "country": "CN", "share": -1}],
                    "product_type": "magnet",
                }
            ],
        }
    )

    (line,) = bom.lines
    assert codes(line) == [
        "mass_fraction_unread",
        "share_unread",
        "unknown_country",
        "share_unread",
        "quantity_missing",
    ]
    assert {column for column, _ in line.raw} == {"mass_fraction", "share", "country"}


def test_ndjson_of_lines_keeps_physical_rows() -> None:
    data = b'\n{"description": "A", "quantity": 1}\n\n{"description": "B", "quantity": 2}\n'

    bom = read_bom(data)

    assert [(line.row, line.description, line.quantity) for line in bom.lines] == [
        (2, "A", 1.0),
        (4, "B", 2.0),
    ]


def test_several_boms_in_one_ndjson_are_a_catalogue() -> None:
    one = json.dumps({"id": "a", "lines": [{"description": "x"}]}).encode()

    with pytest.raises(UnreadableFileError, match="catalogue"):
        read_bom(one + b"\n" + one + b"\n")
    assert read_bom(b"\n" + one + b"\n").id == "a"
