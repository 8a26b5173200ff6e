"""Tells how much of the goods a named substance is: all, a printed share, or an ingredient."""

from __future__ import annotations

import re
from dataclasses import replace

from app.domain.vocabulary import WordRole
from app.identification.content import Content, MassRule
from app.identification.folding import BREAK
from app.identification.reading import FieldReading
from app.identification.statement import Amount, Statement

_UNIT = (
    r"(wt\.?[ ]?-?%|mass[ ]?%|m%|Gew\.?-?[ ]?%|ma\.?-?%|%|mol\.?[ ]?-?%|at\.?[ ]?-?%"
    r"|vol\.?[ ]?-?%)"
)
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,4})?)"
_BEFORE = re.compile(rf"(?<![\d.,]){_NUMBER}[ ]?{_UNIT}[ ]?\Z")
_AFTER = re.compile(rf"[ ]?[:=]?[ ]?{_NUMBER}[ ]?{_UNIT}")

#: Signs of a share that is printed beside a name.
_REACH = 20
#: Words that may stand between a name and the word that makes it an ingredient.
_WORDS_BETWEEN = 1

_OTHER_SHARES = ("mol", "at", "vol")


def weighed(statement: Statement, reading: FieldReading, start: int, end: int) -> Statement:
    """Return a statement whose masses follow from what the text says beside its name.

    A printed share by mass multiplies the fractions; where the name is of an ingredient without
    one, or the share is by atoms or volume, no mass follows.

    Args:
        statement: What the name says.
        reading: The field.
        start: First sign of the name in the text as searched.
        end: Sign behind its last.
    """
    first, last = reading.text.span(start, end)
    original = reading.text.original
    match = _BEFORE.search(original[max(0, first - _REACH) : first])
    match = match or _AFTER.match(original, last)
    if match is not None:
        number, unit = match.groups()
        share = float(number.replace(",", ".")) / 100
        if unit.lower().startswith(_OTHER_SHARES):
            return _without_masses(statement)
        if 0 < share <= 1:
            return replace(
                statement,
                contents=tuple(_scaled(content, share) for content in statement.contents),
                amount=Amount.PRINTED,
            )
    if _is_ingredient(reading, start, end):
        return _without_masses(statement)
    return statement


def _scaled(content: Content, share: float) -> Content:
    """Return a content of which the goods hold a share [1]."""
    if content.fraction is None:
        return content
    return replace(content, fraction=content.fraction.scaled(share))


def _without_masses(statement: Statement) -> Statement:
    """Return a statement that says what is there and not how much."""
    return replace(
        statement,
        contents=tuple(
            replace(content, fraction=None, rule=MassRule.NONE) for content in statement.contents
        ),
        amount=Amount.INGREDIENT,
    )


def _is_ingredient(reading: FieldReading, start: int, end: int) -> bool:
    """Return whether words around a name say that it is only part of the goods."""
    folded = reading.text.folded
    for hit in reading.hits:
        if hit.start >= end:
            gap = folded[end : hit.start]
            if BREAK in gap or len(gap.split()) > _WORDS_BETWEEN:
                return False
            if WordRole.INGREDIENT_AFTER in hit.entry.roles:
                return True
        elif hit.end <= start and WordRole.INCLUSIVE in hit.entry.roles:
            has_head = folded[: hit.start].strip(f" {BREAK}") != ""
            if has_head and BREAK not in folded[hit.end : start]:
                return True
    return False
