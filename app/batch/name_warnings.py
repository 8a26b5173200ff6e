"""Warnings about who is named in a question: end user, owners, suppliers and their licences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.domain.answer import AnswerWarning
from app.domain.bom import Bom
from app.domain.context import AssessmentContext
from app.domain.controls import ControlRegister
from app.domain.entities import EntityMatch
from app.scoring.end_users import (
    GROUP,
    NameIndex,
    end_user_lists,
    incomplete_lists,
    name_index,
)


def end_user_warnings(
    register: ControlRegister, context: AssessmentContext
) -> Iterator[AnswerWarning]:
    """Yield what the entity lists say of the end user and its owners."""
    if context.end_user is None and not context.end_user_owners:
        return
    as_of, known_on = context.as_of, context.known_on
    lists = end_user_lists(
        register, context.end_user, context.end_user_owners, as_of=as_of, known_on=known_on
    )
    if context.end_user is not None:
        if lists.named:
            yield AnswerWarning(
                code="end_user_listed",
                text=f"The end user matches a name on {', '.join(sorted(lists.named))}.",
                pointer="/end_user",
            )
        elif lists.near:
            yield AnswerWarning(
                code="end_user_possibly_listed",
                text=f"The end user's name is near one on {', '.join(sorted(lists.near))}: find "
                "out whether it is the same firm. Upper bounds take it as listed.",
                pointer="/end_user",
            )
        if not lists.named:
            yield _not_matched(register, context)
    if lists.owned is not None and lists.owned[2] == 1.0:
        sure = lists.owned[0] == 1.0
        yield AnswerWarning(
            code="end_user_held_by_listed" if sure else "end_user_possibly_held_by_listed",
            text="A listed firm holds 50 per cent or more of the end user."
            if sure
            else "Listed firms, or firms with names near theirs, together hold 50 per cent or more "
            "of the end user; whether that counts is open.",
            pointer="/end_user_owners",
        )


def _not_matched(register: ControlRegister, context: AssessmentContext) -> AnswerWarning:
    incomplete = incomplete_lists(
        register, context.as_of, context.known_on, destination=context.destination
    )
    missing = (
        f"; not every name could be read of {', '.join(sorted(incomplete))}" if incomplete else ""
    )
    return AnswerWarning(
        code="end_user_not_matched",
        text=f"The end user matches no listed name, which is no clearance{missing}.",
        pointer="/end_user",
    )


def supplier_warnings(
    bom: Bom, register: ControlRegister, context: AssessmentContext
) -> Iterator[AnswerWarning]:
    """Yield lines whose supplier or maker stands on an entity list, or near a name on one."""
    index: NameIndex | None = None
    known: dict[str, tuple[EntityMatch, ...]] = {}
    for place, line in enumerate(bom.lines):
        names = [supplier.name for supplier in line.suppliers] + [line.manufacturer]
        for name in dict.fromkeys(name for name in names if name):
            if index is None:
                index = name_index(register, as_of=context.as_of, known_on=context.known_on)
            if name not in known:
                known[name] = tuple(m for m in index.matches(name) if m.how != GROUP)
            if not known[name]:
                continue
            counted = sorted(match.measure for match in known[name] if match.counts)
            near = sorted(match.measure for match in known[name] if not match.counts)
            yield AnswerWarning(
                code="supplier_listed" if counted else "supplier_possibly_listed",
                text=f"A supplier or maker of this line matches a name on {', '.join(counted)}: "
                "what it needs from the issuer may not reach it."
                if counted
                else f"A supplier or maker of this line has a name near one on {', '.join(near)}: "
                "find out whether it is the same firm.",
                pointer=f"/bom/lines/{place}",
                row=line.row,
            )


def licence_warnings(bom: Bom, context: AssessmentContext) -> Iterator[AnswerWarning]:
    """Yield general licences that have run out, or do so within the horizon."""
    until = context.as_of + timedelta(days=context.horizon_days)
    for place, line in enumerate(bom.lines):
        for supplier in line.suppliers:
            last = supplier.general_licence_valid_to
            if last is None or last > until:
                continue
            over = last < context.as_of
            yield AnswerWarning(
                code="general_licence_expired" if over else "general_licence_expires",
                text=f"A general licence of this line ran out on {last.isoformat()} and does not "
                "count; ask whether it was renewed."
                if over
                else f"A general licence of this line runs out on {last.isoformat()}, inside the "
                "horizon; a renewal is not assumed.",
                pointer=f"/bom/lines/{place}",
                row=line.row,
            )
