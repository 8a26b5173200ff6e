"""Which state of a measure stands behind a cause: for the words and the days of an answer."""

from __future__ import annotations

from app.errors import UnknownKeyError
from app.scoring.attribution import Cause
from app.scoring.crossing_items import CrossingItem
from app.scoring.path import PLAIN, Leg, PathEvaluator, Relation

#: Above this probability the military case of an unknown end use is told first.
LIKELIER_THAN_NOT = 0.5


def item_behind(
    paths: PathEvaluator, element: str, cause: Cause, relation: Relation = PLAIN
) -> CrossingItem:
    """Return the likeliest state of the measure behind a cause.

    The answer follows from the line alone, whatever else was evaluated before.

    Args:
        paths: Evaluator of the line's goods.
        element: Element whose path it is.
        cause: One of the causes of that path.
        relation: What is special about the supplier, where the cause is his delivery.

    Raises:
        UnknownKeyError: No measure of that name binds there.
    """
    measure, stage_name, exporter, importer = cause
    stages = paths.stages(element)
    for index, (stage, _) in enumerate(stages):
        if stage.value != stage_name:
            continue
        final = index == len(stages) - 1 and importer == paths.engine.context.destination
        leg = Leg(exporter, importer, final, relation=relation if final else PLAIN)
        crossing = paths.facts(element, index, leg)
        use = paths.engine.use_towards(paths.goods.use, importer)
        likelier = paths.goods.use.military > LIKELIER_THAN_NOT
        for military in (likelier, not likelier):
            found = paths.engine.items(crossing, use, military=military)
            states = [item for item in found if item.measure == measure]
            if states:
                return max(states, key=_rank)
    raise UnknownKeyError(f"{measure} does not bind on {stage_name} from {exporter} to {importer}")


def _rank(item: CrossingItem) -> tuple[float, float, float]:
    """Return by what one state of a measure goes before another: likelier, harder, sooner."""
    return (
        item.probability * max(hit.match for hit in item.rules),
        max(hit.hardness.refusal for hit in item.rules),
        -item.start_days,
    )
