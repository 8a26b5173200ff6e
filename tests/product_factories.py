"""Small invented products: lines, what they hold, and the product itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.bom import Bom, BomLine, Bridge, SourcingShare, Supplier
from app.domain.exposure import ElementContent, IdentifiedLine, LineOutcome
from app.domain.provenance import Basis
from app.domain.triple import ONE, Triple


def line(
    line_id: str = "1",
    *,
    suppliers: Mapping[str, float] | None = None,
    stock_days: float | None = None,
    bridges: Sequence[tuple[float, float]] = (),
    quantity: float | None = 1.0,
    sourcing: Sequence[tuple[str, str, float]] = (),
    recycled_share: float = 0.0,
    sector: str | None = None,
) -> BomLine:
    """Return a BOM line with suppliers by country."""
    return BomLine(
        line_id=line_id,
        description="part",
        quantity=quantity,
        stock_days=stock_days,
        suppliers=tuple(
            Supplier(country=country, share=share) for country, share in (suppliers or {}).items()
        ),
        bridges=tuple(Bridge(from_day=day, share=share) for day, share in bridges),
        sourcing=tuple(
            SourcingShare(stage=stage, country=country, share=share)
            for stage, country, share in sourcing
        ),
        recycled_share=recycled_share,
        sector=sector,
    )


def content(
    symbol: str = "Dy",
    *,
    mass_kg: float | None = 1.0,
    fraction: Triple | None = ONE,
    presence: Triple = ONE,
) -> ElementContent:
    """Return one declared element of a line."""
    return ElementContent(
        symbol=symbol,
        mass_kg=None if mass_kg is None else Triple.exactly(mass_kg),
        fraction=fraction,
        presence=presence,
        basis=Basis.DECLARED,
    )


def found(
    line_id: str = "1", *contents: ElementContent, forms: Sequence[str] = ("magnet",)
) -> IdentifiedLine:
    """Return the identification of a line; without contents nothing was found."""
    outcome = LineOutcome.RARE_EARTHS_FOUND if contents else LineOutcome.NO_RARE_EARTHS
    return IdentifiedLine(
        line_id=line_id,
        outcome=outcome,
        confidence=1.0,
        elements=contents,
        forms=tuple(forms) if contents else (),
        evidence=(),
        reason="",
    )


def bom(*lines: BomLine, sector: str | None = None) -> Bom:
    """Return a product of some lines."""
    return Bom(id="P", lines=lines, sector=sector)
