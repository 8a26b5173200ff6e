"""From a measure that may bind to its activation on a crossing, and the structural item."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.domain.methodology import LICENCE_KINDS, Kind
from app.scoring.crossing_items import Crossing, CrossingItem, RuleHit
from app.scoring.engine import DAYS_PER_YEAR, STRUCTURAL, Engine
from app.scoring.kernel import Activation, Buffer, Disruption, stockout_share
from app.scoring.severity import hardness_of_kind


@dataclass(frozen=True, slots=True)
class GeneralLicence:
    """A licence in a supplier's hand that covers this customer; `days_left` above 0."""

    days_left: float


def activation_of(
    item: CrossingItem,
    *,
    touch: float,
    buffer: Buffer,
    licence: GeneralLicence | None,
    engine: Engine,
) -> Activation | None:
    """Return probability and severity of a measure on a crossing, or None where it is nothing.

    Of the rules of one measure the strictest that applies decides: rules are taken from the
    strictest down, each with the match that the stricter ones leave.

    Args:
        item: The measure in one state.
        touch: Probability that the goods contain material of the issuer's origin [1].
        buffer: Stock and bridges of the line.
        licence: Licence in hand, which softens licence duties.
        engine: Horizon, weights, severities.

    References:
        docs/methodology.md, "Measures" and "Authorisations".
    """
    hits = sorted(
        ((_severity(rule, item, buffer, licence, engine), rule.match) for rule in item.rules),
        reverse=True,
    )
    reached = 0.0
    layers: list[tuple[float, float]] = []
    for severity, match in hits:
        if match > reached and severity > 0.0:
            layers.append((item.probability * touch * (match - reached), severity))
        reached = max(reached, match)
    if not layers:
        return None
    probability, severity = layers[0]
    return Activation(item.measure, probability, severity, tuple(layers[1:]))


def _severity(
    rule: RuleHit,
    item: CrossingItem,
    buffer: Buffer,
    licence: GeneralLicence | None,
    engine: Engine,
) -> float:
    hardness = rule.hardness
    plain = Disruption(hardness.refusal, hardness.delays, item.start_days, item.end_days)
    if licence is None or rule.kind not in LICENCE_KINDS:
        return engine.stockout(plain, buffer)
    general = engine.methodology.severities[Kind.GENERAL_LICENCE]
    multiplier = engine.methodology.parameters.delay_multiplier.at(engine.ends.parameters)
    first, middle, last = (
        min(own, multiplier * covered)
        for own, covered in zip(hardness.delays, general.established, strict=True)
    )
    covered = Disruption(
        min(hardness.refusal, general.refusal.nominal),
        (first, middle, last),
        item.start_days,
        min(item.end_days, licence.days_left),
    )
    lapsed = Disruption(
        hardness.refusal,
        hardness.delays,
        max(item.start_days, licence.days_left),
        item.end_days,
    )
    return max(engine.stockout(covered, buffer), engine.stockout(lapsed, buffer))


def structural_activation(crossing: Crossing, buffer: Buffer, engine: Engine) -> Activation:
    """Return the chance of a new restriction by a country that dominates a stage.

    The rate grows with governance risk, with the country's share of the world's output, and
    with the restrictions of the last two years.

    References:
        docs/methodology.md, "Structural risk".
    """
    key = (crossing.stage, crossing.element, crossing.exporter, crossing.new_relation, buffer)
    known = engine.structural.get(key)
    if known is None:
        known = _structural(crossing, buffer, engine)
        engine.structural[key] = known
    return known


def _structural(crossing: Crossing, buffer: Buffer, engine: Engine) -> Activation:
    parameters = engine.methodology.parameters
    ends = engine.ends
    count = min(
        engine.register.restriction_count(crossing.exporter, crossing.element),
        parameters.restriction_cap,
    )
    rate = (
        parameters.lambda0.at(ends.parameters)
        * (1.0 + parameters.mu.at(ends.parameters) * count)
        * engine.supply.governance(crossing.exporter, ends.governance)
        * engine.supply.world_share_at(
            crossing.stage, crossing.element, crossing.exporter, ends.shares
        )
    )
    horizon = engine.horizon_days
    start = horizon / 2.0
    hardness = hardness_of_kind(
        Kind.INDIVIDUAL_LICENCE,
        stage=crossing.stage,
        start_days=start,
        age_days=0.0,
        new_relation=crossing.new_relation,
        methodology=engine.methodology,
        side=ends.parameters,
    )
    severity = stockout_share(
        Disruption(hardness.refusal, hardness.delays, start, math.inf),
        buffer=buffer,
        horizon_days=horizon,
        weights=engine.methodology.quantile_weights,
    )
    probability = 1.0 - math.exp(-rate * horizon / DAYS_PER_YEAR)
    return Activation(STRUCTURAL, probability, severity)
