"""What would be worth knowing: by how much an answer would shrink the interval of the score."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.context import EndUse
from app.domain.exposure import ElementContent
from app.domain.places import UNKNOWN
from app.domain.questions import Question, QuestionKind
from app.domain.supply import Stage
from app.domain.triple import Side, Triple
from app.scoring.aggregation import Player, pooled
from app.scoring.candidates import DAYS_PER_MONTH
from app.scoring.concentration import company_mixes, unknown_mix
from app.scoring.goods import Origin, ScoredLine, presence_at
from app.scoring.kernel import Buffer
from app.scoring.levers import CHOSEN_STAGES
from app.scoring.line_results import LineRisk, line_risk
from app.scoring.second_sources import worst_element
from app.scoring.workbench import Risks, Workbench

#: Lines that are looked at, those with the highest upper bound first; the rest adds little.
MOST_LINES = 20
#: Countries that are thought through for one answer, the likeliest first.
MOST_COUNTRIES = 5
#: An answer that shrinks the interval by less would not show [points].
LEAST_POINTS = 0.05
#: What declared shares may miss before the rest counts as not known.
TOLERANCE = 0.001

#: An answer with its probability [1] and the lines as they would then be.
Outcome = tuple[float, Mapping[str, ScoredLine]]


@dataclass(frozen=True, slots=True)
class MissingField:
    """Something that is not known, and what an answer is worth.

    Attributes:
        width_before: Upper less lower bound of the product's score, as things are [points].
        width_after: The same with the answer, on average over what it may be.
        upper_after: Upper bound with the answer, on average.
    """

    question: Question
    width_before: float
    width_after: float
    upper_before: float
    upper_after: float

    @property
    def shrinks(self) -> float:
        """Return by how much the interval shrinks [points]."""
        return self.width_before - self.width_after


def missing_fields(bench: Workbench) -> tuple[MissingField, ...]:
    """Return what is not known about a product, the answer that is worth most first.

    Each answer is thought through for itself: for each thing that it may turn out to be, the
    score is computed again with this known, and the widths are averaged. An answer can also
    widen the interval, where the worse case is the less certain one; it is then left out.

    Args:
        bench: The product in its context.

    References:
        docs/what-if.md, "What to ask".
    """
    known = {risk.line.line_id: risk for risk in bench.line_risks()}
    ranked = sorted(known.values(), key=lambda risk: (-risk.risks[2], risk.line.line_id))
    low, high = _bounds(known, bench)
    found: list[MissingField] = []
    for question, outcomes in _questions(ranked[:MOST_LINES], bench):
        total = math.fsum(share for share, _ in outcomes)
        ends = [
            (share / total, _bounds({**known, **_evaluated(lines, bench)}, bench))
            for share, lines in outcomes
        ]
        upper = math.fsum(share * end for share, (_, end) in ends)
        lower = math.fsum(share * end for share, (end, _) in ends)
        one = MissingField(question, high - low, upper - lower, high, upper)
        if one.shrinks >= LEAST_POINTS:
            found.append(one)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -one.shrinks, one.question.kind, one.question.line_id or "",
                one.question.stage or "",
            ),
        )
    )  # fmt: skip


def _evaluated(lines: Mapping[str, ScoredLine], bench: Workbench) -> dict[str, LineRisk]:
    return {
        line_id: line_risk(line, bench.weight_of(line_id), bench.evaluation)
        for line_id, line in lines.items()
    }


def _bounds(risks: Mapping[str, LineRisk], bench: Workbench) -> tuple[float, float]:
    """Return lower and upper bound of the product's score."""
    beta = bench.evaluation.methodology.parameters.beta
    whole = pooled(
        [Player(one.risks, one.weight.whole, one.possible_only) for one in risks.values()],
        beta=beta,
    )
    ends: Risks = (min(whole.low, whole.nominal), whole.nominal, max(whole.high, whole.nominal))
    return bench.score(ends[0]), bench.score(ends[2])


def _questions(
    risks: Sequence[LineRisk], bench: Workbench
) -> Iterator[tuple[Question, list[Outcome]]]:
    parts = {line.line_id: line for line in bench.inputs.bom.lines}
    for risk in risks:
        line = risk.line
        part = parts[line.line_id]
        for kind, stage, answers in _answers(risk, bench):
            question = Question(
                kind=kind,
                line_id=line.line_id,
                part_number=part.part_number,
                description=part.description,
                suppliers=tuple(one.name for one in part.suppliers if one.name),
                elements=_in_question(line, kind),
                stage=stage.value if stage is not None else None,
            )
            yield question, [(share, {line.line_id: one}) for share, one in answers]
    if bench.inputs.context.end_use is EndUse.UNKNOWN and risks:
        yield (
            Question(kind=QuestionKind.END_USE, line_id=None),
            _end_uses([risk.line for risk in risks]),
        )


