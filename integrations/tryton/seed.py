"""Fills an empty Tryton: a motor, its parts and a bill of materials of two levels.

Runs in the environment of Tryton (it needs proteus), not in that of Lodestone:
python seed.py DATABASE CONFIG
"""

from __future__ import annotations

import sys

from proteus import Model, config

#: Code, name, symbol of the unit of each product.
PRODUCTS = (
    ("TM-150", "Traction motor 150 kW", "u"),
    ("RTR-05", "Rotor with magnets", "u"),
    ("MAG-42SH", "Sintered NdFeB magnet N42SH, epoxy coated", "g"),
    ("STK-03", "Stator lamination stack, electrical steel M250-35A", "kg"),
    ("WND-02", "Hairpin winding, enamelled copper flat wire", "kg"),
    ("SHF-8841", "Rotor shaft, case-hardening steel 16MnCr5, forged", "u"),
)
#: What is made, and of how much of what.
BOMS = (
    ("TM-150", (("RTR-05", 1), ("STK-03", 14.2), ("WND-02", 5.6), ("SHF-8841", 1))),
    ("RTR-05", (("MAG-42SH", 1500), ("STK-03", 9.1))),
)
#: Name, label and type of what Lodestone writes back.
ATTRIBUTES = (
    ("rare_earth_score", "Rare-earth risk score", "float"),
    ("rare_earth_band", "Rare-earth risk band", "char"),
    ("rare_earth_as_of", "Rare-earth risk as of", "char"),
)


def seed() -> None:
    """Create attributes, products and bills of materials."""
    attribute_set = Model.get("product.attribute.set")(name="Procurement risk")
    for name, label, kind in ATTRIBUTES:
        attribute = Model.get("product.attribute")(name=name, string=label, type_=kind)
        if kind == "float":
            attribute.digits = 1
        attribute.save()
        attribute_set.attributes.append(attribute)
    attribute_set.save()
    units = {unit.symbol: unit for unit in Model.get("product.uom").find([])}
    products = {}
    for code, name, symbol in PRODUCTS:
        template = Model.get("product.template")(
            name=name,
            default_uom=units[symbol],
            type="goods",
            attribute_set=attribute_set,
            producible=any(code == made for made, _ in BOMS),
        )
        template.save()
        (product,) = template.products
        product.suffix_code = code
        product.save()
        products[code] = product
    for made, inputs in BOMS:
        bom = Model.get("production.bom")(name=products[made].name)
        output = bom.outputs.new(product=products[made], quantity=1)
        output.unit = products[made].default_uom
        for code, quantity in inputs:
            entry = bom.inputs.new(product=products[code], quantity=quantity)
            entry.unit = products[code].default_uom
        bom.save()
        link = products[made].boms.new()
        link.bom = bom
        products[made].save()
    sys.stdout.write(f"{len(PRODUCTS)} products, {len(BOMS)} bills of materials\n")


if __name__ == "__main__":
    config.set_trytond(sys.argv[1], user="admin", config_file=sys.argv[2])
    seed()
