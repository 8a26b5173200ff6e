"""What-ifs about single lines: stock, suppliers, origin upstream, recycling, a licence."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.bom import Bom, BomLine, Bridge, SourcingShare, Supplier
from app.domain.exposure import IdentifiedLine
from app.domain.reference import ReferenceData
from app.domain.supply import Stage
from app.errors import InvalidNumberError, InvalidSharesError, UnknownKeyError
from app.scoring.patches import Inputs

LineChange = Callable[[BomLine, IdentifiedLine], BomLine]


def check_line_ids(bom: Bom, line_ids: Iterable[str]) -> None:
    """Refuse ids that no line has.

    Raises:
        UnknownKeyError: There is such an id.
    """
    missing = sorted(set(line_ids) - {line.line_id for line in bom.lines})
    if missing:
        raise UnknownKeyError(f"the bill of materials has no line {missing[0]!r}")


def with_lines(inputs: Inputs, line_ids: frozenset[str], change: LineChange) -> Inputs:
    """Return the inputs with some lines changed; no id means every line."""
    check_line_ids(inputs.bom, line_ids)
    lines = tuple(
        change(line, found) if not line_ids or line.line_id in line_ids else line
        for line, found in zip(inputs.bom.lines, inputs.identified, strict=True)
    )
    return replace(inputs, bom=replace(inputs.bom, lines=lines))


def _check_share(share: float, whose: str) -> None:
    if not math.isfinite(share) or not 0.0 <= share <= 1.0:
        raise InvalidSharesError(f"{whose} lies between 0 and 1, got {share!r}")


def last_stage(found: IdentifiedLine, reference: ReferenceData) -> Stage | None:
    """Return the stage of the goods of a line, None for a line without rare earths."""
    return reference.supply.chains[found.forms[0]].last if found.forms else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLines:
    """Fields of lines take other values; None leaves a field as it is.

    Attributes:
        line_ids: Lines that change; empty means every line.
        suppliers: Replace the present ones, and the shares declared for the goods' own stage.
        sourcing: Replaces the declared shares of a stage by these countries.
        licence_valid_to: Last day of a general licence of every supplier of the lines.
    """

    line_ids: frozenset[str] = frozenset()
    stock_days: float | None = None
    suppliers: tuple[Supplier, ...] | None = None
    recycled_share: float | None = None
    bridges: tuple[Bridge, ...] | None = None
    licence_valid_to: date | None = None
    sourcing: Mapping[str, tuple[tuple[str, float], ...]] | None = None

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such line.
        """
        return with_lines(
            inputs,
            self.line_ids,
            lambda line, found: self._changed(line, last_stage(found, inputs.reference)),
        )

    def _changed(self, line: BomLine, own: Stage | None) -> BomLine:
        if self.stock_days is not None:
            line = replace(line, stock_days=self.stock_days)
        if self.recycled_share is not None:
            line = replace(line, recycled_share=self.recycled_share)
        if self.bridges is not None:
            line = replace(line, bridges=self.bridges)
        if self.suppliers is not None:
            upstream = tuple(entry for entry in line.sourcing if entry.stage != own)
            line = replace(line, suppliers=self.suppliers, sourcing=upstream)
        if self.sourcing is not None:
            line = replace(line, sourcing=_sourcing(line, self.sourcing))
        if self.licence_valid_to is not None:
            licensed = tuple(
                replace(supplier, general_licence_valid_to=self.licence_valid_to)
                for supplier in line.suppliers
            )
            line = replace(line, suppliers=licensed)
        return line


def _sourcing(
    line: BomLine, mixes: Mapping[str, tuple[tuple[str, float], ...]]
) -> tuple[SourcingShare, ...]:
    kept = tuple(entry for entry in line.sourcing if entry.stage not in mixes)
    return kept + tuple(
        SourcingShare(stage=stage, country=country, share=share)
        for stage, mix in sorted(mixes.items())
        for country, share in mix
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseStock:
    """Lines with less stock get this much; `more_days` comes on top of what each has [days]."""

    line_ids: frozenset[str]
    to_days: float = 0.0
    more_days: float = 0.0

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such line.
            InvalidNumberError: A number of days is negative or not finite.
        """
        for days in (self.to_days, self.more_days):
            if not math.isfinite(days) or days < 0.0:
                raise InvalidNumberError(f"stock is 0 days or more, got {days!r}")
        return with_lines(inputs, self.line_ids, lambda line, _: self._raised(line))

    def _raised(self, line: BomLine) -> BomLine:
        stock = line.stock_days or 0.0
        return replace(line, stock_days=max(stock + self.more_days, self.to_days))


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseRecycled:
    """Lines with less closed-loop material get this share of it [1]."""

    line_ids: frozenset[str]
    to_share: float

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such line.
            InvalidSharesError: The share is no share.
        """
        _check_share(self.to_share, "a recycled share")
        return with_lines(
            inputs,
            self.line_ids,
            lambda line, _: replace(line, recycled_share=max(line.recycled_share, self.to_share)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondSource:
    """A share of the need moves to a country at one stage, taken from all others in proportion.

    Attributes:
        stage: Stage upstream of the goods, or their own.
        share: Share of the need that moves [1].
    """

    line_ids: frozenset[str]
    stage: Stage
    country: str
    share: float

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such line.
            InvalidSharesError: The share is no share.
        """
        _check_share(self.share, "the share of a second source")
        return with_lines(
            inputs,
            self.line_ids,
            lambda line, found: self._moved(line, last_stage(found, inputs.reference)),
        )

    def _moved(self, line: BomLine, own: Stage | None) -> BomLine:
        declared = any(entry.stage == self.stage for entry in line.sourcing)
        if self.stage is own and line.suppliers and not declared:
            return replace(line, suppliers=self._suppliers(line.suppliers))
        rest = 1.0 - self.share
        moved = tuple(
            replace(entry, share=entry.share * rest) if entry.stage == self.stage else entry
            for entry in line.sourcing
        )
        added = SourcingShare(stage=self.stage.value, country=self.country, share=self.share)
        return replace(line, sourcing=(*moved, added))

    def _suppliers(self, suppliers: tuple[Supplier, ...]) -> tuple[Supplier, ...]:
        rest = 1.0 - self.share
        kept = tuple(
            replace(supplier, share=supplier.share * rest) for supplier in suppliers if rest > 0.0
        )
        return (*kept, Supplier(country=self.country, share=self.share, new_relation=True))
