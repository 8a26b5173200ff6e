"""Tryton by JSON-RPC: rows that were read through a BOM come under names with a dot at the end."""

from __future__ import annotations

import pytest

from app.readers import read_bom
from tests.unit.readers.reference_product import as_json


@pytest.mark.parametrize("dot", ["", "."])
def test_rows_below_a_bom_are_read_in_both_forms(dot: str) -> None:
    def product(number: int, name: str) -> dict[str, object]:
        return {"id": number, "rec_name": name}

    entry = {"quantity": 3000.0, "unit.": {"symbol": "g"}, "product.": product(2, "[MAG] Magnet")}
    made = {"quantity": 2.0, "product.": product(1, "[RTR] Rotor")}
    bom = {"id": 1, "name": "Rotor", f"inputs{dot}": [entry], f"outputs{dot}": [made]}

    (line,) = read_bom(as_json([bom])).lines

    assert (line.part_number, line.quantity, line.unit) == ("MAG", 1500.0, "g")
