"""Words of many languages that head a column."""

from __future__ import annotations

import pytest

from app.readers.fields import Field
from app.readers.headers import candidate_fields

HEADERS = [
    ("Part Number", Field.PART_NUMBER),
    ("QTY.", Field.QUANTITY),
    ("Qty (Items)", Field.QUANTITY),
    ("# req in assy", Field.QUANTITY),
    ("qty_per_parent", Field.QUANTITY),
    ("Anzahl \n(benötigt)", Field.QUANTITY),
    ("数量 Quantity", Field.QUANTITY),
    ("Menge / Quantity", Field.QUANTITY),
    ("员数", Field.QUANTITY),
    ("PartNumber", Field.PART_NUMBER),
    ("UnitPrice", Field.UNIT_PRICE),
    ("Mass - g (each)", Field.UNIT_MASS),
    ("Total Cost w/ Controller", Field.IGNORE),
    ("Anzahl \n(bestellen)", Field.IGNORE),
    ("Description*", Field.DESCRIPTION),
    ("材質", Field.MATERIAL),
    ("原产国", Field.ORIGIN),
    ("País de origen", Field.ORIGIN),
    ("Werkstoff", Field.MATERIAL),
    ("Zolltarifnummer", Field.HS_CODE),
    ("CAS-Nr.", Field.CAS),
    ("BoM Level", Field.LEVEL),
    ("親品番", Field.PARENT),
    ("位号", Field.DESIGNATOR),
    ("Gewicht kg/Einheit", Field.UNIT_MASS),
    ("规格型号", Field.SPECIFICATION),
    ("母件编码", Field.PARENT),
    ("Komponentennr.", Field.PART_NUMBER),
]


@pytest.mark.parametrize(("text", "field"), HEADERS)
def test_a_header_word_names_its_field(text: str, field: Field) -> None:
    assert candidate_fields(text)[0] is field


@pytest.mark.parametrize("text", ["", "https://example.org/qty", "=SUM(A1)", "x" * 80, "Lorem"])
def test_other_texts_are_no_header_words(text: str) -> None:
    assert candidate_fields(text) == ()
