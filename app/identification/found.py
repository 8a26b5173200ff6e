"""Turns statements and parts into findings: contents, forms, masses to come, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.exposure import EvidenceItem, LineOutcome
from app.domain.triple import Triple
from app.domain.vocabulary import Topic
from app.identification.content import Content, Finding, MassRule, merged
from app.identification.grades import volume_of
from app.identification.knowledge import Knowledge, has_word
from app.identification.line_text import LineText
from app.identification.parts import Part, find_part
from app.identification.ratings import rating_of
from app.identification.statement import Amount, Statement, device_forms

_MAGNET_QUESTION = (
    "Which grade is the magnet, and how much dysprosium and terbium does it hold per piece?"
)
_ELEMENT_QUESTION = "Which rare earths does it hold, and how much of each?"

_RING_WORDS = (" ring", " toroid", "リング", "圆环", "环", "環", " anneau", " anillo", " anello")

#: Parts that are the material in a shape, not devices around it.
_SHAPED_TOPICS = frozenset((Topic.MAGNET, Topic.CERAMIC, Topic.CAPACITOR, Topic.CATALYST))

_KIND_WORDS = {
    "declaration": "declared",
    "cas": "CAS number",
    "ec": "EC number",
    "formula": "formula",
    "grade": "magnet grade",
    "grade_alone": "magnet grade",
    "material": "name",
    "element": "element name",
    "rare_earth": "words",
    "product_declaration": "product declaration",
    "hs_code": "customs code",
}


def found_finding(statements: Sequence[Statement], text: LineText, knowledge: Knowledge) -> Finding:
    """Return the finding of a line that names its rare earths.

    Args:
        statements: What it names, strongest first.
        text: Its text.
        knowledge: The reference data.
    """
    chosen = _without_defaults(statements)
    contents = merged(chosen[0].contents if len(chosen) == 1 else _mixed(chosen))
    if text.denied_elements:
        contents = tuple(one for one in contents if one.symbol not in text.denied_elements)
    forms = _forms(chosen)
    unit = "piece"
    part = _device(forms, text, knowledge)
    if part is not None:
        contents = tuple(_in_device(content, part) for content in contents)
        forms, unit = device_forms(forms), part.unit
    first = chosen[0]
    density = next((one.density_kg_per_m3 for one in chosen if one.density_kg_per_m3), None)
    return Finding(
        outcome=LineOutcome.RARE_EARTHS_FOUND,
        kind=first.kind,
        confidence=_confidence(first, knowledge),
        contents=contents,
        forms=forms,
        evidence=_evidence(statements),
        reason=f"{_KIND_WORDS[first.kind]} {first.evidence[0].text!r}: {first.subject}",
        material=next((one.reference for one in chosen if one.reference), None),
        question=_question(chosen, contents),
        default_composition=all(one.default for one in chosen),
        component_unit=unit,
        rating=rating_of(text.original, unit),
        density_kg_per_m3=density,
        volume_m3=_volume(text) if density and forms == ("magnet",) else None,
    )


def _confidence(first: Statement, knowledge: Knowledge) -> float:
    """Return how sure the outcome is [1]: what nobody read a document for makes it less so."""
    known = knowledge.reference.evidence_confidence
    return min(known[first.kind], known["recalled"]) if first.recalled else known[first.kind]


def part_finding(part: Part, text: LineText, knowledge: Knowledge) -> Finding:
    """Return the finding of a part, found where its name states rare earths."""
    contents = tuple(item for item in part.contents if item.symbol not in text.denied_elements)
    density = part.density_kg_per_m3
    confidence = knowledge.reference.evidence_confidence["material" if part.states else part.kind]
    return Finding(
        outcome=LineOutcome.RARE_EARTHS_FOUND if part.states else LineOutcome.UNDETERMINED,
        kind=part.kind,
        confidence=confidence,
        contents=contents,
        forms=(part.form,),
        evidence=(part.evidence,),
        reason=f"name {part.evidence.text!r}: {part.name}" if part.states else part.reason,
        material=part.reference,
        question=part.question,
        default_composition=True,
        component_unit=part.unit,
        rating=rating_of(text.original, part.unit),
        density_kg_per_m3=density,
        volume_m3=_volume(text) if density and part.form == "magnet" else None,
    )


def _without_defaults(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements without defaults of families that a better one speaks for."""
    if len(statements) == 1:
        return list(statements)
    better = {one.family for one in statements if one.family and not one.default}
    chosen = [one for one in statements if not (one.default and one.family in better)]
    named = {one.family for one in chosen}
    # `NdFeB` beside `neodymium magnet`: one default is enough.
    kept: list[Statement] = []
    for one in chosen:
        if one.default and one.family and any(one.reference == old.reference for old in kept):
            continue
        kept.append(one)
    return kept if named else list(statements)


