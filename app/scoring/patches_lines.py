"""What-ifs about the goods themselves: stock, suppliers, origin, composition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.bom import BomLine, Bridge, SourcingShare, Supplier
from app.errors import UnknownKeyError
from app.scoring.patches import Inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLines:
    """Lines change: stock, suppliers, recycled share, bridges, licence; None leaves as it is.

    Attributes:
        line_ids: Lines that change; empty means every line.
        sourcing: Replaces the declared shares of a stage by these countries.
    """

    line_ids: frozenset[str] = frozenset()
    stock_days: float | None = None
    suppliers: tuple[Supplier, ...] | None = None
    recycled_share: float | None = None
    bridges: tuple[Bridge, ...] | None = None
    licence_valid_to: date | None = None
    sourcing: Mapping[str, tuple[tuple[str, float], ...]] | None = None

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs."""
        known = {line.line_id for line in inputs.bom.lines}
        missing = sorted(self.line_ids - known)
        if missing:
            raise UnknownKeyError(f"the bill of materials has no line {missing[0]!r}")
        lines = tuple(
            self._changed(line) if not self.line_ids or line.line_id in self.line_ids else line
            for line in inputs.bom.lines
        )
        return replace(inputs, bom=replace(inputs.bom, lines=lines))

    def _changed(self, line: BomLine) -> BomLine:
        changes: dict[str, object] = {
            name: value
            for name, value in (
                ("stock_days", self.stock_days),
                ("suppliers", self.suppliers),
                ("recycled_share", self.recycled_share),
                ("bridges", self.bridges),
            )
            if value is not None
        }
        if self.sourcing is not None:
            kept = tuple(entry for entry in line.sourcing if entry.stage not in self.sourcing)
            changes["sourcing"] = kept + tuple(
                SourcingShare(stage=stage, country=country, share=share)
                for stage, mix in sorted(self.sourcing.items())
                for country, share in mix
            )
        if self.licence_valid_to is not None:
            suppliers = self.suppliers if self.suppliers is not None else line.suppliers
            changes["suppliers"] = tuple(
                replace(supplier, general_licence_valid_to=self.licence_valid_to)
                for supplier in suppliers
            )
        return replace(line, **changes)  # type: ignore[arg-type]  # names and types are those above


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveElements:
    """Lines no longer hold some elements, e.g. a magnet grade without Dy and Tb."""

    elements: frozenset[str]
    line_ids: frozenset[str] = frozenset()

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs."""
        identified = tuple(
            replace(
                found,
                elements=tuple(c for c in found.elements if c.symbol not in self.elements),
            )
            if not self.line_ids or found.line_id in self.line_ids
            else found
            for found in inputs.identified
        )
        return replace(inputs, identified=identified)
