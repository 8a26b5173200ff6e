"""Sentences for the causes of a score, in English, for a purchaser to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.controls import ControlMeasure
from app.domain.methodology import Kind
from app.domain.observations import Observation
from app.domain.reference import ReferenceData
from app.scoring.crossing_items import CrossingItem

KIND_WORDS: Mapping[Kind, str] = {
    Kind.NONE: "No effect",
    Kind.REGISTRATION: "Ordinary licence or registration",
    Kind.TAX: "Export duty",
    Kind.QUOTA: "Export quota",
    Kind.GENERAL_LICENCE: "General licence",
    Kind.INDIVIDUAL_LICENCE: "Licence duty",
    Kind.STRICT_LICENCE: "Strict licence, case by case",
    Kind.STALLED: "Halt in practice",
    Kind.PRESUMPTION_OF_DENIAL: "Licence that is presumably refused",
    Kind.PROHIBITED: "Prohibition",
}

#: What an observation amounts to, by its effect.
PRACTICE_WORDS: Mapping[str, str] = {
    "normal": "in practice exports flow",
    "slows": "in practice exports are slowed",
    "near_halt": "in practice nearly a halt",
    "halt": "in practice a halt",
}

STAGE_GOODS: Mapping[str, str] = {
    "mining": "ore",
    "separation": "oxides and compounds",
    "metal": "metal and alloys",
    "magnet": "magnets",
    "compound": "worked materials",
    "device": "devices",
}


def measure_sentence(
    measure: ControlMeasure,
    item: CrossingItem,
    *,
    stage: str,
    exporter: str,
    importers: Sequence[str],
    observations: Mapping[str, Observation],
) -> str:
    """Return what a measure does to goods of a stage on their way.

    Args:
        measure: The measure.
        item: Its likeliest state on the crossing.
        stage: Stage of the goods.
        exporter: Country that they leave.
        importers: Countries that they enter, most affected first.
        observations: All observations by id.
    """
    goods = STAGE_GOODS[stage]
    words = KIND_WORDS[strictest_kind(item)]
    where = " and ".join(importers) if len(importers) < 3 else f"{len(importers)} countries"
    text = f"{words} on {goods} from {exporter} to {where}: {name_of(measure)} ({measure.id})"
    if item.observed:
        text += f"; {practice_words(observations[item.observed[0]])}"
    if item.start_days > 0:
        text += f"; may bind in {item.start_days:.0f} days"
    if item.uncertain:
        text += "; nobody has confirmed which status holds"
    return text


def practice_words(observation: Observation) -> str:
    """Return what was seen of a measure in practice, and how, in a few words.

    Refusals and delays that differ by end of the interval stay figures of the observation,
    which the register shows with its arithmetic.
    """
    seen = PRACTICE_WORDS.get(observation.effect or "", "practice was observed")
    figure = ""
    if observation.flow_ratio is not None:
        figure = f", about {observation.flow_ratio.nominal:.0%} of the usual exports"
    elif observation.refusal is not None:
        figure = f", about {1.0 - observation.refusal.nominal:.0%} of applications granted"
    return f"{seen}{figure} (seen by {observation.known_from.isoformat()}, {observation.id})"


def name_of(measure: ControlMeasure) -> str:
    """Return how people refer to a measure: its number where it has one, else its title."""
    return measure.official_number or measure.title


def strictest_kind(item: CrossingItem) -> Kind:
    """Return the severest kind among the rules of an item that may apply."""
    order = list(Kind)
    return max((hit.kind for hit in item.rules), key=order.index)


def structural_sentence(stage: str, exporter: str, reference: ReferenceData) -> str:
    """Return why a new restriction by a country is thinkable."""
    known = reference.supply.governance.get(exporter)
    risk = f"governance risk {known.value:.2f}" if known else "governance risk not known"
    return (
        f"Chance of a new restriction by {exporter} on {STAGE_GOODS[stage]}: "
        f"its share of world output, {risk}, and what it restricted in the last two years"
    )


MARKET_SENTENCE = (
    "Scarcity on the world market: controls on the way to the main importing countries, and "
    "the weight of the largest single mine, reach every buyer"
)
SUPPLIER_SENTENCE = "Few suppliers: how far the declared suppliers depend on one another"
OTHER_SENTENCE = "Sum of the smaller causes of this kind"
