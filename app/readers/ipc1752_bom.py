"""IPC-1752A/B (IPC-175x) material declarations in XML, classes C and D."""

from __future__ import annotations

import math

from app.domain.bom import Bom, FileFacts, Supplier
from app.readers.assemble import Product, assemble
from app.readers.declaration import amount_under, identity_of, is_below_threshold
from app.readers.declared import Composition
from app.readers.draft import Draft
from app.readers.fields import Field
from app.readers.records import layout_of
from app.readers.source import Source
from app.readers.xml_tree import Element

_LAYOUT = layout_of(
    {
        "ProductID@itemNumber": Field.PART_NUMBER,
        "ProductID@itemName": Field.NAME,
        "Product@quantity": Field.QUANTITY,
        "Product@unitType": Field.UNIT,
        "Amount": Field.UNIT_MASS_KG,
    }
)
_PRODUCTS = frozenset({"Product", "SubProduct"})
#: Relative difference between a product's mass and the sum of its substances that is reported.
_MASS_TOLERANCE = 0.05
_ONE_ITEM = ("one_item", "the declaration describes one item; its quantity is 1", None)


def is_ipc1752(root: Element) -> bool:
    """Return whether an XML document is an IPC-175x declaration."""
    return root.name == "MainDeclaration"


def read_ipc1752_bom(source: Source, root: Element) -> Bom:
    """Return the BOM of a declaration: one line for each product and sub-product."""
    drafts: list[Draft] = []
    supplier = _supplier(root)
    waiting: list[tuple[Element, str | None]] = [
        (node, None) for node in reversed(root.children) if node.name in _PRODUCTS
    ]
    while waiting:
        product, parent = waiting.pop()
        source.guard.add_row(8)
        key = f"product,{len(drafts)}"
        drafts.append(_draft(product, key=key, parent=parent, supplier=supplier))
        waiting.extend((node, key) for node in reversed(_sub_products(product)))
    first = drafts[0].cells if drafts else {}
    facts = FileFacts(
        format="ipc1752_xml",
        encoding=source.encoding,
        columns=tuple((column, held.value) for held, column in _LAYOUT.columns.items()),
    )
    made = Product(id=first.get(Field.PART_NUMBER), name=first.get(Field.NAME))
    return assemble(drafts, facts=facts, product=made, fallback_id=source.bom_id(made.id))


def _sub_products(product: Element) -> list[Element]:
    direct = [node for node in product.children if node.name == "SubProduct"]
    for holder in product.children:
        if holder.name in {"SubProductList", "SubProducts"}:
            direct += list(holder.all("SubProduct"))
    return direct


def _supplier(root: Element) -> tuple[Supplier, ...]:
    for node in root.descendants("SupplyCompany"):
        name = node.attribute("name")
        if name is not None:
            return (Supplier(name=name),)
    return ()


def _draft(
    product: Element, *, key: str, parent: str | None, supplier: tuple[Supplier, ...]
) -> Draft:
    identity = product.child("ProductID") or product
    mass = amount_under(identity).mass_kg
    if mass is None:
        mass = amount_under(product).mass_kg
    composition = Composition()
    total = _compose(product, composition)
    warnings = list(composition.warnings)
    quantity = product.attribute("quantity", "numberOfUnits", "numberOfInstances")
    if quantity is None:
        quantity = "1"
        warnings.append(_ONE_ITEM)
    if mass and total and not math.isclose(mass, total, rel_tol=_MASS_TOLERANCE):
        warnings.append(
            (
                "mass_sum_differs",
                f"the substances weigh {total:.6g} kg together, the product {mass:.6g} kg",
                "Amount",
            )
        )
    found = {
        Field.PART_NUMBER: identity.attribute("itemNumber", "identifier"),
        Field.NAME: identity.attribute("itemName", "name"),
        Field.QUANTITY: quantity,
        Field.UNIT: product.attribute("unitType"),
        Field.UNIT_MASS_KG: f"{mass:.12g}" if mass is not None else None,
    }
    return Draft(
        {held: text for held, text in found.items() if text is not None},
        _LAYOUT,
        key=key,
        parent_key=parent,
        materials=tuple(composition.materials),
        suppliers=supplier,
        raw=tuple(composition.raw),
        warnings=tuple(warnings),
    )


def _compose(product: Element, composition: Composition) -> float:
    """Add what the product is declared to be made of; return the mass of all substances [kg]."""
    masses: list[float] = []
    information = product.child("MaterialInfo") or product
    listed = information.child("HomogeneousMaterialList")
    for material in listed.all("HomogeneousMaterial") if listed is not None else ():
        masses += _add_material(material, composition)
    if listed is None:
        for group in information.all("SubstanceCategoryList"):
            _add_categories(group, composition)
    return math.fsum(masses)


def _add_material(material: Element, composition: Composition) -> list[float]:
    """Class D: the substances of a homogeneous material, or the material itself."""
    whole = amount_under(material)
    substances = list(material.descendants("Substance"))
    if not substances:
        composition.add(
            material.attribute("name", "materialGroupName"),
            mass_kg=whole.mass_kg,
            fraction=whole.share,
            column="HomogeneousMaterial",
        )
        return [whole.mass_kg] if whole.mass_kg is not None else []
    masses = []
    for substance in substances:
        part = amount_under(substance)
        mass, fraction = part.mass_kg, None
        if mass is None and part.share is not None and whole.mass_kg is not None:
            mass = part.share * whole.mass_kg
        elif mass is None and part.share is not None and whole.share is not None:
            fraction = part.share * whole.share
        composition.add(
            substance.attribute("name"),
            number=identity_of(substance),
            mass_kg=mass,
            fraction=fraction,
            column=material.attribute("name") or "Substance",
        )
        if mass is not None:
            masses.append(mass)
    return masses


def _add_categories(group: Element, composition: Composition) -> None:
    """Class C: declarable substances that are there above their threshold."""
    for category in group.all("SubstanceCategory"):
        inner = list(category.descendants("Substance"))
        for entry in inner or [category]:
            if is_below_threshold(entry) or is_below_threshold(category):
                continue
            part = amount_under(entry)
            composition.add(
                entry.attribute("name"),
                number=identity_of(entry),
                mass_kg=part.mass_kg,
                fraction=part.share,
                column="SubstanceCategory",
            )
