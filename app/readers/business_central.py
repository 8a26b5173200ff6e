"""The table "Production BOM Line" of Dynamics 365 Business Central and Dynamics NAV."""

from __future__ import annotations

from app.readers.dialect import Dialect
from app.readers.fields import Field

BUSINESS_CENTRAL = Dialect(
    name="business_central_csv",
    signature=frozenset({"production bom no", "type", "no", "description", "quantity per"}),
    fields={
        "production bom no": Field.PARENT,
        "line no": Field.POSITION,
        "version code": Field.IGNORE,
        "type": Field.IGNORE,
        "no": Field.PART_NUMBER,
        "description": Field.DESCRIPTION,
        "unit of measure code": Field.UNIT,
        "quantity": Field.IGNORE,
        "quantity per": Field.QUANTITY,
        "scrap %": Field.SCRAP,
        "position": Field.IGNORE,
    },
)
