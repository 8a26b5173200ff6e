"""What-ifs about what lines hold: without an element, another material, another form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.exposure import ElementContent, IdentifiedLine
from app.domain.materials import Material
from app.domain.provenance import Basis
from app.domain.triple import Triple
from app.errors import UnknownKeyError
from app.scoring.patches import Inputs
from app.scoring.patches_lines import check_line_ids


def _with_found(
    inputs: Inputs, line_ids: frozenset[str], changed: Mapping[str, IdentifiedLine]
) -> Inputs:
    check_line_ids(inputs.bom, line_ids)
    return replace(
        inputs, identified=tuple(changed.get(one.line_id, one) for one in inputs.identified)
    )


def _chosen(inputs: Inputs, line_ids: frozenset[str]) -> tuple[IdentifiedLine, ...]:
    return tuple(one for one in inputs.identified if not line_ids or one.line_id in line_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveElements:
    """Lines no longer hold some elements, e.g. a magnet grade without Dy and Tb."""

    elements: frozenset[str]
    line_ids: frozenset[str] = frozenset()

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such line.
        """
        changed = {
            found.line_id: replace(
                found, elements=tuple(c for c in found.elements if c.symbol not in self.elements)
            )
            for found in _chosen(inputs, self.line_ids)
        }
        return _with_found(inputs, self.line_ids, changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeForm:
    """The goods of lines cross the border in another form, e.g. as a device with the magnet."""

    line_ids: frozenset[str]
    form: str

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such line or form.
        """
        if self.form not in inputs.reference.supply.chains:
            raise UnknownKeyError(f"there is no product form {self.form!r}")
        changed = {
            found.line_id: replace(found, forms=(self.form,))
            for found in _chosen(inputs, self.line_ids)
            if found.forms
        }
        return _with_found(inputs, self.line_ids, changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchDesign:
    """Lines need less of some elements, and perhaps others instead.

    Attributes:
        removes: Share of each element that is no longer needed [1]; 1 takes it out.
        adds: What comes in, with its mass fraction in the new material [1]; None where no
            figure is known. What a line perhaps held of it is certain afterwards.
    """

    line_ids: frozenset[str]
    removes: Mapping[str, float]
    adds: Mapping[str, Triple | None]

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such line.
        """
        changed = {
            found.line_id: replace(found, elements=self._contents(found.elements))
            for found in _chosen(inputs, self.line_ids)
            if found.elements
        }
        return _with_found(inputs, self.line_ids, changed)

    def _contents(self, contents: tuple[ElementContent, ...]) -> tuple[ElementContent, ...]:
        kept = tuple(
            self._less(content)
            for content in contents
            if self.removes.get(content.symbol, 0.0) < 1.0 and content.symbol not in self.adds
        )
        mass = material_mass_kg(contents)
        added = tuple(
            ElementContent(
                symbol=symbol,
                mass_kg=_mass(mass, fraction),
                fraction=fraction,
                basis=Basis.ASSUMED,
            )
            for symbol, fraction in sorted(self.adds.items())
        )
        return kept + added

    def _less(self, content: ElementContent) -> ElementContent:
        rest = 1.0 - self.removes.get(content.symbol, 0.0)
        if rest == 1.0:
            return content
        return replace(
            content,
            mass_kg=None if content.mass_kg is None else content.mass_kg.scaled(rest),
            fraction=None if content.fraction is None else content.fraction.scaled(rest),
        )


def material_mass_kg(contents: tuple[ElementContent, ...]) -> float | None:
    """Return the mass of the material that elements are in [kg], None where nothing tells it."""
    for content in contents:
        mass, fraction = content.mass_kg, content.fraction
        if mass is not None and fraction is not None and fraction.nominal > 0.0:
            return mass.nominal / fraction.nominal
    return None


def _mass(material_kg: float | None, fraction: Triple | None) -> Triple | None:
    return None if material_kg is None or fraction is None else fraction.scaled(material_kg)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceMaterial:
    """Lines are made of another material of the reference data, at the same mass."""

    material: str
    line_ids: frozenset[str] = frozenset()

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such line or material.
        """
        materials = inputs.reference.identification.materials
        if self.material not in materials:
            raise UnknownKeyError(f"there is no material {self.material!r}")
        changed = {
            found.line_id: _made_of(found, materials[self.material])
            for found in _chosen(inputs, self.line_ids)
            if found.elements
        }
        return _with_found(inputs, self.line_ids, changed)


def _made_of(found: IdentifiedLine, material: Material) -> IdentifiedLine:
    mass = material_mass_kg(found.elements)
    return replace(
        found,
        elements=tuple(
            ElementContent(
                symbol=symbol,
                mass_kg=_mass(mass, fraction),
                fraction=fraction,
                basis=Basis.ASSUMED,
                sources=material.provenance.sources,
            )
            for symbol, fraction in sorted(material.fractions.items())
        ),
        forms=found.forms if material.form is not None else (),
        material=material.id,
        default_composition=True,
    )
