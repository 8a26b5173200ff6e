"""Odoo: `mrp.bom` and `mrp.bom.line` by JSON-RPC in, fields of the product out.

`x_rare_earth_score` (float), `x_rare_earth_band` (char) and `x_rare_earth_as_of` (date) are made
once under Settings, Technical, Fields, on the model `product.template`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from app.client import Assessment, Client

Row = dict[str, Any]

_BOM = ("code", "product_tmpl_id", "product_id", "product_qty", "product_uom_id", "bom_line_ids")
_LINE = (
    "bom_id",
    "product_id",
    "product_qty",
    "product_uom_id",
    "child_bom_id",
    "bom_product_template_attribute_value_ids",
)


class OdooError(Exception):
    """Odoo answered with an error; the message is its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Odoo:
    """A database of Odoo and who asks; the key of an API user serves as the password."""

    http: httpx.Client
    database: str
    user_id: int
    key: str

    @classmethod
    def signed_in(cls, http: httpx.Client, *, database: str, user: str, key: str) -> Odoo:
        """Return a connection for a user."""
        number = _call(http, "common", "login", [database, user, key])
        if not number:
            raise OdooError("Odoo knows no such user or key")
        return cls(http=http, database=database, user_id=int(number), key=key)

    def execute(self, model: str, method: str, *args: object, **named: object) -> Any:
        """Return the result of a method of a model."""
        whole = [self.database, self.user_id, self.key, model, method, list(args), named]
        return _call(self.http, "object", "execute_kw", whole)


def _call(http: httpx.Client, service: str, method: str, args: Sequence[object]) -> Any:
    body = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "call",
        "params": {"service": service, "method": method, "args": list(args)},
    }
    answer = http.post("/jsonrpc", json=body).raise_for_status().json()
    if "error" in answer:
        raise OdooError(str(answer["error"].get("data", {}).get("message") or answer["error"]))
    return answer["result"]


def score_product(
    odoo: Odoo, lodestone: Client, *, code: str, context: Mapping[str, object]
) -> Assessment:
    """Score the product with an internal reference, and write the score to it.

    Args:
        odoo: Connection to the database.
        lodestone: The service.
        code: Internal reference (`default_code`) of the product.
        context: destination, end_use, as_of.
    """
    where = [["product_tmpl_id.default_code", "=", code]]
    (top, *_) = odoo.execute("mrp.bom", "search_read", where, fields=list(_BOM))
    boms, lines = _exploded(odoo, top)
    file = httpx.Request("POST", "http://json", json=[*boms, *lines]).content
    assessment = lodestone.assess_file(file, name=f"{code}.json", **context)
    values = {
        "x_rare_earth_score": assessment.bom.score,
        "x_rare_earth_band": assessment.bom.band,
        "x_rare_earth_as_of": assessment.as_of,
    }
    odoo.execute("product.template", "write", [top["product_tmpl_id"][0]], values)
    return assessment


def _exploded(odoo: Odoo, top: Row) -> tuple[list[Row], list[Row]]:
    """Return a bill of materials with those of its parts, and the lines of all."""
    boms, lines, waiting = [top], [], [top["id"]]
    while waiting:
        found = odoo.execute(
            "mrp.bom.line", "search_read", [["bom_id", "in", waiting]], fields=list(_LINE)
        )
        lines.extend(found)
        known = {bom["id"] for bom in boms}
        waiting = sorted({line["child_bom_id"][0] for line in found if line["child_bom_id"]})
        waiting = [number for number in waiting if number not in known]
        if waiting:
            boms.extend(odoo.execute("mrp.bom", "read", waiting, fields=list(_BOM)))
    return boms, lines
