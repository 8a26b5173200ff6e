"""Results of the seventeen elements over all lines."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.elements import RARE_EARTHS, WITHOUT_MARKET
from app.domain.methodology import Kind
from app.domain.results import ControlView, ElementResult, HorizonScore, StageConcentration
from app.domain.supply import Chain, Stage
from app.domain.triple import Side, Triple
from app.scoring.aggregation import Player, pooled, weighted_mean
from app.scoring.causes import binding_cause, contributions
from app.scoring.concentration import with_company
from app.scoring.engine import STRUCTURAL
from app.scoring.evaluation import NO_MARKET_DATA, Evaluation
from app.scoring.goods import ScoredLine
from app.scoring.line_class import ElementOutcome
from app.scoring.line_results import LineRisk
from app.scoring.merged_lines import Group, Holding, Share, item_behind, parts_of
from app.scoring.scale import interval_score, score_of

#: Flag of an element whose binding measure is known from the press only.
PRESS_ONLY = "press_only"


@dataclass(slots=True)
class Exposure:
    """The lines that may hold an element.

    Attributes:
        holdings: The element in each class of lines.
        line_ids: Ids of the lines, in their order.
        masses: Mass of the element in each line that states one, at the three ends [kg].
    """

    holdings: list[Holding] = field(default_factory=list)
    line_ids: list[str] = field(default_factory=list)
    masses: tuple[list[float], list[float], list[float]] = field(
        default_factory=lambda: ([], [], [])
    )

    @property
    def worst(self) -> Holding | None:
        """Return the class in which the element is most at risk, or None without any line."""
        return max(
            self.holdings,
            key=lambda one: (*one.lines.element_risks[one.place][1:], one.last_id),
            default=None,
        )


#: The element that no line holds.
_NOWHERE = Exposure()


def element_results(
    lines: Sequence[LineRisk],
    groups: Sequence[Group],
    evaluation: Evaluation,
    *,
    profile: bool,
    causes: bool,
    amounts: bool,
) -> tuple[ElementResult, ...]:
    """Return one result for each of the 17 elements, in order of atomic number.

    Args:
        lines: Rare-earth lines with their risks.
        groups: The same lines by class.
        evaluation: Evaluation that computed them.
        profile: Whether to add the scores of other horizons.
        causes: Whether to add causes and concentrations.
        amounts: Whether to add the mass of each element and the ids of its lines.
    """
    exposures = _exposures(groups)
    if amounts:
        _add_amounts(exposures, lines)
    return tuple(
        _element(symbol, exposures[symbol], evaluation, profile=profile, causes=causes)
        if symbol in exposures
        else evaluation.unexposed(
            (symbol, profile, causes),
            lambda key: _element(key[0], _NOWHERE, evaluation, profile=key[1], causes=key[2]),
        )
        for symbol in RARE_EARTHS
    )


def _exposures(groups: Sequence[Group]) -> dict[str, Exposure]:
    found: dict[str, Exposure] = {}
    for group in groups:
        for holding in group.holdings:
            if holding.weights and group.lines.may_hold[holding.place]:
                symbol = group.lines.symbols[holding.place]
                found.setdefault(symbol, Exposure()).holdings.append(holding)
    return found


def _add_amounts(found: Mapping[str, Exposure], lines: Sequence[LineRisk]) -> None:
    for risk in lines:
        by_element, line = risk.weight.by_element, risk.line
        for content, presence in zip(line.contents, risk.lines.presences, strict=True):
            if presence[2] == 0.0 or by_element.get(content.symbol, 0.0) == 0.0:
                continue
            exposure = found[content.symbol]
            exposure.line_ids.append(line.line_id)
            mass = content.mass_kg
            if mass is not None:
                low, value, high = exposure.masses
                low.append(mass.low * presence[0])
                value.append(mass.nominal * presence[1])
                high.append(mass.high)


def _element(
    symbol: str, exposure: Exposure, evaluation: Evaluation, *, profile: bool, causes: bool
) -> ElementResult:
    holdings = exposure.holdings
    methodology = evaluation.methodology
    weights = [math.fsum(one.weights) for one in holdings]
    players = [
        Player(lines.element_risks[one.place], weight, lines.only_possible[one.place])
        for one, weight in zip(holdings, weights, strict=True)
        for lines in [one.lines]
    ]
    mean = pooled(players, beta=0.0)
    score = interval_score(
        mean.low, mean.nominal, mean.high,
        gamma=methodology.parameters.gamma, bands=methodology.bands,
    )  # fmt: skip
    shares = [
        Share(one, part / player.risk[1], part / player.risk[1] / player.weight * one.peak,
              one.first)
        for one, player, part in zip(holdings, players, mean.parts, strict=True)
        if causes and player.risk[1] > 0.0
    ]  # fmt: skip
    worst = exposure.worst
    survive, recover, flags = _recovery(worst, evaluation)
    without_market = symbol in WITHOUT_MARKET
    chain = _chain_of(symbol, worst, evaluation)
    return ElementResult(
        symbol=symbol,
        score=None if without_market else score,
        reason=NO_MARKET_DATA if without_market else None,
        exposed=bool(holdings),
        expected_stockout_days=score.risk.nominal * evaluation.context.horizon_days,
        time_to_survive_days=survive,
        time_to_recover_days=recover,
        gap_days=max(0.0, recover - survive)
        if recover is not None and survive is not None
        else None,
        profile=_profile(holdings, players, evaluation) if profile and not without_market else (),
        mass_kg=_mass(exposure.masses),
        line_ids=tuple(exposure.line_ids),
        concentration=_concentration(symbol, holdings, weights, chain, evaluation)
        if causes
        else (),
        control=None if without_market else _control(symbol, worst, chain, evaluation),
        contributions=contributions(
            parts_of(shares),
            risk=score.risk.nominal,
            score=score.nominal,
            engine=evaluation.evaluator(Side.NOMINAL).engine,
            behind=lambda cause: item_behind(shares, cause, evaluation),
        )
        if causes
        else (),
        flags=tuple(sorted(flags | _flags(symbol, holdings, chain, evaluation))),
    )


def _outcome(holding: Holding) -> ElementOutcome:
    return holding.lines.outcomes[holding.place]


def _chain_of(symbol: str, worst: Holding | None, evaluation: Evaluation) -> Chain:
    """Return the chain to describe: that of the worst line, else the longest that exists."""
    chains = evaluation.reference.supply.chains
    if worst is not None:
        return _outcome(worst).nominal.chain or worst.lines.line.chains[0]
    has_magnets = evaluation.supply.world(Stage.MAGNET, symbol) is not None
    return chains["magnet" if has_magnets else "metal"]


def _recovery(
    worst: Holding | None, evaluation: Evaluation
) -> tuple[float | None, float | None, frozenset[str]]:
    """Return time to survive, time to recover [days], and flags on the binding measure."""
    if worst is None:
        return None, None, frozenset()
    lines, place = worst.lines, worst.place
    if place not in lines.recoveries:
        lines.recoveries[place] = _recovery_of(lines.line, lines.outcomes[place], evaluation)
    return (lines.line.buffer.stock_days, *lines.recoveries[place])


def _recovery_of(
    line: ScoredLine, outcome: ElementOutcome, evaluation: Evaluation
) -> tuple[float | None, frozenset[str]]:
    """Return time to recover [days] and flags on the measure that binds an element in a line."""
    binding = binding_cause(outcome.nominal.causes)
    if binding is None:
        return None, frozenset()
    if binding[0] == STRUCTURAL:
        severity = evaluation.methodology.severities[Kind.INDIVIDUAL_LICENCE]
        delays = severity.initial or severity.established
        return evaluation.context.horizon_days / 2.0 + delays[1], frozenset()
    item = evaluation.item_behind(line, outcome, binding)
    flags = frozenset({PRESS_ONLY}) if item.press_only else frozenset()
    strictest = max(item.rules, key=lambda hit: (list(Kind).index(hit.kind), hit.match))
    if strictest.kind is Kind.PROHIBITED:
        return None, flags
    return item.start_days + strictest.hardness.delays[1], flags


def _flags(
    symbol: str, holdings: Sequence[Holding], chain: Chain, evaluation: Evaluation
) -> frozenset[str]:
    flags: set[str] = set(evaluation.supply.vintage_flags(chain.stages, symbol))
    if symbol in WITHOUT_MARKET:
        flags.add(NO_MARKET_DATA)
    for holding in holdings:
        flags |= _outcome(holding).flags | holding.lines.flags
    return frozenset(flags)


def _profile(
    holdings: Sequence[Holding], players: Sequence[Player], evaluation: Evaluation
) -> tuple[HorizonScore, ...]:
    """Return the element's score for each reported horizon; scores do not compare across them."""
    methodology = evaluation.methodology
    horizons = {*methodology.timing.horizons, evaluation.context.horizon_days}
    certain = [
        (holding, player)
        for holding, player in zip(holdings, players, strict=True)
        if not player.possible_only
    ]
    weights = [player.weight for _, player in certain]
    rows: list[HorizonScore] = []
    for horizon in sorted(horizons):
        risk = weighted_mean(
            [evaluation.class_profile(one.lines, horizon)[one.place] for one, _ in certain],
            weights,
        )
        rows.append(
            HorizonScore(
                horizon_days=horizon,
                score=score_of(risk, gamma=methodology.parameters.gamma),
                expected_stockout_days=risk * horizon,
            )
        )
    return tuple(rows)