def _forms(chosen: Sequence[Statement]) -> tuple[str, ...]:
    """Return the forms of the goods: of a known material or substance before any other."""
    for one in chosen:
        if one.reference and one.forms:
            return one.forms
    for one in chosen:
        if one.forms:
            return one.forms
    return ()


def _mixed(chosen: Sequence[Statement]) -> Iterable[Content]:
    """Return the contents of all statements, printed shares first.

    Of several materials without a printed share each has an unknown one. What a text calls an
    ingredient stays one where it names it again: `tungsten with scandium oxide, Sc2O3`.
    """
    ingredients = {
        content.symbol
        for one in chosen
        if one.amount is Amount.INGREDIENT
        for content in one.contents
    }
    distinct: list[set[str]] = []
    for one in chosen:
        symbols = {content.symbol for content in one.contents if content.rule is MassRule.BULK}
        symbols -= ingredients
        whole = bool(one.forms and symbols) and one.amount is Amount.WHOLE
        if whole and all(symbols.isdisjoint(other) for other in distinct):
            distinct.append(symbols)
    count = len(distinct)
    share = Triple(0.0, 1 / count, 1.0) if count > 1 else None
    for one in sorted(chosen, key=lambda one: one.amount is not Amount.PRINTED):
        for content in one.contents:
            if one.amount is not Amount.WHOLE or content.rule is not MassRule.BULK:
                yield content
            elif content.symbol in ingredients and one.family == "":
                yield replace(content, fraction=None, rule=MassRule.NONE)
            elif share is not None:
                yield replace(content, rule=MassRule.SHARE, amount=share)
            else:
                yield content


def _device(forms: tuple[str, ...], text: LineText, knowledge: Knowledge) -> Part | None:
    """Return the device that the line is about, if its material is only part of it."""
    part = find_part(text, knowledge, without=_SHAPED_TOPICS)
    if part is None or part.topic in _SHAPED_TOPICS or part.form not in device_forms(forms):
        return None
    return part


def _in_device(content: Content, part: Part) -> Content:
    """Return a content whose mass is that of the device, or none."""
    if content.rule not in (MassRule.BULK, MassRule.SHARE):
        return content
    for known in part.contents:
        if known.symbol == content.symbol and known.rule is MassRule.PIECE:
            return replace(content, rule=MassRule.PIECE, amount=known.amount)
    return replace(content, rule=MassRule.NONE, amount=None)


def _evidence(statements: Sequence[Statement]) -> tuple[EvidenceItem, ...]:
    """Return the evidence of all statements, each with the sources of what it stands for."""
    items: list[EvidenceItem] = []
    for one in statements:
        sources = _sources(one.contents)
        items += [
            item
            if item.sources or not sources
            else EvidenceItem(
                kind=item.kind, text=item.text, field=item.field, start=item.start, end=item.end,
                reference=item.reference, sources=sources,
            )
            for item in one.evidence
        ]  # fmt: skip
    return tuple(dict.fromkeys(items)) if len(items) > 1 else tuple(items)


def _sources(contents: Sequence[Content]) -> tuple[str, ...]:
    """Return the sources of contents, each once."""
    # The contents of one material share one tuple, which is then looked through once.
    distinct = {id(content.sources): content.sources for content in contents}
    if len(distinct) == 1:
        (sources,) = distinct.values()
        if len(sources) < 2:
            return sources
        return tuple(dict.fromkeys(sources))
    return tuple(dict.fromkeys([source for some in distinct.values() for source in some]))


def _question(chosen: Sequence[Statement], contents: Sequence[Content]) -> str | None:
    """Return what to ask the supplier, or None where everything is certain."""
    if any(one.family == "ndfeb" for one in chosen):
        return _MAGNET_QUESTION
    if any(content.presence.low < 1 or content.fraction is None for content in contents):
        return _ELEMENT_QUESTION
    return None


def _volume(text: LineText) -> Triple | None:
    """Return the volume of a bare magnet by the size in the text [m3], or None."""
    ring = has_word(text.folded, _RING_WORDS)
    for reading in text.readings:
        volume = volume_of(reading.text.original, ring=ring)
        if volume is not None:
            return volume
    return None
