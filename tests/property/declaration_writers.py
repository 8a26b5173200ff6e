"""Compositions in every format that declares a single item, with `json` and ElementTree."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

#: Names with their CAS numbers.
_KNOWN = (
    ("Neodymium", "7440-00-8"),
    ("Dysprosium", "7429-91-6"),
    ("Terbium", "7440-27-9"),
    ("Iron", "7439-89-6"),
    ("Boron", "7440-42-8"),
    ("Cobalt", "7440-48-4"),
)


@dataclass(frozen=True)
class Substance:
    """One declared substance."""

    name: str
    cas: str
    grams: Decimal


grams = st.decimals(min_value=Decimal("0.001"), max_value=500, places=3)
compositions = st.lists(
    st.tuples(st.sampled_from(_KNOWN), grams), min_size=1, max_size=6, unique_by=lambda one: one[0]
).map(lambda pairs: [Substance(name, cas, mass) for (name, cas), mass in pairs])


def total(composition: list[Substance]) -> Decimal:
    """Return the mass of the whole item [g]."""
    return sum((one.grams for one in composition), Decimal(0))


def _xml(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _amount(parent: ET.Element, mass: Decimal) -> None:
    ET.SubElement(parent, "Amount", value=f"{mass:f}", UOM="g")


def ipc_class_d(composition: list[Substance]) -> bytes:
    root = ET.Element("MainDeclaration", xmlns="http://webstds.ipc.org/175x/2.0")
    product = ET.SubElement(root, "Product", unitType="Each")
    identity = ET.SubElement(product, "ProductID", itemName="Magnet", itemNumber="MAG-42")
    _amount(identity, total(composition))
    materials = ET.SubElement(ET.SubElement(product, "MaterialInfo"), "HomogeneousMaterialList")
    alloy = ET.SubElement(materials, "HomogeneousMaterial", name="Alloy")
    _amount(alloy, total(composition))
    for one in composition:
        substance = ET.SubElement(alloy, "Substance", name=one.name)
        ET.SubElement(substance, "SubstanceID", identity=one.cas, authority="CAS")
        _amount(substance, one.grams)
    return _xml(root)


def iec_declaration(composition: list[Substance]) -> bytes:
    root = ET.Element("Main", xmlns="http://std.iec.ch/iec62474")
    product = ET.SubElement(root, "Product", unitType="each")
    identity = ET.SubElement(product, "ProductID", name="Magnet", identifier="MAG-42")
    ET.SubElement(identity, "Mass", mass=f"{total(composition):f}", unitOfMeasure="g")
    material = ET.SubElement(ET.SubElement(product, "Composition"), "Material", name="Alloy")
    for one in composition:
        substance = ET.SubElement(material, "Substance", name=one.name, casNumber=one.cas)
        ET.SubElement(substance, "Mass", mass=f"{one.grams:f}", unitOfMeasure="g")
    return _xml(root)


def chemsherpa(composition: list[Substance]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("declaration.xml", iec_declaration(composition))
    return out.getvalue()


def _passport(specific: dict[str, object], composition: list[Substance]) -> bytes:
    content = [
        {
            "unit": "unit:partPerMillion",
            "concentration": float(one.grams / total(composition) * 1_000_000),
            "id": [{"type": "CAS", "name": one.name, "id": one.cas}],
        }
        for one in composition
    ]
    weight = {"value": float(total(composition)), "unit": "unit:gram"}
    generic = {
        "identification": {
            "type": {"manufacturerPartId": "MAG-42", "nameAtManufacturer": "Magnet"}
        },
        "characteristics": {"physicalDimension": {"weight": weight}},
        "materials": {"materialComposition": {"applicable": True, "content": content}},
    }
    return json.dumps({"specific": specific, "generic": generic}).encode()


def drive_passport(composition: list[Substance]) -> bytes:
    return _passport({"eMachine": {"technology": "PSM"}}, composition)


def material_passport(composition: list[Substance]) -> bytes:
    return _passport({"productType": "mixture"}, composition)


def product_passport(composition: list[Substance]) -> bytes:
    return _passport({}, composition)


def battery_pass(composition: list[Substance]) -> bytes:
    materials = [
        {
            "batteryMaterialName": one.name,
            "batteryMaterialIdentifier": one.cas,
            "batteryMaterialMass": float(one.grams / 1000),
        }
        for one in composition
    ]
    chemistry = {"shortName": "NiMH", "clearName": "Nickel metal hydride"}
    body = {"batteryChemistry": chemistry, "batteryMaterials": materials}
    return json.dumps({"materialComposition": body}).encode()


DECLARATIONS: tuple[tuple[str, Callable[[list[Substance]], bytes]], ...] = (
    ("ipc1752_xml", ipc_class_d),
    ("iec62474_xml", iec_declaration),
    ("chemsherpa", chemsherpa),
    ("catenax_electric_drive_passport", drive_passport),
    ("catenax_chemical_material_passport", material_passport),
    ("catenax_product_passport", product_passport),
    ("battery_pass", battery_pass),
)