def _in_question(line: ScoredLine, kind: QuestionKind) -> tuple[str, ...]:
    """Return the elements that a question is about: unsure ones, or all that the line holds."""
    if kind is QuestionKind.COMPOSITION:
        unsure = [c for c in line.contents if presence_at(c, Side.LOW) != presence_at(c, Side.HIGH)]
        return tuple(content.symbol for content in unsure)
    return tuple(c.symbol for c in line.contents if presence_at(c, Side.NOMINAL) > 0.0)


Answers = list[tuple[float, ScoredLine]]


def _answers(
    risk: LineRisk, bench: Workbench
) -> Iterator[tuple[QuestionKind, Stage | None, Answers]]:
    """Yield what is not known of a line, each with what the answer may be."""
    line = risk.line
    worst = worst_element(risk)
    thirds = bench.evaluation.methodology.quantile_weights
    if any(presence_at(c, Side.LOW) != presence_at(c, Side.HIGH) for c in line.contents):
        yield QuestionKind.COMPOSITION, None, _compositions(line, thirds)
    if len(line.chains) > 1:
        yield (
            QuestionKind.FORM,
            None,
            [(1.0, replace(line, chains=(chain,))) for chain in line.chains],
        )
    if any(origin.country == UNKNOWN for origin in line.origins):
        yield QuestionKind.ORIGIN, None, _origins(line, worst, bench)
    yield from _sourcing(line, worst, bench)
    stocks = _stocks(line, thirds, bench)
    if stocks and not line.stock_measured:
        yield QuestionKind.STOCK, None, stocks


def _compositions(line: ScoredLine, weights: tuple[float, float, float]) -> Answers:
    """Return the line with every element at its favourable, nominal and unfavourable end."""
    return [
        (
            weights[side],
            replace(line, contents=tuple(_known(content, side) for content in line.contents)),
        )
        for side in Side
    ]


def _known(content: ElementContent, side: Side) -> ElementContent:
    fraction = content.fraction
    return replace(
        content,
        fraction=None if fraction is None else Triple.exactly(fraction.at(side)),
        presence=Triple.exactly(content.presence.at(side)),
    )


def _likeliest(mix: Mapping[str, float]) -> list[tuple[str, float]]:
    ordered = sorted(mix.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(country, share) for country, share in ordered[:MOST_COUNTRIES] if share > 0.0]


def _origins(line: ScoredLine, element: str, bench: Workbench) -> Answers:
    """Return the line with its unknown origin in each country that it may well be."""
    supply = bench.evaluation.supply
    chain = line.chains[0]
    mix = unknown_mix(chain.form, chain.last, element, supply, bench.inputs.context.destination)
    return [
        (
            share,
            replace(
                line,
                origins=tuple(
                    Origin(country, one.share, one.relation) if one.country == UNKNOWN else one
                    for one in line.origins
                ),
            ),
        )
        for country, share in _likeliest(mix)
    ]


def _sourcing(
    line: ScoredLine, element: str, bench: Workbench
) -> Iterator[tuple[QuestionKind, Stage | None, Answers]]:
    """Yield the stages upstream whose countries are not declared."""
    mixes = company_mixes(
        line,
        element,
        supply=bench.evaluation.supply,
        destination=bench.inputs.context.destination,
    )
    declared = dict(line.sourcing)
    for stage in CHOSEN_STAGES:
        named = declared.get(stage, ())
        rest = 1.0 - math.fsum(share for _, share in named)
        if stage is line.chains[0].last or not mixes.get(stage) or rest <= TOLERANCE:
            continue
        others = tuple(pair for pair in line.sourcing if pair[0] is not stage)
        yield (
            QuestionKind.SOURCING,
            stage,
            [
                (
                    share,
                    replace(line, sourcing=_sorted((*others, (stage, (*named, (country, rest)))))),
                )
                for country, share in _likeliest(mixes[stage])
            ],
        )


_Sourcing = tuple[tuple[Stage, tuple[tuple[str, float], ...]], ...]


def _sorted(sourcing: _Sourcing) -> _Sourcing:
    return tuple(sorted(sourcing))


def _stocks(line: ScoredLine, weights: tuple[float, float, float], bench: Workbench) -> Answers:
    """Return the line with as little, as much as usual and as much stock as firms hold."""
    facts = [one for one in bench.inputs.reference.mitigation.stocks if one.id == "company"]
    return [
        (weight, replace(line, buffer=Buffer(months * DAYS_PER_MONTH, line.buffer.bridges)))
        for fact in facts
        for weight, months in zip(weights, fact.values["months"], strict=True)
    ]


def _end_uses(lines: Sequence[ScoredLine]) -> list[Outcome]:
    """Return all lines as civil, and all as military, by the prior of the worst line."""
    prior = lines[0].prior
    outcomes = ((1.0 - prior, EndUse.CIVIL), (prior, EndUse.MILITARY))
    return [
        (share, {line.line_id: replace(line, end_use=end_use) for line in lines})
        for share, end_use in outcomes
        if share > 0.0
    ]
