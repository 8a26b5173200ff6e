"""Reads bare names: of an element, or the words `rare earth` alone.

They count next to words for matter or a magnet; alone they may be a company or a street.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.domain.elements import RARE_EARTHS, WITHOUT_MARKET
from app.domain.exposure import EvidenceItem
from app.domain.provenance import Basis
from app.domain.triple import ONE, Triple
from app.domain.vocabulary import Strength, WordRole
from app.identification.content import Content, element_content
from app.identification.ingredients import weighed
from app.identification.knowledge import Knowledge, has_word
from app.identification.lexicon import MAGNET_FAMILIES, PART_KINDS, TargetKind, is_joined
from app.identification.line_text import LineText, evidence_of
from app.identification.statement import Statement, material_statement, substance_statement

_NDFEB_ELEMENTS = frozenset(("Nd", "Pr", "Dy", "Tb"))


def element_statements(
    text: LineText, knowledge: Knowledge, statements: list[Statement]
) -> Iterable[Statement]:
    """Return what bare names of elements say; they count next to words for matter."""
    covered = {
        content.symbol
        for statement in statements
        if statement.certain
        for content in statement.contents
        if content.presence.low > 0
    }
    for reading in text.readings:
        for hit in reading.standing:
            entry = hit.entry
            if entry.kind is not TargetKind.ELEMENT or entry.reference in covered:
                continue
            in_compound = WordRole.COMPOUND in text.roles
            if entry.strength is Strength.WEAK and not in_compound:
                continue
            alone = reading.text.folded.strip(" |0123456789") == entry.key
            joined = is_joined(reading.text.folded, hit)
            shaped = entry.reference in ("Nd", "Sm") and WordRole.SHAPE in text.roles
            part = any(other.entry.kind in PART_KINDS for other in reading.standing)
            if not (text.matter or text.magnet or alone or in_compound or joined or part or shaped):
                continue
            covered.add(entry.reference)
            evidence = evidence_of(reading, hit, "element")
            statement = element_statement(entry.reference, evidence, text, knowledge)
            magnetic = statement.family in MAGNET_FAMILIES
            yield statement if magnetic else weighed(statement, reading, hit.start, hit.end)


def element_statement(
    symbol: str, evidence: EvidenceItem, text: LineText, knowledge: Knowledge
) -> Statement:
    """Return what the name of an element says in this line."""
    defaults = knowledge.reference.default_materials
    if text.magnet and (symbol in _NDFEB_ELEMENTS or symbol == "Sm"):
        key = "unknown_smco" if symbol == "Sm" else "unknown_grade"
        statement = material_statement(
            knowledge.reference.materials[defaults[key]],
            knowledge,
            kind="element",
            evidence=evidence,
            words=text.folded,
            states=True,
            without=text.denied_elements,
        )
        return _with_named(statement, symbol)
    form = _form_of_element(text, knowledge)
    substance = knowledge.reference.substances.get(f"{symbol.lower()}_{form}")
    if form in ("oxide", "metal") and substance is not None:
        return substance_statement(substance, kind="element", evidence=evidence)
    return Statement(
        kind="element",
        contents=(element_content(symbol),),
        forms=(form,) if form else ("metal", "oxide", "salt", "compound"),
        evidence=(evidence,),
        subject=knowledge.reference.element_names[symbol].names[0].text,
        reference=substance.id if substance else None,
    )


def _with_named(statement: Statement, symbol: str) -> Statement:
    """Return the statement of a magnet in which the text names one element as present."""
    contents = tuple(
        replace(
            content,
            fraction=content.fraction if content.fraction and content.fraction.low > 0 else None,
            presence=ONE,
        )
        if content.symbol == symbol
        else content
        for content in statement.contents
    )
    return replace(statement, contents=contents, default=True)


def _form_of_element(text: LineText, knowledge: Knowledge) -> str | None:
    """Return the form that words of the line tell, or None."""
    for form, words in knowledge.form_words.items():
        if has_word(text.folded, words):
            return form
    return None


def rare_earth_statements(
    text: LineText, knowledge: Knowledge, statements: list[Statement]
) -> Iterable[Statement]:
    """Return what the bare words `rare earth` say; they count next to matter or a magnet."""
    if statements or text.denies_rare_earths:
        return
    for reading in text.readings:
        for hit in reading.standing:
            if WordRole.RARE_EARTH not in hit.entry.roles or hit.entry.kind is not None:
                continue
            evidence = evidence_of(reading, hit, "rare_earth")
            if text.magnet:
                yield material_statement(
                    knowledge.reference.materials[
                        knowledge.reference.default_materials["unknown_grade"]
                    ],
                    knowledge,
                    kind="rare_earth",
                    evidence=evidence,
                    words=text.folded,
                    states=True,
                    without=text.denied_elements,
                )
            elif text.matter:
                form = _form_of_element(text, knowledge)
                yield Statement(
                    kind="rare_earth",
                    contents=any_rare_earth(RARE_EARTHS),
                    forms=(form,) if form else ("metal", "oxide", "salt", "compound"),
                    evidence=(evidence,),
                    subject="a rare earth",
                    default=True,
                )
            return


def any_rare_earth(symbols: Iterable[str]) -> tuple[Content, ...]:
    """Return the contents where one of several elements is there and nobody says which.

    Each is as likely as the others; at the high end each may be there.
    """
    market = [symbol for symbol in symbols if symbol not in WITHOUT_MARKET]
    presence = ONE if len(market) == 1 else Triple(0.0, 1 / len(market), 1.0)
    return tuple(
        element_content(symbol, basis=Basis.ASSUMED, presence=presence) for symbol in market
    )
