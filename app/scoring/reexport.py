"""Goods that a rule on sending on from abroad would reach, and what their maker must ask."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.abroad import (
    NOTHING_ABROAD,
    AbroadQuestion,
    AbroadReport,
    DeMinimisOutcome,
    DeMinimisTest,
    OriginShare,
    Reached,
    ReexportLine,
)
from app.domain.bom import Bom
from app.domain.controls import ControlMeasure, Extraterritorial
from app.domain.exposure import IdentifiedLine
from app.domain.places import RECYCLED, UNKNOWN
from app.domain.provenance import Basis
from app.domain.supply import Chain
from app.domain.triple import Side
from app.scoring.concentration import unknown_mix
from app.scoring.de_minimis import (
    CONTENT,
    PRICE,
    product_test,
    value_threshold,
)
from app.scoring.evaluation import Evaluation
from app.scoring.goods import SHARE_TOLERANCE, ScoredLine
from app.scoring.line_class import LineClass
from app.scoring.listed_goods import Fit, fits, listed_elements
from app.scoring.scored_lines import scored_lines
from app.scoring.timeline import events_known
from app.scoring.touch import TouchFinder

#: A share that differs from 0 or 1 by less is rounding.
_ROUNDING = 1e-9
_WHOLE = 1.0 - SHARE_TOLERANCE


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with everything that is known of it."""

    scored: ScoredLine
    kind: LineClass
    found: IdentifiedLine
    origin_declared: bool


def abroad_report(
    bom: Bom,
    identified: tuple[IdentifiedLine, ...],
    evaluation: Evaluation,
    scored: tuple[ScoredLine, ...] | None = None,
) -> AbroadReport:
    """Return what extraterritorial rules say of a product, as known on the day of knowledge.

    Args:
        bom: The lines as the caller gave them.
        identified: What each line holds, in the same order.
        evaluation: Reference data, context and supply tables.
        scored: Lines of the product made ready for that evaluation, where the caller has them.

    References:
        docs/methodology.md, "Goods made abroad".
    """
    reference, context = evaluation.reference, evaluation.context
    known = [
        measure
        for _, measure in sorted(reference.register.measures.items())
        if events_known(measure, context.known_on)
    ]
    limited = [measure for measure in known if value_threshold(measure) is not None]
    sending_on = [
        measure
        for measure in known
        if Extraterritorial.CHINESE_ORIGIN_REEXPORT in measure.scope.extraterritorial
    ]
    if not limited and not sending_on:
        return NOTHING_ABROAD
    tests = tuple(_tests(limited, bom, identified, evaluation))
    if scored is None:
        scored = scored_lines(bom, identified, reference, context, evaluation.goods)
    lines = _lines(scored, identified, evaluation)
    reexport = tuple(
        entry
        for measure in sending_on
        for line in lines
        for entry in _reexport(measure, line, evaluation)
    )
    return AbroadReport(
        de_minimis=_ruled_out(tests, limited, lines, evaluation),
        reexport=reexport,
        questions=_questions(known, tests, reexport, lines, evaluation),
    )


def _tests(
    limited: Sequence[ControlMeasure],
    bom: Bom,
    identified: tuple[IdentifiedLine, ...],
    evaluation: Evaluation,
) -> Iterator[DeMinimisTest]:
    reference = evaluation.reference
    for measure in limited:
        tests = [product_test(measure, bom, identified, reference=reference)]
        tests += [
            evaluation.goods.tests.of(measure, line, found, bom)
            for line, found in zip(bom.lines, identified, strict=True)
            if found.elements
        ]
        yield from (test for test in tests if test is not None)


def _lines(
    scored: tuple[ScoredLine, ...],
    identified: tuple[IdentifiedLine, ...],
    evaluation: Evaluation,
) -> tuple[_Line, ...]:
    by_id = {found.line_id: found for found in identified}
    declared: dict[LineClass, bool] = {}
    lines = []
    for line in scored:
        kind = evaluation.class_of(line)
        if kind not in declared:
            declared[kind] = _all_declared(line)
        lines.append(_Line(line, kind, by_id[line.line_id], declared[kind]))
    return tuple(lines)


