"""The supply side alone: what a need of an element would score, whoever buys it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.batch.pipeline import Engine
from app.domain.bom import Bom, BomLine
from app.domain.context import AssessmentContext
from app.domain.elements import RARE_EARTHS, WITHOUT_MARKET
from app.domain.exposure import ElementContent, IdentifiedLine, LineOutcome
from app.domain.results import ElementResult, Score
from app.scoring.assess import AssessOptions

#: Forms in which an element is bought, in the order of processing.
FORMS = ("oxide", "metal", "magnet")

_SCORES_ALONE = AssessOptions(lines=False, waterfall=False, profile=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """Score of a need of one element in one form, of unknown origin and without stock."""

    form: str
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementSupply:
    """One element without any product: concentration, law, hazards by form."""

    result: ElementResult
    hazards: tuple[Hazard, ...]

    @property
    def worst(self) -> Hazard | None:
        """Return the hazard with the highest score, the earlier form on a tie."""
        return max(self.hazards, key=lambda hazard: hazard.score.nominal, default=None)


def element_supplies(engine: Engine, context: AssessmentContext) -> Mapping[str, ElementSupply]:
    """Return the supply side of all 17 elements for a question, by symbol.

    Args:
        engine: Reference data.
        context: The question; end use and end user count as for any goods.
    """
    needs = [
        (element, form)
        for element in RARE_EARTHS
        if element not in WITHOUT_MARKET
        for form in FORMS
        if _is_bought(engine, element, form)
    ]
    bom = Bom(
        id="supply-side",
        lines=tuple(BomLine(line_id=f"{element}/{form}", quantity=1.0) for element, form in needs),
    )
    lines = engine.assess(
        bom,
        tuple(_need(element, form) for element, form in needs),
        context=context,
        options=_SCORES_ALONE,
    ).lines
    hazards: dict[str, list[Hazard]] = {}
    for (element, form), line in zip(needs, lines, strict=True):
        hazards.setdefault(element, []).append(Hazard(form=form, score=line.score))
    nothing = engine.assess(
        Bom(id="supply-side", lines=()), (), context=context, options=_SCORES_ALONE
    )
    return {
        result.symbol: ElementSupply(result=result, hazards=tuple(hazards.get(result.symbol, ())))
        for result in nothing.elements
    }


def _is_bought(engine: Engine, element: str, form: str) -> bool:
    """Return whether the tables have output of the last stage of a form for an element."""
    supply = engine.reference.supply
    last = supply.chains[form].last
    return any(row.stage is last and element in row.elements for row in supply.world)


def _need(element: str, form: str) -> IdentifiedLine:
    return IdentifiedLine(
        line_id=f"{element}/{form}",
        outcome=LineOutcome.RARE_EARTHS_FOUND,
        confidence=1.0,
        elements=(ElementContent(symbol=element, mass_kg=None, fraction=None),),
        forms=(form,),
        evidence=(),
        reason="a need of the element alone",
    )
