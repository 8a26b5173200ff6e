"""Sentences that qualify a status, for a purchaser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.controls import ItemCondition
from app.scoring.control_codes import SUSPENDED, UNCONFIRMED
from app.scoring.control_findings import Finding, FindingSearch
from app.scoring.control_match import governs
from app.scoring.end_users import EndUserLists, incomplete_lists

_UNDEFINED_USE = "military_strength"


def notes_on(
    search: FindingSearch,
    findings: Sequence[Finding],
    reexport: Sequence[Finding],
    *,
    end_user: str | None,
) -> tuple[str, ...]:
    """Return what a reader must know beside the status.

    Args:
        search: Goods, way and clocks.
        findings: What measures say of the goods.
        reexport: What they say of sending the goods on.
        end_user: Name of the end user, or None.
    """
    live = [finding for finding in findings if finding.live]
    return (
        *_on_devices(search),
        *(note for finding in live for note in _on_finding(finding, search)),
        *_on_reexport(reexport),
        *_on_conditions(search),
        *_on_end_user(search, end_user),
    )


def notes_on_possible(possible: frozenset[str], status: str | None) -> tuple[str, ...]:
    """Return what changes if the goods hold an element that nobody has ruled out."""
    if status is None:
        return ()
    elements = " or ".join(sorted(possible))
    return (f"If the goods hold {elements}, the status is {status}: ask the supplier.",)


def notes_on_near_names(lists: EndUserLists, status: str | None) -> tuple[str, ...]:
    """Return what changes if the end user is, or belongs to, a listed firm after all."""
    notes = []
    if lists.near:
        notes.append(
            f"The end user's name is near one on {', '.join(sorted(lists.near))}; find out "
            "whether it is the same firm."
        )
    if status is not None:
        notes.append(f"If the end user is or belongs to a listed firm, the status is {status}.")
    return tuple(notes)


def _on_devices(search: FindingSearch) -> Iterator[str]:
    if not search.goods.stages:
        yield (
            "Assemblies are not controlled themselves; the materials in them are, on their way "
            "to whoever builds them in."
        )


def _on_finding(finding: Finding, search: FindingSearch) -> Iterator[str]:
    measure, name = finding.measure, finding.measure.id
    if finding.resolved.status.value == UNCONFIRMED:
        yield (
            f"Nobody has confirmed by a legal act what holds of {name} since "
            f"{finding.resolved.since}: best estimate {finding.resolved.best_estimate}, worst "
            f"case {finding.resolved.worst_case}."
        )
    if finding.resolved.revived:
        yield f"The suspension of {name} ran out by its own text; nobody has said so since."
    if finding.dormant is not None:
        yield (
            f"Whether goods of a suspended measure count as listed for {name} is open; at worst "
            f"the status is {finding.dormant}."
        )
    if measure.entity_list is not None:
        yield f"The end user is named by {name}."
        if finding.certain == SUSPENDED:
            yield f"{name} is suspended; if it returns, it bites at once."
    if not governs(measure, search.exporter):
        yield f"{name} holds if the goods come from {measure.exporter} or hold material from there."
    for rule in measure.rules:
        applies = rule.applies
        if applies is not None and not search.military and _UNDEFINED_USE in applies.end_uses:
            yield f"{name} also speaks of this, a term without definition: {rule.when}."


def _on_reexport(reexport: Sequence[Finding]) -> Iterator[str]:
    for finding in reexport:
        if finding.live and finding.unconfirmed:
            yield (
                f"Whether {finding.measure.id} binds those who send the goods on is not "
                f"confirmed: best estimate {finding.resolved.best_estimate}, worst case "
                f"{finding.resolved.worst_case}."
            )


def _on_conditions(search: FindingSearch) -> Iterator[str]:
    for measure, condition in search.conditional():
        yield f"{measure.id} controls the goods only if {_in_words(condition)}."


def _in_words(condition: ItemCondition) -> str:
    text = condition.property
    if condition.below is not None:
        text += f" is below {condition.below}"
    if condition.at_least is not None:
        text += f" is at least {condition.at_least}"
    return text


def _on_end_user(search: FindingSearch, end_user: str | None) -> Iterator[str]:
    if end_user is None or search.listing.named_by:
        return
    missing = incomplete_lists(
        search.register, search.as_of, search.known_on, destination=search.destination
    )
    tail = f"; not every name could be read of {', '.join(missing)}" if missing else ""
    yield f"The end user matches no listed name, which is no clearance{tail}."
