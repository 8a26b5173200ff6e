"""The reference product as electronics CAD programs write it: flat, without masses."""

from __future__ import annotations

from tests.unit.readers.reference_product import PARTS, delimited, plain


def electronics(
    headers: list[str], order: str, *, delimiter: str = ",", encoding: str = "utf-8"
) -> bytes:
    """Return a flat table; `order` names a column each: n number, d description, q quantity."""
    rows = [headers]
    for position, part in enumerate(PARTS, start=1):
        texts = {
            "p": str(position),
            "n": part.number,
            "d": part.name,
            "q": plain(part.quantity),
            "-": "",
        }
        rows.append([texts[sign] for sign in order])
    return delimited(rows, delimiter).encode(encoding)


def kicad() -> bytes:
    headers = ["Id", "Designator", "Package", "Quantity", "Designation", "Supplier and ref", "MPN"]
    return electronics(headers, "p--qd-n", delimiter=";")


def altium() -> bytes:
    headers = ["Comment", "Description", "Designator", "Footprint", "LibRef", "Quantity"]
    return electronics(headers, "-d--nq", encoding="cp1252")


def easyeda() -> bytes:
    headers = ["ID", "Name", "Designator", "Footprint", "Quantity", "Manufacturer Part"]
    return electronics(headers, "pd--qn", delimiter="\t", encoding="utf-16")


def orcad() -> bytes:
    title = "Actuator  Revised: Monday, March 02, 2026\r\n\r\n"
    header = "Item\tQuantity\tReference\tPart\tPart Number\r\n"
    rule = "____________________________________________\r\n"
    body = "".join(
        f"{position}\t{plain(part.quantity)}\t\t{part.name}\t{part.number}\r\n"
        for position, part in enumerate(PARTS, start=1)
    )
    return (title + header + rule + body).encode()
