"""Results of the seventeen elements over all lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.elements import RARE_EARTHS, WITHOUT_MARKET
from app.domain.methodology import Kind
from app.domain.results import ControlView, ElementResult, HorizonScore, StageConcentration
from app.domain.supply import Chain, Stage
from app.domain.triple import Side, Triple
from app.scoring.aggregation import Player, pooled
from app.scoring.attribution import Cause
from app.scoring.causes import Part, binding_cause, contributions, leading, merged
from app.scoring.concentration import company_mixes, stage_concentrations
from app.scoring.control_status import ControlQuestion, control_view
from app.scoring.crossing_items import CrossingItem
from app.scoring.engine import STRUCTURAL
from app.scoring.evaluation import NO_MARKET_DATA, ElementOutcome, Evaluation, line_flags
from app.scoring.goods import presence_at
from app.scoring.line_results import LineRisk
from app.scoring.scale import interval_score, score_of

#: Flag of an element whose binding measure is known from the press only.
PRESS_ONLY = "press_only"


@dataclass(frozen=True, slots=True)
class _Hit:
    """One line that may hold the element."""

    line: LineRisk
    outcome: ElementOutcome
    weight: float
    place: int


def element_results(
    lines: Sequence[LineRisk], evaluation: Evaluation, *, profile: bool
) -> tuple[ElementResult, ...]:
    """Return one result for each of the 17 elements, in order of atomic number.

    Args:
        lines: Rare-earth lines with their risks.
        evaluation: Evaluation that computed them.
        profile: Whether to add the scores of other horizons.
    """
    return tuple(_element(symbol, lines, evaluation, profile=profile) for symbol in RARE_EARTHS)


def _element(
    symbol: str, lines: Sequence[LineRisk], evaluation: Evaluation, *, profile: bool
) -> ElementResult:
    hits = _hits(symbol, lines)
    methodology = evaluation.methodology
    players = [Player(hit.outcome.risks, hit.weight, hit.outcome.possible_only) for hit in hits]
    mean = pooled(players, beta=0.0)
    score = interval_score(
        mean.low, mean.nominal, mean.high,
        gamma=methodology.parameters.gamma, bands=methodology.bands,
    )  # fmt: skip
    parts: list[Part] = [
        (part / hit.outcome.nominal.risk if hit.outcome.nominal.risk > 0.0 else 0.0,
         hit.outcome.nominal.causes)
        for part, hit in zip(mean.parts, hits, strict=True)
    ]  # fmt: skip
    worst = max(hits, key=lambda hit: (hit.outcome.risks[1], hit.outcome.risks[2],
                                       hit.line.line.line_id), default=None)  # fmt: skip
    survive, recover, flags = _recovery(worst, evaluation)
    without_market = symbol in WITHOUT_MARKET
    chain = _chain_of(symbol, worst, evaluation)
    return ElementResult(
        symbol=symbol,
        score=None if without_market else score,
        reason=NO_MARKET_DATA if without_market else None,
        exposed=bool(hits),
        expected_stockout_days=score.risk.nominal * evaluation.context.horizon_days,
        time_to_survive_days=survive,
        time_to_recover_days=recover,
        gap_days=max(0.0, recover - survive)
        if recover is not None and survive is not None
        else None,
        profile=_profile(hits, evaluation) if profile and not without_market else (),
        mass_kg=_mass(hits),
        line_ids=tuple(hit.line.line.line_id for hit in hits),
        concentration=_concentration(symbol, hits, chain, evaluation),
        control=None if without_market else _control(symbol, worst, chain, evaluation),
        contributions=contributions(
            merged(parts),
            risk=score.risk.nominal,
            score=score.nominal,
            engine=evaluation.evaluator(Side.NOMINAL).engine,
            behind=lambda cause: _item_behind(hits[leading(parts, cause)], cause, evaluation),
        ),
        flags=tuple(sorted(flags | _flags(symbol, hits, chain, evaluation))),
    )


def _hits(symbol: str, lines: Sequence[LineRisk]) -> list[_Hit]:
    hits: list[_Hit] = []
    for line in lines:
        for place, outcome in enumerate(line.outcomes):
            weight = line.weight.by_element.get(symbol, 0.0)
            if outcome.content.symbol != symbol or weight == 0.0:
                continue
            if presence_at(outcome.content, Side.HIGH) > 0.0:
                hits.append(_Hit(line, outcome, weight, place))
    return hits


def _item_behind(hit: _Hit, cause: Cause, evaluation: Evaluation) -> CrossingItem:
    return evaluation.item_behind(hit.line.line, hit.outcome, cause)


def _chain_of(symbol: str, worst: _Hit | None, evaluation: Evaluation) -> Chain:
    """Return the chain to describe: that of the worst line, else the longest that exists."""
    chains = evaluation.reference.supply.chains
    if worst is not None:
        return worst.outcome.nominal.chain or worst.line.line.chains[0]
    has_magnets = evaluation.supply.world(Stage.MAGNET, symbol) is not None
    return chains["magnet" if has_magnets else "metal"]


def _recovery(
    worst: _Hit | None, evaluation: Evaluation
) -> tuple[float | None, float | None, frozenset[str]]:
    """Return time to survive, time to recover [days], and flags on the binding measure."""
    if worst is None:
        return None, None, frozenset()
    survive = worst.line.line.buffer.stock_days
    binding = binding_cause(worst.outcome.nominal.causes)
    if binding is None:
        return survive, None, frozenset()
    if binding[0] == STRUCTURAL:
        severity = evaluation.methodology.severities[Kind.INDIVIDUAL_LICENCE]
        delays = severity.initial or severity.established
        return survive, evaluation.context.horizon_days / 2.0 + delays[1], frozenset()
    item = _item_behind(worst, binding, evaluation)
    flags = frozenset({PRESS_ONLY}) if item.press_only else frozenset()
    strictest = max(item.rules, key=lambda hit: (list(Kind).index(hit.kind), hit.match))
    if strictest.kind is Kind.PROHIBITED:
        return survive, None, flags
    return survive, item.start_days + strictest.hardness.delays[1], flags


def _flags(
    symbol: str, hits: Sequence[_Hit], chain: Chain, evaluation: Evaluation
) -> frozenset[str]:
    flags: set[str] = set(evaluation.supply.vintage_flags(chain.stages, symbol))
    if symbol in WITHOUT_MARKET:
        flags.add(NO_MARKET_DATA)
    for hit in hits:
        flags |= hit.outcome.flags | line_flags(hit.line.line)
    return frozenset(flags)


def _profile(hits: Sequence[_Hit], evaluation: Evaluation) -> tuple[HorizonScore, ...]:
    """Return the element's score for each reported horizon; scores do not compare across them."""
    methodology = evaluation.methodology
    horizons = {*methodology.timing.horizons, evaluation.context.horizon_days}
    rows: list[HorizonScore] = []
    for horizon in sorted(horizons):
        players = []
        for hit in hits:
            risk = evaluation.profile_risks(hit.line.line, horizon)[hit.place]
            players.append(Player((risk, risk, risk), hit.weight, hit.outcome.possible_only))
        risk = pooled(players, beta=0.0).nominal
        rows.append(
            HorizonScore(
                horizon_days=horizon,
                score=score_of(risk, gamma=methodology.parameters.gamma),
                expected_stockout_days=risk * horizon,
            )
        )
    return tuple(rows)


