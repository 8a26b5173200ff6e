"""Single changes of goods that can be turned up step by step: stock, origin, recycling, ..."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.domain.places import CHINA, UNSPECIFIED
from app.domain.supply import Stage
from app.scoring.goods import ScoredLine
from app.scoring.patches import Inputs, Patch
from app.scoring.patches_composition import RemoveElements
from app.scoring.patches_lines import ChangeLines, RaiseRecycled, RaiseStock, SecondSource
from app.scoring.snapshot import SupplySnapshot

#: Heavy rare earths that a magnet grade for lower temperatures does without.
HEAVY_IN_MAGNETS: frozenset[str] = frozenset({"Dy", "Tb"})

MAGNET_FORMS: frozenset[str] = frozenset({"magnet", "device_magnet"})

#: A general licence is given for one year.
LICENCE_YEAR = timedelta(days=365)

#: Nobody chooses a mine; the plant that separates decides on its ore.
CHOSEN_STAGES: tuple[Stage, ...] = (
    Stage.SEPARATION,
    Stage.METAL,
    Stage.MAGNET,
    Stage.COMPOUND,
)

STOCK = "stock"
SECOND_SOURCE = "second_source"
RECYCLED = "recycled"
GRADE = "grade"
LICENCE = "licence"


@dataclass(frozen=True, slots=True)
class Lever:
    """A change that can be turned up from nothing to its greatest amount.

    Attributes:
        kind: stock, second_source, recycled, grade or licence.
        most: Greatest amount; days for stock, a share [1] else.
        gradual: False where there is only all or nothing.
        patch: Makes the change of an amount.
        stage, country: Where a second source is.
    """

    kind: str
    most: float
    gradual: bool
    patch: Callable[[float], Patch]
    stage: Stage | None = None
    country: str | None = None


def levers(
    inputs: Inputs,
    lines: Sequence[ScoredLine],
    *,
    elements: frozenset[str],
    supply: SupplySnapshot,
    most_stock_days: float,
) -> Iterator[Lever]:
    """Yield what could be turned up on some lines.

    Args:
        inputs: The question.
        lines: Rare-earth lines that the target depends on.
        elements: Elements of these lines that matter to the target.
        supply: Tables on the day; only countries with output then are second sources.
        most_stock_days: Largest stock that anybody is known to hold [days].
    """
    ids = frozenset(line.line_id for line in lines)
    yield Lever(STOCK, most_stock_days, True, lambda days: RaiseStock(line_ids=ids, to_days=days))
    for stage in CHOSEN_STAGES:
        having = frozenset(line.line_id for line in lines if stage in line.chains[0].stages)
        for country in capable_countries(stage, elements, supply) if having else ():
            yield Lever(
                SECOND_SOURCE,
                1.0,
                True,
                _moved_to(having, stage, country),
                stage,
                country,
            )
    yield Lever(RECYCLED, 1.0, True, lambda share: RaiseRecycled(line_ids=ids, to_share=share))
    graded = frozenset(line.line_id for line in lines if can_do_without_heavy(line))
    if graded:
        yield Lever(
            GRADE,
            1.0,
            False,
            lambda _: RemoveElements(elements=HEAVY_IN_MAGNETS, line_ids=graded),
        )
    supplied = frozenset(
        line.line_id for line in inputs.bom.lines if line.suppliers and line.line_id in ids
    )
    if supplied:
        until = inputs.context.as_of + LICENCE_YEAR
        yield Lever(
            LICENCE,
            1.0,
            False,
            lambda _: ChangeLines(line_ids=supplied, licence_valid_to=until),
        )


def _moved_to(line_ids: frozenset[str], stage: Stage, country: str) -> Callable[[float], Patch]:
    return lambda share: SecondSource(line_ids=line_ids, stage=stage, country=country, share=share)


def capable_countries(
    stage: Stage, elements: frozenset[str], supply: SupplySnapshot
) -> tuple[str, ...]:
    """Return the countries but China that are known to make any of some elements at a stage.

    A share of world output counts, an announced plant does not.
    """
    found = {
        country
        for element in elements
        if (row := supply.world(stage, element)) is not None
        for country, share in row.shares.items()
        if share > 0.0
    }
    return tuple(sorted(found - {CHINA, UNSPECIFIED}))


def can_do_without_heavy(line: ScoredLine) -> bool:
    """Return whether a line is a magnet that would still be one without Dy and Tb."""
    held = frozenset(line.elements)
    is_magnet = any(chain.form in MAGNET_FORMS for chain in line.chains)
    return is_magnet and bool(held & HEAVY_IN_MAGNETS) and bool(held - HEAVY_IN_MAGNETS)