def _mass(masses: tuple[list[float], list[float], list[float]]) -> Triple | None:
    """Return the contained element of all lines that state a mass [kg], or None."""
    low, value, high = masses
    if not value:
        return None
    nominal = math.fsum(value)
    return Triple(min(math.fsum(low), nominal), nominal, max(math.fsum(high), nominal))


def _concentration(
    symbol: str,
    holdings: Sequence[Holding],
    own_weights: Sequence[float],
    chain: Chain,
    evaluation: Evaluation,
) -> tuple[StageConcentration, ...]:
    totals: dict[Stage, dict[str, float]] = {}
    weights: dict[Stage, float] = {}
    for holding, weight in zip(holdings, own_weights, strict=True):
        for stage, mix in evaluation.company_mixes(holding.lines, symbol).items():
            if not mix:
                continue
            weights[stage] = weights.get(stage, 0.0) + weight
            total = totals.setdefault(stage, {})
            for country, share in mix.items():
                total[country] = total.get(country, 0.0) + weight * share
    company = {
        stage: {country: part / weights[stage] for country, part in total.items()}
        for stage, total in totals.items()
    }
    return with_company(evaluation.concentrations(chain, symbol), company)


def _control(
    symbol: str, worst: Holding | None, chain: Chain, evaluation: Evaluation
) -> ControlView:
    """Return the law for the worst line that may hold the element, else for its oxide."""
    if worst is None:
        return evaluation.control(symbol, frozenset({symbol}), frozenset(), "oxide")
    line = worst.lines.line
    certain = line.contained_at(Side.LOW)
    possible = line.contained_at(Side.HIGH) - certain - {symbol}
    return evaluation.control(symbol, certain | {symbol}, possible, chain.form)
