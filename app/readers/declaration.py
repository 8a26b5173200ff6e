"""What IPC-175x and IEC 62474 declarations share: amounts, substances and their identities."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.readers.declared import substance_number
from app.readers.masses import kilograms
from app.readers.number_text import parse_number
from app.readers.xml_tree import Element

_SHARES = {"ppm": Decimal("0.000001"), "masspercent": Decimal("0.01"), "%": Decimal("0.01")}
_SHARES |= {"mass%": Decimal("0.01"), "percent": Decimal("0.01"), "wt%": Decimal("0.01")}
_IDENTITIES = ("SubstanceID", "UniqueID", "substanceID")


@dataclass(frozen=True, slots=True)
class Amount:
    """A mass [kg] or a share [1]; never both."""

    mass_kg: float | None = None
    share: float | None = None


def amount_of(value: str | None, unit: str | None) -> Amount:
    """Return what a value with its unit states; nothing where it cannot be read.

    Examples:
        >>> amount_of("5.2", "mg")
        Amount(mass_kg=5.2e-06, share=None)
        >>> amount_of("30", "massPercent").share
        0.3
    """
    number = parse_number(value) if value is not None else None
    if number is None or number < 0 or not unit:
        return Amount()
    factor = _SHARES.get(unit.strip().casefold())
    if factor is not None:
        return Amount(share=float(number * factor)) if number * factor <= 1 else Amount()
    return Amount(mass_kg=kilograms(number, unit))


def amount_under(node: Element) -> Amount:
    """Return the amount that an element states by `Amount`, `Mass` or `Concentration`."""
    for name in ("Amount", "Mass", "MassPercent", "Concentration"):
        child = node.child(name)
        if child is None:
            continue
        value = child.attribute("value", "mass", "amount", "concentration") or child.text.strip()
        is_share = name in {"Concentration", "MassPercent"}
        unit = child.attribute("UOM", "uom", "unitOfMeasure", "unit")
        found = amount_of(value or None, unit or ("massPercent" if is_share else None))
        if found != Amount():
            return found
    return amount_of(
        node.attribute("mass", "massPercent", "concentration"),
        node.attribute("unitOfMeasure", "UOM")
        or ("massPercent" if "massPercent" in node.attributes else None),
    )


def identity_of(substance: Element) -> str | None:
    """Return the identity of a substance: its CAS number where one is given."""
    candidates: list[str] = []
    for name in _IDENTITIES:
        for node in substance.all(name):
            text = node.attribute("identity", "identifier", "id") or node.text.strip()
            if text and (node.attribute("authority") or "").upper() in {"CAS", "EC", ""}:
                candidates.append(text)
    direct = substance.attribute("casNumber", "CASNumber", "cas", "identity", "identifier")
    if direct is not None and substance_number(direct) is not None:
        candidates.append(direct)
    good = [text for text in candidates if substance_number(text) is not None]
    return good[0] if good else candidates[0] if candidates else None


def is_below_threshold(node: Element) -> bool:
    """Return whether an entry says that the substance is not there above its threshold."""
    flags = [
        value
        for holder in (node, *node.children)
        for key, value in holder.attributes.items()
        if key.casefold().startswith(("above", "overthreshold"))
    ]
    flags += [
        child.text.strip() for child in node.children if child.name.casefold().startswith("above")
    ]
    return bool(flags) and all(flag.strip().casefold() in {"false", "0", "no"} for flag in flags)
