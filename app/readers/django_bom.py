"""The flat and the indented CSV export of django-bom (IndaBOM)."""

from __future__ import annotations

from app.readers.dialect import Dialect
from app.readers.fields import Field

DJANGO_BOM = Dialect(
    name="django_bom_csv",
    signature=frozenset({"part number", "quantity", "do not load", "synopsis"}),
    fields={
        "part number": Field.PART_NUMBER,
        "quantity": Field.QUANTITY,
        "do not load": Field.NOT_FITTED,
        "part class": Field.CATEGORY,
        "references": Field.DESIGNATOR,
        "synopsis": Field.DESCRIPTION,
        "manufacturer name": Field.MANUFACTURER,
        "manufacturer part number": Field.MAKER_PART_NUMBER,
        "seller": Field.SUPPLIER,
        "unit cost": Field.UNIT_PRICE,
        "part cost": Field.UNIT_PRICE,
        "out of pocket cost": Field.IGNORE,
        "extended qty": Field.IGNORE,
        "extended cost": Field.IGNORE,
        "order qty": Field.IGNORE,
        "lead time days": Field.LEAD_TIME_DAYS,
        "level": Field.LEVEL,
    },
)
