"""Tables that electronics CAD programs write: KiCad, Altium, EasyEDA and OrCAD."""

from __future__ import annotations

from app.readers.dialect import Dialect
from app.readers.fields import Field

KICAD = Dialect(
    name="kicad_csv",
    signature=frozenset({"reference", "value", "footprint", "qty"}),
    fields={"reference": Field.DESIGNATOR, "value": Field.VALUE, "qty": Field.QUANTITY},
)
KICAD_GROUPED = Dialect(
    name="kicad_csv",
    signature=frozenset({"id", "designator", "package", "quantity", "designation"}),
    fields={
        "id": Field.POSITION,
        "designation": Field.DESCRIPTION,
        "supplier and ref": Field.SUPPLIER,
    },
)
ALTIUM = Dialect(
    name="altium_csv",
    signature=frozenset({"comment", "description", "designator", "libref", "quantity"}),
    fields={"libref": Field.PART_NUMBER, "comment": Field.VALUE},
)
EASYEDA = Dialect(
    name="easyeda_csv",
    signature=frozenset({"id", "name", "designator", "footprint", "quantity", "manufacturer part"}),
    fields={
        "id": Field.POSITION,
        "name": Field.VALUE,
        "manufacturer part": Field.PART_NUMBER,
        "supplier part": Field.IGNORE,
    },
)
EASYEDA_PRO = Dialect(
    name="easyeda_csv",
    signature=frozenset({"no", "quantity", "comment", "designator", "footprint"}),
    fields={
        "no": Field.POSITION,
        "comment": Field.VALUE,
        "manufacturer part": Field.PART_NUMBER,
        "supplier part": Field.IGNORE,
    },
)
ORCAD = Dialect(
    name="orcad_bom",
    signature=frozenset({"item", "quantity", "reference", "part"}),
    fields={
        "item": Field.POSITION,
        "quantity": Field.QUANTITY,
        "reference": Field.DESIGNATOR,
        "part": Field.VALUE,
    },
)
