"""What the entity lists say of end users, their owners and suppliers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from app.api.answers.figures import significant
from app.api.answers.freshness import freshness_answer
from app.api.schemas.entities import (
    EndUserMatch,
    ListMatch,
    OwnerMatch,
    SupplierMatch,
)
from app.api.schemas.screening import Screening
from app.api.versions import versions_from
from app.api.yente import YenteAnswer
from app.domain.bom import Bom
from app.domain.context import AssessmentContext
from app.domain.entities import EntityMatch
from app.domain.places import UNSPECIFIED
from app.domain.reference import ReferenceData
from app.scoring.end_users import NameIndex, end_user_lists, incomplete_lists, name_index
from app.scoring.timeline import announced_on, status_on

_DISCLAIMER = (
    "Names are compared with public lists as far as these could be read; this is no legal advice "
    "and clears nobody."
)
_UNMATCHED = "No listed name matches, which is no clearance."
_MATCHED = "The name stands on a list; read the list itself before you act."
_NEAR = "No listed name is the same, but some are near; find out whether it is one of those firms."


def end_user_match(context: AssessmentContext, reference: ReferenceData) -> EndUserMatch | None:
    """Return what the entity lists say of the end user, or None where none was named."""
    if context.end_user is None and not context.end_user_owners:
        return None
    register, as_of, known_on = reference.register, context.as_of, context.known_on
    index = name_index(register, as_of=as_of, known_on=known_on)
    found = index.matches(context.end_user)
    lists = end_user_lists(
        register, context.end_user, context.end_user_owners, as_of=as_of, known_on=known_on
    )
    incomplete = incomplete_lists(register, as_of, known_on, destination=context.destination)
    return {
        "measures": sorted(lists.named),
        "matches": _matches(found, context, reference),
        "same_from": register.name_rules.same_from,
        "near_from": register.name_rules.near_from,
        "owners": _owners(index, context, reference),
        "held_by_listed": _held(lists.owned, context),
        "incomplete_lists": sorted(incomplete),
        "text": _sentence(found, incomplete),
    }


def supplier_matches(
    bom: Bom, context: AssessmentContext, reference: ReferenceData
) -> list[SupplierMatch]:
    """Return the suppliers and makers of lines that are on, or near, an entity list."""
    lines: dict[str, list[str]] = {}
    for line in bom.lines:
        names = [supplier.name for supplier in line.suppliers] + [line.manufacturer]
        for name in dict.fromkeys(name for name in names if name):
            lines.setdefault(name, []).append(line.line_id)
    if not lines:
        return []
    index = name_index(reference.register, as_of=context.as_of, known_on=context.known_on)
    return [
        {"name": name, "line_ids": ids, "matches": _matches(found, context, reference)}
        for name, ids in lines.items()
        if (found := index.matches(name))
    ]


def screening(
    names: Sequence[str],
    asked: Sequence[YenteAnswer] | None,
    reference: ReferenceData,
    *,
    destination: str | None,
    as_of: date,
    known_on: date,
) -> Screening:
    """Return what the lists say of some names.

    Args:
        names: Names as the caller gave them.
        asked: What a matching service said of each, or None where none was asked.
        reference: Register with the entity lists.
        destination: Country that the goods enter; lists that do not reach it are told.
        as_of: Day of the question.
        known_on: Last day of publication that counts.
    """
    register = reference.register
    index = name_index(register, as_of=as_of, known_on=known_on)
    incomplete = incomplete_lists(register, as_of, known_on, destination=destination)
    context = AssessmentContext(
        destination=destination or UNSPECIFIED, as_of=as_of, known_on=known_on
    )
    found = [(name, index.matches(name)) for name in names]
    return {
        **versions_from(reference),
        "as_of": as_of.isoformat(),
        "known_on": known_on.isoformat(),
        "same_from": register.name_rules.same_from,
        "near_from": register.name_rules.near_from,
        "names": [
            {
                "name": name,
                "matches": _matches(matches, context, reference),
                "yente": None if asked is None else asked[place],
                "text": _sentence(matches, incomplete),
            }
            for place, (name, matches) in enumerate(found)
        ],
        "incomplete_lists": sorted(incomplete),
        "freshness": freshness_answer(
            register, as_of, (m.id for m in register.measures.values() if m.entity_list)
        ),
        "disclaimer": _DISCLAIMER,
    }


def _held(
    owned: tuple[float, float, float] | None, context: AssessmentContext
) -> Literal["yes", "no", "open", "not_declared"]:
    if not context.end_user_owners:
        return "not_declared"
    if owned is None or owned[0] != owned[2]:
        return "open"
    return "yes" if owned[0] == 1.0 else "no"


def _owners(
    index: NameIndex, context: AssessmentContext, reference: ReferenceData
) -> list[OwnerMatch]:
    return [
        {
            "name": owner.name,
            "share": format(owner.share.normalize(), "f"),
            "matches": _matches(index.matches(owner.name), context, reference),
        }
        for owner in context.end_user_owners
    ]


def _matches(
    found: Sequence[EntityMatch], context: AssessmentContext, reference: ReferenceData
) -> list[ListMatch]:
    return [_match(match, context, reference) for match in found]


def _match(match: EntityMatch, context: AssessmentContext, reference: ReferenceData) -> ListMatch:
    measure = reference.register.measures[match.measure]
    return {
        "measure": measure.id,
        "title": measure.title,
        "published_on": announced_on(measure).isoformat(),
        "status": status_on(measure, context.as_of, context.known_on).status.value,
        "reaches_destination": measure.scope.destinations.includes(context.destination),
        "listed_name": match.listed_name,
        "similarity": significant(match.similarity),
        "how": match.how,
        "counts": match.counts,
        "sources": list(measure.sources),
    }


def _sentence(found: Sequence[EntityMatch], incomplete: Sequence[str]) -> str:
    counted = any(match.counts for match in found)
    text = _MATCHED if counted else _NEAR if found else _UNMATCHED
    if not incomplete:
        return text
    return f"{text} Not every name could be read of {', '.join(sorted(incomplete))}."
