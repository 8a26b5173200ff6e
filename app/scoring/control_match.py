"""Whether a measure speaks of some goods, an end use and an end user: yes or no, no odds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.controls import (
    ControlBasis,
    ControlledItems,
    ControlMeasure,
    ElementsMode,
    Extraterritorial,
    MeasureType,
    Outcome,
    RegisterStage,
)
from app.domain.places import bloc
from app.scoring.active_measures import ABROAD_ONLY
from app.scoring.control_codes import OUTCOMES
from app.scoring.end_use import OWNED_BY_LISTED

#: Classes of end use that a declared one falls under without doubt.
CIVIL_CLASSES: frozenset[str] = frozenset({"any"})
MILITARY_CLASSES: frozenset[str] = frozenset({"any", "military", "military_strength"})

#: Goods in which one listed element brings the others under the control.
_CO_CONTAINING = frozenset({RegisterStage.MAGNET, RegisterStage.ALLOY})


@dataclass(frozen=True, slots=True)
class TradedGoods:
    """What leaves a country, as far as the law cares.

    Attributes:
        element: Element that is asked for.
        elements: All that the goods hold, that one included.
        stages: Names that the legal texts may use for the goods; none for a device.
    """

    element: str
    elements: frozenset[str]
    stages: frozenset[RegisterStage]

    @property
    def deciding(self) -> frozenset[str]:
        """Return the elements whose listing decides: all of a magnet or alloy, else the one."""
        return self.elements if self.stages & _CO_CONTAINING else frozenset({self.element})


@dataclass(frozen=True, slots=True)
class EndUserListing:
    """The lists that name the end user, by what they say; ids of measures.

    `owned` is True where a firm on a list holds the end user at 50 per cent or more.
    """

    named_by: frozenset[str] = frozenset()
    controlled: bool = False
    watched: bool = False
    owned: bool = False

    def classes(self, measure: ControlMeasure) -> frozenset[str]:
        """Return the classes of end users of a measure's rules that the end user falls under.

        A list knows its own names only; another measure knows those of every list in force.
        """
        if measure.entity_list is not None:
            own = {"listed", "watch_listed"} if measure.id in self.named_by else set()
            return frozenset({"any"} | own)
        found = {"any"}
        if self.controlled:
            found.add("listed")
        if self.watched:
            found.add("watch_listed")
        if self.owned:
            found.add(OWNED_BY_LISTED)
        return frozenset(found)


def met_items(measure: ControlMeasure, goods: TradedGoods) -> tuple[ControlledItems, ...]:
    """Return the items of a measure that the goods fall under, conditions left aside."""
    return tuple(
        item
        for item in measure.scope.items
        if item.stages & goods.stages and item.elements & goods.deciding
    )


def triggers(items: Iterable[ControlledItems], goods: TradedGoods) -> frozenset[str]:
    """Return the contained elements by which goods fall under items without a condition."""
    return frozenset(
        element
        for item in items
        if item.condition is None
        for element in item.elements & goods.deciding
    )


def strictest_outcome(
    measure: ControlMeasure,
    *,
    end_uses: frozenset[str],
    end_users: frozenset[str],
    stages: frozenset[RegisterStage],
) -> Outcome | None:
    """Return what the strictest rule says that applies, None where none does.

    Args:
        measure: Its rules; those that speak of devices or of no goods are left out.
        end_uses: Classes of end use that the line falls under, `any` among them.
        end_users: The same of its end user.
        stages: Names that the legal texts may use for the goods.
    """
    found = [
        rule.outcome
        for rule in measure.rules
        if rule.applies is not None
        and not rule.applies.devices
        and rule.applies.end_uses & end_uses
        and rule.applies.end_users & end_users
        and (not rule.applies.stages or rule.applies.stages & stages)
    ]
    return max(found, key=OUTCOMES.index, default=None)


def governs(measure: ControlMeasure, exporter: str) -> bool:
    """Return whether a measure governs what leaves a country, the Union's rules included."""
    if measure.scope.extraterritorial & ABROAD_ONLY:
        return False
    return measure.exporter in (exporter, bloc(exporter))


def reaches_abroad(measure: ControlMeasure, *, exporter: str, destination: str) -> bool:
    """Return whether a measure of another country reaches goods on their way between two."""
    if not measure.scope.extraterritorial:
        return False
    outside = measure.exporter not in (exporter, bloc(exporter), destination)
    return outside and bloc(exporter) != bloc(destination)


def bans_only_abroad(measure: ControlMeasure) -> bool:
    """Return whether a measure reaches goods abroad by liability, which is for bans alone."""
    return not measure.scope.extraterritorial & ABROAD_ONLY


def concerns_reexport(measure: ControlMeasure, exporter: str) -> bool:
    """Return whether a measure of the exporter binds whoever sends its goods on from abroad."""
    return (
        measure.exporter == exporter
        and Extraterritorial.CHINESE_ORIGIN_REEXPORT in measure.scope.extraterritorial
    )


def follows_list(measure: ControlMeasure) -> bool:
    """Return whether a measure bites on whatever is dual-use listed, naming nothing itself."""
    return measure.scope.elements_mode is ElementsMode.ANY_DUAL_USE_LISTED


def listing_measures(measures: Iterable[ControlMeasure], exporter: str) -> Iterator[ControlMeasure]:
    """Yield the dual-use licence measures of a country, which make goods listed."""
    for measure in measures:
        if (
            measure.exporter == exporter
            and measure.type is MeasureType.LICENCE_REQUIREMENT
            and measure.control_basis is ControlBasis.DUAL_USE
            and not measure.scope.extraterritorial & ABROAD_ONLY
            and measure.scope.items
        ):
            yield measure
