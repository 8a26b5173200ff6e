"""Value objects of the field: elements, BOM, controls, supply, sectors, provenance, results."""
