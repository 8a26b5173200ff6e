"""Candidates: designs and materials that need less of some rare earths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.domain.exposure import IdentifiedLine
from app.domain.mitigation import Alternative
from app.domain.reference import ReferenceData
from app.domain.triple import Side, Triple
from app.scoring.candidates import (
    ActionKind,
    Candidate,
    PatchMaker,
    Readiness,
    material_of,
    per_cent,
    unique_sources,
)
from app.scoring.goods import ScoredLine, presence_at
from app.scoring.patches_composition import SwitchDesign
from app.scoring.workbench import Workbench

#: A line must hold this part of what an alternative takes out, else it is another kind of part.
HELD_PART = 0.5


def design_alternatives(bench: Workbench) -> Iterator[Candidate]:
    """Yield one candidate for each alternative that fits some lines.

    Args:
        bench: The product in its context.
    """
    reference = bench.inputs.reference
    found_by_id = {found.line_id: found for found in bench.inputs.identified}
    words = {
        line.line_id: f"{bench.inputs.bom.name or ''} {line.description or ''}"
        for line in bench.inputs.bom.lines
    }
    for alternative_id in sorted(reference.mitigation.alternatives):
        alternative = reference.mitigation.alternatives[alternative_id]
        line_ids = frozenset(
            risk.line.line_id
            for risk in bench.line_risks()
            if fits(
                alternative,
                risk.line,
                found_by_id[risk.line.line_id],
                reference,
                words=words[risk.line.line_id],
            )
        )
        if not line_ids:
            continue
        yield Candidate(
            id=f"design:{alternative.id}",
            kind=ActionKind.DESIGN,
            text=_text(alternative),
            line_ids=line_ids,
            make=_switched(alternative, _added(alternative, reference)),
            lead_time_months=alternative.lead_time_months,
            readiness=Readiness(alternative.maturity.value),
            trade_off=_trade_off(alternative),
            sources=unique_sources(alternative.provenance.sources),
            # That a well-known step removes no risk is worth saying.
            needs_effect=False,
        )


def fits(
    alternative: Alternative,
    line: ScoredLine,
    found: IdentifiedLine,
    reference: ReferenceData,
    *,
    words: str,
) -> bool:
    """Return whether an alternative speaks of such a line.

    It names the line's material or component; or it is for the line's sector, for goods of the
    same family and for an application that the words of the list name. And the line must hold
    what it takes out.

    Args:
        alternative: A design or material.
        line: A rare-earth line.
        found: Its identification.
        reference: Families of materials, materials of components.
        words: Name of the product and description of the line.
    """
    held = frozenset(
        content.symbol for content in line.contents if presence_at(content, Side.HIGH) > 0.0
    )
    taken = held & frozenset(alternative.removes)
    wholly = frozenset(e for e, share in alternative.removes.items() if share == 1.0)
    if not taken or not (len(taken) >= HELD_PART * len(alternative.removes) or held <= wholly):
        return False
    if found.material in (*alternative.components, *alternative.materials):
        return True
    material = material_of(found, reference)
    return (
        material is not None
        and line.sector in alternative.sectors
        and material.family in _families(alternative, reference)
        and _names_application(words, alternative.applications)
    )


def _names_application(words: str, applications: Iterable[str]) -> bool:
    """Return whether some words name an application, in the singular or plural."""
    said = words.casefold()
    names = (name.partition("(")[0].strip().casefold() for name in applications)
    return any(name.removesuffix("s") in said for name in names)


def _families(alternative: Alternative, reference: ReferenceData) -> frozenset[str]:
    """Return the families of materials in the components that an alternative is for."""
    known = reference.identification
    inside = [
        known.components[component].material
        for component in alternative.components
        if component in known.components
    ]
    return frozenset(
        known.materials[material].family
        for material in inside
        if material is not None and material in known.materials
    )


def _added(alternative: Alternative, reference: ReferenceData) -> dict[str, Triple | None]:
    """Return what comes in, with its usual fraction in the materials that are named [1]."""
    materials = reference.identification.materials
    added: dict[str, Triple | None] = {}
    for symbol in alternative.adds:
        usual = [
            materials[material].fractions[symbol].nominal
            for material in alternative.materials
            if material in materials and symbol in materials[material].fractions
        ]
        certain = [fraction for fraction in usual if fraction > 0.0]
        added[symbol] = Triple.exactly(max(certain)) if certain else None
    return added


def _switched(alternative: Alternative, adds: Mapping[str, Triple | None]) -> PatchMaker:
    return lambda line_ids: (
        SwitchDesign(line_ids=line_ids, removes=alternative.removes, adds=adds),
    )


def _text(alternative: Alternative) -> str:
    shares = sorted(alternative.removes.items())
    none = ", ".join(symbol for symbol, share in shares if share == 1.0)
    less = ", ".join(f"{symbol} (-{per_cent(share)})" for symbol, share in shares if share < 1.0)
    saved = " and ".join([*([f"no {none}"] if none else []), *([f"less {less}"] if less else [])])
    added = f"; brings in {', '.join(alternative.adds)}" if alternative.adds else ""
    return f"{alternative.name}: needs {saved}{added}. {alternative.effect}"


def _trade_off(alternative: Alternative) -> str:
    if any(share == 1.0 for share in alternative.removes.values()):
        return alternative.trade_off
    return f"{alternative.trade_off}. Less mass is needed, but what is left is needed as before"
