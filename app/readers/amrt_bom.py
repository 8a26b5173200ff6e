"""RMI minerals reporting templates (AMRT, formerly PRT; also EMRT): products and their minerals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.bom import Bom, DeclaredMaterial, FileFacts
from app.readers.assemble import Product, assemble
from app.readers.countries import country_code
from app.readers.draft import Draft, Layout
from app.readers.fields import Field
from app.readers.headers import header_key
from app.readers.source import Source
from app.readers.table import Row, Sheet

_LAYOUT = Layout(
    columns={
        Field.PART_NUMBER: "Manufacturer's Product Number",
        Field.NAME: "Manufacturer's Product Name",
        Field.REMARK: "Comments",
    }
)
_YES = frozenset({"yes", "ja", "はい", "是", "sim", "oui", "sí", "예"})
_NO = frozenset({"no", "nein", "いいえ", "否", "não", "non", "아니요"})
_MINERALS = frozenset(
    "aluminum aluminium cobalt copper graphite iridium lime lithium manganese mica nickel palladium"
    " platinum rhodium ruthenium silver zinc".split()
) | {"soda ash", "rare earth elements", "rare earths", "rare earth"}
_ELEMENTS = frozenset(
    "scandium yttrium lanthanum cerium praseodymium neodymium samarium europium gadolinium terbium"
    " dysprosium holmium erbium thulium ytterbium lutetium".split()
)
_NUMBER = re.compile(r"^(?:manufacturer s )?product number", re.IGNORECASE)
_NAME = re.compile(r"^(?:manufacturer s )?product name", re.IGNORECASE)


def is_amrt(sheets: Sequence[Sheet]) -> bool:
    """Return whether a workbook is an RMI minerals reporting template."""
    names = {(sheet.name or "").strip().casefold() for sheet in sheets}
    return {"declaration", "product list"} <= names and bool(
        names & {"smelter list", "minerals scope", "mine list", "smelter look-up"}
    )


def read_amrt_bom(source: Source, sheets: Sequence[Sheet]) -> Bom:
    """Return the BOM of a template: its products, each with the minerals declared for all."""
    by_name = {(sheet.name or "").strip().casefold(): sheet for sheet in sheets}
    answers = _answers(by_name["declaration"].rows)
    materials = tuple(DeclaredMaterial(name=name) for name, answer in answers if answer)
    types = tuple(
        (f"{name} intentionally added", "yes" if answer else "no") for name, answer in answers
    )
    smelters = _smelters(by_name.get("smelter list"))
    company = _company(by_name["declaration"].rows)
    products = _products(by_name["product list"])
    if not products:  # the declaration covers the whole company
        products = [Draft({Field.NAME: company or "all products of the declaration"}, _LAYOUT)]
    for draft in products:
        draft.materials, draft.product_type = materials, types
        draft.warnings = (
            ("no_quantity", "a minerals reporting template states no quantity and no mass", None),
        )
    facts = FileFacts(
        format="rmi_amrt",
        sheet=by_name["product list"].name,
        columns=tuple((column, held.value) for held, column in _LAYOUT.columns.items()),
        notes=tuple(("mineral", f"{name}: {'yes' if answer else 'no'}") for name, answer in answers)
        + smelters,
    )
    product = Product(name=company)
    return assemble(products, facts=facts, product=product, fallback_id=source.bom_id(company))


def _plain(text: str) -> str:
    return header_key(text.replace("(*)", "")).strip(" ()*")


def _answers(rows: Sequence[Row]) -> list[tuple[str, bool]]:
    """Return (mineral, intentionally added) from the first question of the declaration."""
    answers: dict[str, bool] = {}
    for row in rows:
        for index, text in enumerate(row.cells):
            mineral = _plain(text)
            if mineral not in _MINERALS and mineral not in _ELEMENTS:
                continue
            said = [cell.strip().casefold() for cell in row.cells[index + 1 :] if cell]
            if said and said[0] in _YES | _NO:
                answers.setdefault(text.replace("(*)", "").strip(), said[0] in _YES)
            break
    return list(answers.items())


def _company(rows: Sequence[Row]) -> str | None:
    for row in rows:
        for index, text in enumerate(row.cells):
            if _plain(text).startswith("company name"):
                return next((cell for cell in row.cells[index + 1 :] if cell), None)
    return None


def _products(sheet: Sheet) -> list[Draft]:
    columns: dict[int, Field] = {}
    drafts: list[Draft] = []
    for row in sheet.rows:
        if not columns:
            columns = _product_columns(row)
            continue
        cells = {
            held: row.cells[index]
            for index, held in columns.items()
            if index < len(row.cells) and row.cells[index]
        }
        if Field.PART_NUMBER in cells or Field.NAME in cells:
            drafts.append(Draft(cells, _LAYOUT, row=row.number, sheet=sheet.name))
    return drafts


def _product_columns(row: Row) -> dict[int, Field]:
    found: dict[int, Field] = {}
    for index, text in enumerate(row.cells):
        key = _plain(text)
        if _NUMBER.match(key) and Field.PART_NUMBER not in found.values():
            found[index] = Field.PART_NUMBER
        elif _NAME.match(key) and Field.NAME not in found.values():
            found[index] = Field.NAME
        elif key.startswith("comment"):
            found[index] = Field.REMARK
    return found if Field.PART_NUMBER in found.values() else {}


def _smelters(sheet: Sheet | None) -> tuple[tuple[str, str], ...]:
    """Return the smelters named, as notes: the template states no share of any of them."""
    if sheet is None:
        return ()
    header: dict[str, int] = {}
    found: list[tuple[str, str]] = []
    for row in sheet.rows:
        if not header:
            keys = {_plain(text): index for index, text in enumerate(row.cells) if text}
            metal = next((keys[key] for key in keys if key.startswith(("metal", "mineral"))), None)
            country = next((keys[key] for key in keys if "smelter country" in key), None)
            name = next(
                (keys[key] for key in keys if key.startswith(("smelter look", "smelter name"))),
                None,
            )
            if metal is not None and country is not None:
                header = {
                    "metal": metal,
                    "country": country,
                    "name": metal if name is None else name,
                }
            continue
        cells = {
            part: row.cells[index] if index < len(row.cells) else ""
            for part, index in header.items()
        }
        if cells["metal"]:
            place = country_code(cells["country"]) or cells["country"]
            text = "; ".join(part for part in (cells["metal"], cells["name"], place) if part)
            found.append(("smelter", f"Smelter List, row {row.number}: {text[:300]}"))
    return tuple(found[:200])