def _mass(hits: Sequence[_Hit]) -> Triple | None:
    """Return the contained element of all lines that state a mass [kg], or None."""
    low: list[float] = []
    value: list[float] = []
    high: list[float] = []
    for hit in hits:
        content = hit.outcome.content
        mass = content.mass_kg
        if mass is None:
            continue
        low.append(mass.low * presence_at(content, Side.LOW))
        value.append(mass.nominal * presence_at(content, Side.NOMINAL))
        high.append(mass.high if presence_at(content, Side.HIGH) > 0.0 else 0.0)
    if not value:
        return None
    nominal = math.fsum(value)
    return Triple(min(math.fsum(low), nominal), nominal, max(math.fsum(high), nominal))


def _concentration(
    symbol: str, hits: Sequence[_Hit], chain: Chain, evaluation: Evaluation
) -> tuple[StageConcentration, ...]:
    destination = evaluation.context.destination
    totals: dict[Stage, dict[str, float]] = {}
    weights: dict[Stage, float] = {}
    for hit in hits:
        mixes = company_mixes(
            hit.line.line, symbol, supply=evaluation.supply, destination=destination
        )
        for stage, mix in mixes.items():
            if not mix:
                continue
            weights[stage] = weights.get(stage, 0.0) + hit.weight
            total = totals.setdefault(stage, {})
            for country, share in mix.items():
                total[country] = total.get(country, 0.0) + hit.weight * share
    company = {
        stage: {country: part / weights[stage] for country, part in total.items()}
        for stage, total in totals.items()
    }
    return stage_concentrations(
        chain,
        symbol,
        reference=evaluation.reference,
        supply=evaluation.supply,
        destination=destination,
        company=company,
    )


def _control(symbol: str, worst: _Hit | None, chain: Chain, evaluation: Evaluation) -> ControlView:
    """Return the law for the worst line that may hold the element, else for its oxide."""
    context = evaluation.context
    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    if worst is not None:
        certain = worst.line.line.contained_at(Side.LOW)
        possible = worst.line.line.contained_at(Side.HIGH) - certain - {symbol}
    return control_view(
        evaluation.reference.register,
        evaluation.methodology,
        question=ControlQuestion(
            element=symbol,
            elements=certain | {symbol},
            form=chain.form if worst is not None else "oxide",
            destination=context.destination,
            end_use=context.end_use,
            as_of=context.as_of,
            known_on=context.known_on,
            end_user=context.end_user,
            lists=evaluation.end_user_lists,
            possible=possible,
        ),
    )
