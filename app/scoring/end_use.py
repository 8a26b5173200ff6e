"""How likely a line's end use and end user fall under a rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.context import EndUse
from app.domain.controls import ControlMeasure, EntityList, RuleApplies
from app.domain.methodology import Methodology
from app.domain.triple import Side
from app.scoring.end_users import EndUserLists

Matches = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Use:
    """Whom and what the goods are for, at one end of the interval.

    Lines whose end uses match the classes of the rules alike are alike, whatever their sector.

    Attributes:
        military: Probability that the end use is military [1].
        civil_matches: Match of a civil use with each end-use class [1], above 0 only.
        military_matches: The same for a military use.
        listed: Ids of the entity measures that name the end user.
        owned: Probability that a listed firm holds it at 50 per cent or more [1]; None where
            nobody said who owns it.
    """

    military: float
    civil_matches: Matches
    military_matches: Matches
    listed: frozenset[str] = frozenset()
    owned: float | None = None

    def match(self, wanted: str, *, military: bool) -> float:
        """Return the match with one end-use class [1]."""
        for name, match in self.military_matches if military else self.civil_matches:
            if name == wanted:
                return match
        return 0.0

    def asked(self, classes: frozenset[str]) -> Use:
        """Return the use without what no rule asks for."""
        return Use(
            self.military,
            tuple(pair for pair in self.civil_matches if pair[0] in classes),
            tuple(pair for pair in self.military_matches if pair[0] in classes),
            self.listed if classes & _USER_CLASSES else frozenset(),
            self.owned if OWNED_BY_LISTED in classes else None,
        )


_USER_CLASSES = frozenset({"listed", "watch_listed"})

#: Class of end users that listed firms hold at 50 per cent or more.
OWNED_BY_LISTED = "listed_50pct_owned"

#: Use of the world market: civil, nobody listed.
CIVIL_MARKET = Use(0.0, (("any", 1.0),), ())


def use_of(
    end_use: EndUse,
    *,
    sector: str | None,
    prior: float,
    lists: EndUserLists,
    methodology: Methodology,
    side: Side,
) -> Use:
    """Return the use of a line at one end.

    Args:
        end_use: What the caller declared.
        sector: Sector of the line, or None.
        prior: Military prior of that sector [1].
        lists: What entity lists say of the end user and its owners.
        methodology: Table of matches.
        side: End of the interval.
    """
    military = military_probability(end_use, prior, side)
    return Use(
        military,
        # Even military goods count as civil for part of the crossings upstream of the product.
        _matches(EndUse.CIVIL, sector, prior, methodology, side),
        _matches(EndUse.MILITARY, sector, prior, methodology, side) if military > 0.0 else (),
        lists.named | lists.near if side is Side.HIGH else lists.named,
        None if lists.owned is None else lists.owned[side],
    )


def _matches(
    line_end_use: EndUse, sector: str | None, prior: float, methodology: Methodology, side: Side
) -> Matches:
    found: dict[str, float] = {}
    for row in methodology.end_use_matches:
        if row.measure_end_use in found or row.line_end_use not in ("any", line_end_use):
            continue
        if row.sectors and sector not in row.sectors:
            continue
        value = row.match[side]
        found[row.measure_end_use] = prior if value is None else value
    return tuple((name, found[name]) for name in sorted(found) if found[name] > 0.0)


def military_probability(end_use: EndUse, prior: float, side: Side) -> float:
    """Return the probability that goods of a declared end use end in military use [1].

    An unknown end use spans from civil to military, with the sector's prior between.
    """
    if end_use is EndUse.MILITARY:
        return 1.0
    if end_use is EndUse.CIVIL:
        return 0.0
    return {Side.LOW: 0.0, Side.NOMINAL: prior, Side.HIGH: 1.0}[side]


def end_user_match(
    classes: Iterable[str],
    *,
    measure: ControlMeasure,
    use: Use,
    listed_share: float,
    methodology: Methodology,
    side: Side,
) -> float:
    """Return the best match of the end user with any of a rule's end-user classes [1].

    Args:
        classes: any, listed, watch_listed, listed_50pct_owned.
        measure: The measure whose rule it is; an entity list knows its own names only.
        use: Holds the lists that name the end user.
        listed_share: Share of the listing that counts at this crossing [1].
        methodology: Holds the chance that a listed firm owns half of an end user.
        side: End of the interval.
    """
    named = _names_end_user(measure.id, measure.entity_list, use)
    best = 0.0
    for wanted in classes:
        if wanted == "any":
            return 1.0
        if wanted in ("listed", "watch_listed"):
            best = max(best, listed_share if named else 0.0)
        elif wanted == OWNED_BY_LISTED:
            owned = methodology.owned_by_listed.at(side) if use.owned is None else use.owned
            best = max(best, owned)
    return best


def _names_end_user(measure_id: str, entity_list: EntityList | None, use: Use) -> bool:
    if entity_list is not None:
        return measure_id in use.listed
    return bool(use.listed)


def rule_match(
    applies: RuleApplies,
    *,
    measure: ControlMeasure,
    military: bool,
    use: Use,
    listed_share: float,
    methodology: Methodology,
    side: Side,
) -> float:
    """Return the probability that a rule applies to a line [1]: both fields must match.

    References:
        docs/methodology.md, "Measures": the smaller of the two fields, the best inside each.
    """
    by_user = end_user_match(
        applies.end_users,
        measure=measure,
        use=use,
        listed_share=listed_share,
        methodology=methodology,
        side=side,
    )
    if by_user == 0.0:
        return 0.0
    by_use = max(use.match(wanted, military=military) for wanted in applies.end_uses)
    return min(by_user, by_use)
