r"""Reads every made product of a Tryton database, scores it, and writes the score back.

python -m integrations.tryton.score --tryton http://127.0.0.1:8000 --database company \
    --lodestone http://127.0.0.1:8080 --destination DE
The password of Tryton comes from the environment: TRYTON_PASSWORD.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.client import Assessment, Client
from integrations.tryton.session import Row, Tryton

BOM_FIELDS = (
    "name",
    "inputs.product.rec_name",
    "inputs.quantity",
    "inputs.unit.symbol",
    "outputs.product.rec_name",
    "outputs.quantity",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One product with its assessment, as it stands in Tryton now."""

    product: str
    assessment: Assessment
    attributes: Mapping[str, Any]


def score_products(
    tryton: Tryton, lodestone: Client, *, context: Mapping[str, object]
) -> Iterator[Scored]:
    """Score every product that is made and goes into no other; write each score back.

    Args:
        tryton: Open session.
        lodestone: The service.
        context: destination, end_use, as_of.
    """
    boms = tryton.read("production.bom", BOM_FIELDS)
    for bom in boms:
        (made,) = {output["product."]["id"] for output in bom["outputs."]}
        if made in used_products(boms):
            continue
        file = json.dumps(with_parts(bom, boms)).encode()
        assessment = lodestone.assess_file(file, name="tryton.json", **context)
        yield Scored(
            product=bom["outputs."][0]["product."]["rec_name"],
            assessment=assessment,
            attributes=write_back(tryton, made, assessment),
        )


def used_products(boms: Sequence[Row]) -> set[int]:
    """Return the products that go into another."""
    return {entry["product."]["id"] for bom in boms for entry in bom["inputs."]}


def with_parts(top: Row, boms: Sequence[Row]) -> list[Row]:
    """Return a bill of materials and those of all its parts, the top one first."""
    by_product = {bom["outputs."][0]["product."]["id"]: bom for bom in boms}
    found, waiting = [], [top]
    while waiting:
        bom = waiting.pop(0)
        if bom in found:
            continue
        found.append(bom)
        parts = (entry["product."]["id"] for entry in bom["inputs."])
        waiting.extend(by_product[part] for part in parts if part in by_product)
    return found


def write_back(tryton: Tryton, product: int, assessment: Assessment) -> Mapping[str, Any]:
    """Write score, band and day into the attributes of a product; return them as read again."""
    where = [("id", "=", product)]
    (row,) = tryton.read("product.product", ["attributes"], where)
    attributes = dict(row["attributes"] or {}) | {
        "rare_earth_score": assessment.bom.score,
        "rare_earth_band": assessment.bom.band,
        "rare_earth_as_of": assessment.as_of,
    }
    tryton.write("product.product", product, {"attributes": attributes})
    (row,) = tryton.read("product.product", ["attributes"], where)
    written: Mapping[str, Any] = row["attributes"]
    return written


def printed(scored: Scored) -> str:
    """Return a product and what was found as text for a screen."""
    bom = scored.assessment.bom
    lines = [f"{scored.product}: score {bom.score} ({bom.low} to {bom.high}), {bom.band}"]
    for line in scored.assessment.document["lines"]:
        symbols = " ".join(
            f"{one['symbol']} {one['mass_kg']['value'] * 1000:.1f} g" for one in line["elements"]
        )
        lines.append(f"  line {line['line_id']}: {line['outcome']} {symbols}".rstrip())
    lines.append(f"  in Tryton now: {json.dumps(dict(sorted(scored.attributes.items())))}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Score the products of a database that runs already."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tryton", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--user", default="admin")
    parser.add_argument("--lodestone", required=True)
    parser.add_argument("--destination", required=True)
    parser.add_argument("--end-use", default="unknown")
    parser.add_argument("--as-of")
    given = parser.parse_args(arguments)
    tryton = Tryton(given.tryton, given.database)
    tryton.sign_in(given.user, os.environ["TRYTON_PASSWORD"])
    context = {
        "destination": given.destination,
        "end_use": given.end_use,
        "as_of": given.as_of,
    }
    with Client(given.lodestone, api_key=os.environ.get("LODESTONE_API_KEY")) as lodestone:
        for scored in score_products(tryton, lodestone, context=context):
            sys.stdout.write(printed(scored) + "\n")


if __name__ == "__main__":
    main()
