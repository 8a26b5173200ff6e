"""Turns a finding and the quantity of its line into masses of elements per product."""

from __future__ import annotations

import math

from app.domain.bom import BomLine
from app.domain.elements import RARE_EARTHS
from app.domain.exposure import ElementContent
from app.domain.triple import ONE, Triple
from app.identification.content import Content, Finding, MassRule
from app.identification.units import Dimension, Unit, find_unit

_ORDER = {symbol: number for number, symbol in enumerate(RARE_EARTHS)}

#: Component units that are one thing each.
_PIECES = frozenset(("piece", "pair", "vehicle", "aircraft", "ship", "engine", "set", "dose"))
_RATED = frozenset(("kW", "MW", "Nm"))
#: Component units of mass [kg].
_MASS_UNITS = {
    "kg of motor": 1.0,
    "kg of vehicle": 1.0,
    "kg of magnet": 1.0,
    "t": 1000.0,
    "10 g": 0.01,
}
_LITRE = 1e-3
_PAIR = 2

#: Largest figure that is not an error: a teragram, or as many pieces.
_LARGEST = 1e12

_BULK = MassRule.BULK
#: What a line without a unit counts.
_ONE_PIECE = Unit(Dimension.COUNT, 1.0)

Warnings = list[tuple[str, str]]


def element_contents(
    finding: Finding, line: BomLine, *, certain: bool
) -> tuple[tuple[ElementContent, ...], tuple[tuple[str, str], ...]]:
    """Return the elements of a line with their masses, and what to warn of.

    Args:
        finding: What the line holds.
        line: Its quantity, unit and masses.
        certain: Rare earths were found; otherwise all masses begin at zero.

    Returns:
        Elements in order of atomic number, and warnings as (code, text).
    """
    if not finding.contents:
        return (), ()
    warnings: Warnings = []
    quantity = _Quantity(line, finding, warnings)
    contents = sorted(finding.contents, key=_place)
    elements = tuple(
        [
            ElementContent(
                symbol=content.symbol,
                mass_kg=_possible(quantity.mass_of(content), content, certain=certain),
                fraction=content.fraction,
                presence=content.presence,
                basis=content.basis,
                sources=content.sources,
            )
            for content in contents
        ]
    )
    if not warnings and all(element.mass_kg is None for element in elements):
        warnings.append(
            ("mass_not_known", "no mass can be given: the unit mass of the part is not known")
        )
    return elements, tuple(dict.fromkeys(warnings))


def _place(content: Content) -> int:
    return _ORDER[content.symbol]


def _possible(mass: Triple | None, content: Content, *, certain: bool) -> Triple | None:
    """Return a mass that begins at zero where the element may not be there."""
    if mass is None:
        return None
    presence = content.presence
    if presence is ONE and certain:  # nearly every element that is found
        return mass
    nominal = mass.nominal if presence.nominal > 0 else 0.0
    low = min(mass.low, nominal) if certain and presence.low >= 1 else 0.0
    if low == mass.low and nominal == mass.nominal:
        return mass
    return Triple(low, nominal, mass.high)