def _reexport(
    measure: ControlMeasure, line: _Line, evaluation: Evaluation
) -> Iterator[ReexportLine]:
    """Yield what a measure says of a line, nothing where the line is no item of it."""
    known = line.kind.reexports
    if measure.id not in known:
        known[measure.id] = _reexport_of_class(measure, line, evaluation)
    found = known[measure.id]
    if found is not None:
        yield replace(found, line_id=line.scored.line_id)


def _reexport_of_class(
    measure: ControlMeasure, line: _Line, evaluation: Evaluation
) -> ReexportLine | None:
    items = measure.scope.items
    chains = evaluation.reference.supply.chains
    if Fit.SELF not in fits(items, line.found, chains, side=Side.HIGH):
        return None
    certain = all(fit is Fit.SELF for fit in fits(items, line.found, chains, side=Side.LOW))
    elements = listed_elements(items, line.found.elements)
    origin = _origin_of(line, elements, measure.exporter, evaluation)
    if origin.share <= _ROUNDING:
        reached, why = Reached.NO, f"none of its material comes from {measure.exporter}"
    elif certain and origin.share >= 1.0 - _ROUNDING:
        reached, why = Reached.YES, f"a listed item of {measure.exporter} origin"
    elif origin.share >= 1.0 - _ROUNDING:
        reached, why = Reached.CANNOT_TELL, "whether it holds a listed element is not known"
    else:
        reached = Reached.CANNOT_TELL
        why = f"whether this delivery holds material from {measure.exporter} is not known"
    return ReexportLine(
        measure=measure.id,
        line_id="",
        reached=reached,
        elements=elements,
        certain=certain,
        origin=origin,
        why=why,
    )


def _origin_of(
    line: _Line, elements: tuple[str, ...], issuer: str, evaluation: Evaluation
) -> OriginShare:
    """Return the origin of a line's listed material, the same for its whole class; remembered."""
    key = (issuer, elements)
    known = line.kind.origins.get(key)
    if known is None:
        known = origin_share(line.scored, elements, issuer, evaluation)
        line.kind.origins[key] = known
    return known


def origin_share(
    line: ScoredLine, elements: Sequence[str], issuer: str, evaluation: Evaluation
) -> OriginShare:
    """Return how likely a line holds listed material of a country's origin [1].

    Args:
        line: Origins and declared shares upstream.
        elements: Listed elements that it may hold; the likeliest decides.
        issuer: Country whose material is asked for.
        evaluation: Supply tables of the day.
    """
    chain = line.chains[0]
    engine = evaluation.evaluator(Side.NOMINAL).engine
    finder = TouchFinder(engine, chain, dict(line.sourcing))
    shares = [
        _touched(line, element, chain, finder, issuer, evaluation)
        for element in elements
        if engine.stages(chain, element)
    ]
    # No figures of any stage: nobody can rule the origin out.
    share = max(shares, default=1.0)
    named = {origin.country for origin in line.origins}
    declared = named <= {issuer, RECYCLED} or _all_declared(line)
    return OriginShare(share=share, basis=Basis.DECLARED if declared else Basis.DERIVED)


def _all_declared(line: ScoredLine) -> bool:
    """Return whether the caller gave the countries of every stage."""
    whole = {stage for stage, mix in line.sourcing if math.fsum(share for _, share in mix) > _WHOLE}
    return whole >= set(line.chains[0].stages[:-1]) and all(
        origin.country != UNKNOWN for origin in line.origins
    )


def _touched(
    line: ScoredLine,
    element: str,
    chain: Chain,
    finder: TouchFinder,
    issuer: str,
    evaluation: Evaluation,
) -> float:
    engine = evaluation.evaluator(Side.NOMINAL).engine
    stages = engine.stages(chain, element)
    last = len(stages) - 1
    total = 0.0
    for origin in line.origins:
        if origin.country == RECYCLED:
            continue
        if origin.country == UNKNOWN:
            mix = unknown_mix(
                chain.form, stages[last][0], element, engine.supply,
                evaluation.context.destination,
            )  # fmt: skip
            part = math.fsum(
                share * finder.touched(element, last, country, origin=issuer)
                for country, share in sorted(mix.items())
            )
        else:
            part = finder.touched(element, last, origin.country, origin=issuer, named=True)
        total += origin.share * part
    return min(1.0, total)


