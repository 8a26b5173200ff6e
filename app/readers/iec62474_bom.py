"""IEC 62474 declarations in XML, alone or inside a chemSHERPA container (.shai, .shci).

Only listed substances above thresholds are declared there: absence proves nothing, and a note
says so.
"""

from __future__ import annotations

from app.domain.bom import Bom, FileFacts, Supplier
from app.readers.assemble import Product, assemble
from app.readers.declaration import Amount, amount_under, identity_of, is_below_threshold
from app.readers.declared import Composition
from app.readers.draft import Draft
from app.readers.fields import Field
from app.readers.records import layout_of
from app.readers.source import Source
from app.readers.xml_tree import Element, parse_tree
from app.readers.zip_container import ZipContainer

_NAMESPACE = "iec62474"
_LAYOUT = layout_of(
    {
        "ProductID@identifier": Field.PART_NUMBER,
        "ProductID@name": Field.NAME,
        "Product@quantity": Field.QUANTITY,
        "Product@unitType": Field.UNIT,
        "Mass": Field.UNIT_MASS_KG,
    }
)
_NOTE = (
    "declarable_substances_only",
    "the declaration lists declarable substances above thresholds; a missing one proves nothing",
)
_ONE_ITEM = ("one_item", "the declaration describes one item; its quantity is 1", None)
_PARTS = frozenset({"ProductPart", "SubProduct", "Component", "Article", "Part", "Layer"})
_MATERIALS = frozenset({"Material", "HomogeneousMaterial"})


def is_iec62474(root: Element) -> bool:
    """Return whether an XML document is an IEC 62474 declaration."""
    return _NAMESPACE in root.namespace.casefold() and root.name != "DeclarableSubstances"


def is_chemsherpa(container: ZipContainer) -> bool:
    """Return whether a container holds one XML declaration beside nothing of an office file."""
    return bool(_declarations(container)) and "[Content_Types].xml" not in container


def _declarations(container: ZipContainer) -> list[str]:
    return [name for name in container.names if name.casefold().endswith(".xml")]


def read_chemsherpa_bom(source: Source, container: ZipContainer) -> Bom:
    """Return the BOM of all declarations in a chemSHERPA container."""
    roots = [parse_tree(container.chunks(name), source.guard) for name in _declarations(container)]
    found = [root for root in roots if is_iec62474(root)]
    return _bom(source, found, file_format="chemsherpa")


def read_iec62474_bom(source: Source, root: Element) -> Bom:
    """Return the BOM of a declaration: one line for each product."""
    return _bom(source, [root], file_format="iec62474_xml")


def _bom(source: Source, roots: list[Element], *, file_format: str) -> Bom:
    drafts: list[Draft] = []
    for root in roots:
        companies = [node.attribute("name") for node in root.descendants("SupplyCompany")]
        supplier = tuple(Supplier(name=name) for name in companies[:1] if name)
        for product in root.descendants("Product"):
            source.guard.add_row(8)
            drafts.append(_draft(product, supplier))
    first = drafts[0].cells if drafts else {}
    facts = FileFacts(
        format=file_format,
        encoding=source.encoding,
        columns=tuple((column, held.value) for held, column in _LAYOUT.columns.items()),
        notes=(_NOTE,),
    )
    made = Product(id=first.get(Field.PART_NUMBER), name=first.get(Field.NAME))
    return assemble(drafts, facts=facts, product=made, fallback_id=source.bom_id(made.id))


def _draft(product: Element, supplier: tuple[Supplier, ...]) -> Draft:
    identity = product.child("ProductID") or product
    mass = amount_under(identity).mass_kg
    composition = Composition()
    for part in product.all("Composition"):
        _compose(part, composition)
    for part in product.all("Compliance"):
        for entry in part.descendants("Substance"):
            if not is_below_threshold(entry):
                _add(entry, composition, whole=Amount())
    quantity = product.attribute("quantity", "numberOfUnits", "numberOfInstances")
    warnings = list(composition.warnings)
    if quantity is None:
        quantity = "1"
        warnings.append(_ONE_ITEM)
    found = {
        Field.PART_NUMBER: identity.attribute("identifier", "number"),
        Field.NAME: identity.attribute("name", "nameLocal"),
        Field.QUANTITY: quantity,
        Field.UNIT: product.attribute("unitType"),
        Field.UNIT_MASS_KG: f"{mass:.12g}" if mass is not None else None,
    }
    return Draft(
        {held: text for held, text in found.items() if text is not None},
        _LAYOUT,
        materials=tuple(composition.materials),
        suppliers=supplier,
        raw=tuple(composition.raw),
        warnings=tuple(warnings),
    )


def _compose(node: Element, composition: Composition) -> None:
    """Add the substances of every material below; a material without any stands for itself."""
    waiting = list(reversed(node.children))
    while waiting:
        entry = waiting.pop()
        if entry.name in _MATERIALS:
            whole = amount_under(entry)
            substances = list(entry.descendants("Substance"))
            for substance in substances:
                _add(substance, composition, whole=whole)
            if not substances:
                composition.add(
                    entry.attribute("name"), mass_kg=whole.mass_kg, fraction=whole.share
                )
        elif entry.name == "Substance":
            _add(entry, composition, whole=Amount())
        elif entry.name in _PARTS or entry.children:
            waiting.extend(reversed(entry.children))


def _add(substance: Element, composition: Composition, *, whole: Amount) -> None:
    part = amount_under(substance)
    mass, fraction = part.mass_kg, None
    if mass is None and part.share is not None:
        if whole.mass_kg is not None:
            mass = part.share * whole.mass_kg
        elif whole.share is not None:
            fraction = part.share * whole.share
    composition.add(
        substance.attribute("name"),
        number=identity_of(substance),
        mass_kg=mass,
        fraction=fraction,
        column="Substance",
    )
