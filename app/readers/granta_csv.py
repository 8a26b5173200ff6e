"""The multi-level CSV form of Granta MI: parts, and rows that state what a part is made of."""

from __future__ import annotations

from app.readers.dialect import Dialect
from app.readers.fields import Field

GRANTA_CSV = Dialect(
    name="granta_csv",
    signature=frozenset({"bom level", "id", "name", "item type", "quantity"}),
    fields={
        "bom level": Field.LEVEL,
        "id": Field.PART_NUMBER,
        "name": Field.NAME,
        "item type": Field.ITEM_TYPE,
        "quantity": Field.QUANTITY,
        "unit of measure": Field.UNIT,
        "measured mass (per uom)": Field.UNIT_MASS,
        "measured mass unit": Field.MASS_UNIT,
    },
)
