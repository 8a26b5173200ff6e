"""Tables that a known program writes, told by their headers; one entry each."""

from __future__ import annotations

from collections.abc import Sequence

from app.readers.business_central import BUSINESS_CENTRAL
from app.readers.cad_dialects import ALTIUM, EASYEDA, EASYEDA_PRO, KICAD, KICAD_GROUPED, ORCAD
from app.readers.dialect import Dialect
from app.readers.django_bom import DJANGO_BOM
from app.readers.erpnext_bom import ERPNEXT_CSV, ERPNEXT_ITEMS
from app.readers.granta_csv import GRANTA_CSV
from app.readers.headers import header_key
from app.readers.inventree_bom import INVENTREE_CSV
from app.readers.odoo_bom import ODOO_CSV, ODOO_LABELLED_CSV
from app.readers.tryton_bom import TRYTON_CSV

#: The first whose signature fits is taken.
DIALECTS: tuple[Dialect, ...] = (
    ERPNEXT_CSV,
    ERPNEXT_ITEMS,
    ODOO_CSV,
    ODOO_LABELLED_CSV,
    INVENTREE_CSV,
    TRYTON_CSV,
    DJANGO_BOM,
    BUSINESS_CENTRAL,
    GRANTA_CSV,
    ALTIUM,
    EASYEDA,
    EASYEDA_PRO,
    KICAD,
    KICAD_GROUPED,
    ORCAD,
)


def dialect_of(headers: Sequence[str]) -> Dialect | None:
    """Return the dialect whose signature the headers hold, or None."""
    keys = {header_key(header) for header in headers}
    return next((dialect for dialect in DIALECTS if dialect.signature <= keys), None)
