"""One declared magnet in every format that declares a single item."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from openpyxl import Workbook

from tests.unit.readers.reference_product import Fixture, as_json

NUMBER, NAME = "MAG-42", "Sintered magnet"
MASS_KG = 0.02
#: Substance, CAS number, mass in one piece [kg].
SUBSTANCES = (
    ("Neodymium", "7440-00-8", 0.006),
    ("Iron", "7439-89-6", 0.0134),
    ("Dysprosium", "7429-91-6", 0.0006),
)

DECLARED = frozenset({"part_number", "description", "unit_mass_kg", "substances"})
SUBSTANCES_ONLY = frozenset({"substances"})


@dataclass(frozen=True)
class _Texts:
    name: str
    cas: str
    grams: str
    percent: str
    ppm: float


TEXTS = tuple(
    _Texts(name, cas, f"{kg * 1000:g}", f"{kg / MASS_KG * 100:g}", kg / MASS_KG * 1_000_000)
    for name, cas, kg in SUBSTANCES
)


def own() -> bytes:
    materials = [{"name": name, "cas": cas, "mass_kg": kg} for name, cas, kg in SUBSTANCES]
    line = {
        "line_id": "1",
        "part_number": NUMBER,
        "description": NAME,
        "quantity": 1,
        "unit_mass_kg": MASS_KG,
        "materials": materials,
    }
    return as_json({"id": NUMBER, "lines": [line]})


def ipc_class_d() -> bytes:
    substances = "".join(
        f'<Substance name="{s.name}"><SubstanceID identity="{s.cas}" authority="CAS"/>'
        f'<Amount value="{s.grams}" UOM="g"/></Substance>'
        for s in TEXTS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<MainDeclaration xmlns="http://webstds.ipc.org/175x/2.0" version="2.0"><Product unitType='
        f'"Each"><ProductID itemName="{NAME}" itemNumber="{NUMBER}"><Amount value="20" UOM="g"/>'
        "</ProductID><MaterialInfo><HomogeneousMaterialList><HomogeneousMaterial name="
        '"Sintered alloy"><Amount value="20" UOM="g"/><SubstanceCategoryList><SubstanceCategory '
        f'name="Supplier">{substances}</SubstanceCategory></SubstanceCategoryList>'
        "</HomogeneousMaterial></HomogeneousMaterialList></MaterialInfo></Product>"
        "</MainDeclaration>"
    ).encode()


def ipc_concentrations() -> bytes:
    """The same with concentrations and without a namespace."""
    substances = "".join(
        f'<Substance name="{s.name}"><SubstanceID identity="{s.cas}" authority="CAS"/>'
        f'<Concentration value="{s.percent}"/></Substance>'
        for s in TEXTS
    )
    return (
        f'<MainDeclaration><Product><ProductID itemName="{NAME}" itemNumber="{NUMBER}"/>'
        '<Amount value="0.02" UOM="kg"/><HomogeneousMaterialList><HomogeneousMaterial name='
        f'"Sintered alloy"><Amount value="20000" UOM="mg"/>{substances}</HomogeneousMaterial>'
        "</HomogeneousMaterialList></Product></MainDeclaration>"
    ).encode("utf-16")


def ipc_class_c() -> bytes:
    substances = "".join(
        f'<Substance name="{s.name}" aboveThresholdLevel="true"><SubstanceID identity="{s.cas}" '
        f'authority="CAS"/><Amount value="{s.grams}" UOM="g"/></Substance>'
        for s in TEXTS
    )
    absent = '<Substance name="Lead" aboveThresholdLevel="false"/>'
    return (
        '<MainDeclaration xmlns="http://webstds.ipc.org/175x/2.0"><Product><ProductID itemName='
        f'"{NAME}" itemNumber="{NUMBER}"><Amount value="20" UOM="g"/></ProductID><MaterialInfo>'
        '<SubstanceCategoryList><SubstanceCategoryListID identity="EL2011/534/D" authority="IPC"/>'
        f'<SubstanceCategory name="Declarable">{substances}{absent}</SubstanceCategory>'
        "</SubstanceCategoryList></MaterialInfo></Product></MainDeclaration>"
    ).encode()


def iec_xml() -> bytes:
    substances = "".join(
        f'<Substance name="{s.name}" casNumber="{s.cas}"><Mass mass="{s.grams}" '
        'unitOfMeasure="g"/></Substance>'
        for s in TEXTS
    )
    return (
        '<Main xmlns="http://std.iec.ch/iec62474"><BusinessInfo><Response><SupplyCompany '
        'name="Example Magnets"/></Response></BusinessInfo><Product unitType="each"><ProductID '
        f'name="{NAME}" identifier="{NUMBER}"><Mass mass="20" unitOfMeasure="g"/></ProductID>'
        f'<Composition><ProductPart name="Body"><Material name="Alloy">{substances}</Material>'
        '</ProductPart></Composition><Compliance><Substance name="Lead" '
        'aboveThreshold="false"/></Compliance></Product></Main>'
    ).encode()


def chemsherpa() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("declaration.xml", iec_xml())
    return out.getvalue()


def _generic() -> dict[str, object]:
    content = [
        {
            "unit": "unit:partPerMillion",
            "concentration": s.ppm,
            "critical": True,
            "id": [{"type": "CAS", "name": s.name, "id": s.cas}],
        }
        for s in TEXTS
    ]
    return {
        "identification": {
            "type": {"manufacturerPartId": NUMBER, "nameAtManufacturer": NAME},
            "codes": [{"key": "TARIC", "value": "8505 11 00 00"}],
        },
        "characteristics": {"physicalDimension": {"weight": {"value": 20.0, "unit": "unit:gram"}}},
        "materials": {"materialComposition": {"applicable": True, "content": content}},
    }


def drive_passport() -> bytes:
    machine = {"technology": "PSM", "permanentMagnetType": "NdFeB"}
    return as_json({"specific": {"eMachine": machine}, "generic": _generic()})


def material_passport() -> bytes:
    return as_json({"specific": {"productType": "mixture"}, "generic": _generic()})


def product_passport() -> bytes:
    return as_json({"specific": {}, "generic": _generic()})


def battery_pass() -> bytes:
    materials = [
        {
            "batteryMaterialName": name,
            "batteryMaterialIdentifier": cas,
            "batteryMaterialMass": kg,
            "isCriticalRawMaterial": True,
        }
        for name, cas, kg in SUBSTANCES
    ]
    chemistry = {"shortName": "NiMH", "clearName": "Nickel metal hydride"}
    body = {"batteryChemistry": chemistry, "batteryMaterials": materials}
    return as_json({"materialComposition": body})


def reporting_template() -> bytes:
    book = Workbook()
    declaration = book.active
    assert declaration is not None
    declaration.title = "Declaration"
    declaration.append(["Company Name (*):", None, "Example Magnets"])
    declaration.append(["1) Is any of the following minerals intentionally added?", None, "Answer"])
    declaration.append(["Neodymium (*)", None, "Yes"])
    declaration.append(["Iron"])
    declaration.append(["Dysprosium  (*)", None, "Yes"])
    declaration.append(["Silver", None, "No"])
    smelters = book.create_sheet("Smelter List")
    smelters.append(["TO BEGIN: choose the metal"])
    smelters.append(["Metal (*)", "Smelter Look-up (*)", "Smelter Name (1)", "Smelter Country (*)"])
    smelters.append(["Neodymium", "Example Separation", "Example Separation", "MALAYSIA"])
    products = book.create_sheet("Product List")
    products.append(["Completion required only if reporting level is product"])
    products.append(
        ["Manufacturer's Product Number (*)", "Manufacturer's Product Name", "Comments"]
    )
    products.append([NUMBER, NAME, None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


DECLARATION_FIXTURES = (
    Fixture("json", own, DECLARED),
    Fixture("ipc1752_xml", ipc_class_d, DECLARED),
    Fixture("ipc1752_xml", ipc_concentrations, DECLARED),
    Fixture("ipc1752_xml", ipc_class_c, DECLARED),
    Fixture("iec62474_xml", iec_xml, DECLARED),
    Fixture("chemsherpa", chemsherpa, DECLARED),
    Fixture("catenax_electric_drive_passport", drive_passport, DECLARED),
    Fixture("catenax_chemical_material_passport", material_passport, DECLARED),
    Fixture("catenax_product_passport", product_passport, DECLARED),
    Fixture("battery_pass", battery_pass, SUBSTANCES_ONLY),
)