def _ruled_out(
    tests: tuple[DeMinimisTest, ...],
    limited: Sequence[ControlMeasure],
    lines: Sequence[_Line],
    evaluation: Evaluation,
) -> tuple[DeMinimisTest, ...]:
    """Return the tests; without any material of the issuer's origin nothing is caught."""
    issuers = {measure.id: measure.exporter for measure in limited}
    by_id = {line.scored.line_id: line for line in lines}
    return tuple(_with_origin(test, issuers[test.measure], by_id, evaluation) for test in tests)


def _with_origin(
    test: DeMinimisTest, issuer: str, lines: dict[str, _Line], evaluation: Evaluation
) -> DeMinimisTest:
    line = lines.get(test.line_id or "")
    if line is None or not test.elements:
        return test
    origin = _origin_of(line, test.elements, issuer, evaluation)
    if origin.share > _ROUNDING or origin.basis is not Basis.DECLARED:
        return test
    return DeMinimisTest(
        measure=test.measure,
        line_id=test.line_id,
        outcome=DeMinimisOutcome.NOT_CAUGHT,
        low=test.low,
        value=test.value,
        high=test.high,
        why=f"by the declared shares none of the material comes from {issuer}",
        elements=test.elements,
    )


def _questions(
    known: Sequence[ControlMeasure],
    tests: Sequence[DeMinimisTest],
    reexport: Sequence[ReexportLine],
    lines: Sequence[_Line],
    evaluation: Evaluation,
) -> tuple[AbroadQuestion, ...]:
    """Return what is left to ask, each question once with the lines that it concerns."""
    tested = {test.line_id for test in tests if test.elements}
    named = {entry.line_id for entry in reexport if entry.reached is not Reached.NO}
    order = [line.scored.line_id for line in lines if line.scored.line_id in tested | named]
    technology = any(
        Extraterritorial.FOREIGN_MADE_TECHNOLOGY in measure.scope.extraterritorial
        for measure in known
    )
    undeclared = {line.scored.line_id for line in lines if not line.origin_declared}
    undeclared -= {entry.line_id for entry in reexport if entry.reached is Reached.YES}
    unsure = {entry.line_id for entry in reexport if not entry.certain}
    unsure |= {test.line_id for test in tests if test.lacks == CONTENT and test.line_id}
    unpriced = {test.line_id for test in tests if test.lacks == PRICE}
    asked = (
        ("origin", _ORIGIN, [one for one in order if one in undeclared]),
        ("content", _CONTENT, [one for one in order if one in unsure]),
        ("price", _PRICE, [one for one in order if one in unpriced]),
        ("technology", _TECHNOLOGY, [one for one in order if one in tested and technology]),
        ("end_user", _END_USER, order if evaluation.context.end_user is None else []),
    )
    return tuple(AbroadQuestion(code=c, text=t, line_ids=tuple(ids)) for c, t, ids in asked if ids)


_ORIGIN = (
    "Ask the supplier in which countries the listed rare earths were mined, separated and made "
    "into metal, and for a declaration of origin by lot."
)
_CONTENT = (
    "Ask for the mass share of each listed element (Sm, Gd, Tb, Dy, Lu, Sc, Y), with its tolerance."
)
_PRICE = (
    "State the price of the line in USD, or with a rate in `usd_per_currency`, and what the "
    "listed material in it cost."
)
_TECHNOLOGY = (
    "Ask whether technology of Chinese origin for mining, separation, metal, magnets or recycling "
    "was used to make it: that rule knows no threshold."
)
_END_USER = (
    "Ask who the end user abroad is and who owns it: listed firms and firms that they hold at 50 "
    "per cent or more are presumed to be refused."
)