class _Quantity:
    """How much of everything a line has per product."""

    def __init__(self, line: BomLine, finding: Finding, warnings: Warnings) -> None:
        self._line = line
        self._finding = finding
        self._units = self._usable_quantity(warnings)
        self._unit = self._usable_unit(warnings)
        self._pieces = self._number_of_pieces(warnings)
        self._line_kg = self._line_mass()

    def _usable_quantity(self, warnings: Warnings) -> float | None:
        """Return the quantity, or None where there is none that can be used."""
        quantity = self._line.quantity
        if quantity is None:
            warnings.append(("no_quantity", "no mass can be given: the quantity is not known"))
            return None
        if not math.isfinite(quantity) or quantity < 0:
            warnings.append(
                ("unusable_quantity", "no mass can be given: the quantity is no number")
            )
            return None
        return quantity

    def _usable_unit(self, warnings: Warnings) -> Unit | None:
        """Return the unit; pieces where there is none, None where it is not known."""
        text = self._line.unit
        if text is None or not text.strip():
            return _ONE_PIECE
        unit = find_unit(text)
        if unit is None:
            warnings.append(("unknown_unit", f"unit {text[:20]!r} is not known; no mass is given"))
        return unit

    def _number_of_pieces(self, warnings: Warnings) -> float | None:
        """Return how many pieces there are, or None."""
        if self._units is None or self._unit is None:
            return None
        if self._unit.dimension is Dimension.COUNT:
            return self._units * self._unit.factor
        if self._unit.dimension is Dimension.PACKAGE and self._line.unit_mass_kg is None:
            warnings.append(
                ("package_unit", "the unit is a package; how many pieces it holds is not known")
            )
        return None

    def _line_mass(self) -> Triple | None:
        """Return the mass of the whole line [kg], or None."""
        units, unit = self._units, self._unit
        if units is None or unit is None:
            return None
        if unit.dimension is Dimension.MASS:
            return _exact(units * unit.factor)
        unit_mass = self._unit_mass()
        if unit_mass is not None:
            return _exact(units * unit_mass)
        volume, density = self._finding.volume_m3, self._finding.density_kg_per_m3
        if self._pieces is not None and volume is not None and density is not None:
            return _product(volume, _exact(density * self._pieces))
        return None

    def _unit_mass(self) -> float | None:
        """Return the mass of one unit [kg], or None; nothing weighs nothing."""
        unit_mass = self._line.unit_mass_kg
        if unit_mass is None or not math.isfinite(unit_mass) or unit_mass <= 0:
            return None
        return unit_mass

    def mass_of(self, content: Content) -> Triple | None:
        """Return the mass of an element in the line [kg], or None."""
        if content.rule is _BULK:  # nearly every one
            return _product(self._line_kg, content.fraction)
        if content.rule is MassRule.PIECE:
            factor = self._component_units()
            amount = None if content.amount is None else self._capped(content, content.amount)
            return None if factor is None else _product(amount, _exact(factor))
        return _product(self._material_mass(content), content.fraction)

    def _material_mass(self, content: Content) -> Triple | None:
        """Return the mass of the material that an element is a fraction of [kg], or None."""
        if content.rule is MassRule.SHARE:
            return _product(self._line_kg, content.amount)
        if content.rule is MassRule.DECLARED and self._units is not None:
            return _product(_exact(self._units), content.amount)
        return None

    def _component_units(self) -> float | None:
        """Return how many units of its component the line holds, or None."""
        unit = self._finding.component_unit
        if unit in _PIECES:
            in_pairs = unit == "pair" and self._unit is not None and self._unit.factor == _PAIR
            return self._units if in_pairs else self._pieces
        if unit in _RATED:
            rating = self._finding.rating
            return None if rating is None or self._pieces is None else rating * self._pieces
        if unit in _MASS_UNITS:
            return None if self._line_kg is None else self._line_kg.nominal / _MASS_UNITS[unit]
        return self._measured_units(unit)

    def _measured_units(self, unit: str) -> float | None:
        """Return the length [m] or volume [L] of the line, or None."""
        if self._units is None or self._unit is None:
            return None
        if unit == "m" and self._unit.dimension is Dimension.LENGTH:
            return self._units * self._unit.factor
        if unit == "L" and self._unit.dimension is Dimension.VOLUME:
            return self._units * self._unit.factor / _LITRE
        return None

    def _capped(self, content: Content, amount: Triple) -> Triple:
        """Return a mass per piece that is not over what the piece can hold by its own mass."""
        unit_mass = self._unit_mass()
        if unit_mass is None or self._finding.component_unit not in _PIECES:
            return amount
        most = unit_mass * (content.fraction.high if content.fraction else 1.0)
        return Triple(min(amount.low, most), min(amount.nominal, most), min(amount.high, most))


def _exact(value: float) -> Triple | None:
    """Return a known figure, or None where it is beyond reason."""
    return Triple.exactly(value) if 0 <= value <= _LARGEST else None


def _product(first: Triple | None, second: Triple | None) -> Triple | None:
    """Return the product of two figures that are not negative; None where it is no mass."""
    if first is None or second is None:
        return None
    high = first.high * second.high
    if not high <= _LARGEST:
        return None
    return Triple(first.low * second.low, first.nominal * second.nominal, high)
