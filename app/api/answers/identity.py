"""The id of an assessment: the same question, data and method give the same id."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import orjson

from app.api.versions import Versions
from app.domain.bom import Bom, BomLine
from app.domain.context import AssessmentContext

#: Where a line stood in a file and what its reader remarked say nothing about the goods.
_NOT_OF_THE_GOODS = frozenset({"row", "sheet", "raw", "warnings"})
_LINE_FIELDS = tuple(
    sorted(name for name in BomLine.__dataclass_fields__ if name not in _NOT_OF_THE_GOODS)
)


def assessment_id(bom: Bom, context: AssessmentContext, versions: Versions) -> str:
    """Return the SHA-256 of the canonical question and the versions, as 64 hex digits.

    Defaults count as if they had been given, so that leaving one out changes nothing. A file
    and a JSON body with the same goods have the same id.
    """
    canonical = {
        "versions": versions,
        "context": context,
        "bom": [
            bom.id,
            bom.name,
            bom.sector,
            bom.annual_units,
            bom.daily_revenue,
            bom.currency,
            bom.unit_price,
            bom.usd_per_currency,
        ],
        "lines": [[getattr(line, name) for name in _LINE_FIELDS] for line in bom.lines],
    }
    text = orjson.dumps(canonical, default=_plain, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    raise TypeError(f"no canonical form of {type(value).__name__}")
