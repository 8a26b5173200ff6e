"""Decides what a line holds, by the strongest evidence for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.bom import BomLine
from app.domain.exposure import EvidenceItem, LineOutcome
from app.domain.materials import HsHint, Precision
from app.domain.vocabulary import Topic, WordRole
from app.identification.content import Finding, uncertain
from app.identification.customs_findings import (
    certain_customs_finding,
    class_finding,
    customs_question,
)
from app.identification.declared import Declared, find_product_declaration, read_declared
from app.identification.found import found_finding, part_finding
from app.identification.knowledge import Knowledge
from app.identification.line_text import LineText, has_words, read_line
from app.identification.named import named_statements
from app.identification.notes import note_part, note_statements
from app.identification.parts import find_part
from app.identification.printed_chemistry import find_customs_codes
from app.identification.statement import Statement, material_statement

#: Topics whose statements about free parts also cancel what a material's name suggests.
_TOPIC_OF_FAMILY = {
    "ndfeb": Topic.MAGNET,
    "smco": Topic.MAGNET,
    "ferrite_la": Topic.MAGNET,
    "capacitor": Topic.CAPACITOR,
    "ceramic": Topic.CERAMIC,
    "battery": Topic.BATTERY,
    "phosphor": Topic.LAMP,
    "glass": Topic.OPTICS,
    "crystal": Topic.OPTICS,
    "catalyst": Topic.CATALYST,
}

_CERTAIN = frozenset((Precision.CERTAIN_ELEMENT, Precision.CERTAIN_REE))

_CODE_QUESTION = "What is this part? The line holds a number or code and no description."


@dataclass(slots=True)
class _Case:
    """All that is known of one line before the decision."""

    line: BomLine
    text: LineText
    declared: Declared
    certain: list[Statement]
    suggested: list[Statement]
    warnings: tuple[tuple[str, str], ...]


def decide(line: BomLine, knowledge: Knowledge, *, sector: str | None = None) -> Finding:
    """Return what a line holds, without masses.

    Args:
        line: The line.
        knowledge: The reference data.
        sector: Sector of the line or of its product; a second hint for ambiguous names.
    """
    case = _case(line, knowledge, sector)
    for rule in (_named, _denied, _fully_declared, _by_part, _suggestion, _by_customs_code):
        finding = rule(case, knowledge)
        if finding is not None:
            break
    else:
        finding = _nothing(case, knowledge)
    if not case.warnings:
        return finding
    return replace(finding, warnings=(*case.warnings, *finding.warnings))


def _case(line: BomLine, knowledge: Knowledge, sector: str | None) -> _Case:
    """Return what stands in a line."""
    text = read_line(line, knowledge, sector=sector)
    declared = read_declared(line, text, knowledge)
    statements = [*declared.statements, *named_statements(text, knowledge)]
    warnings = declared.warnings
    product = find_product_declaration(line, knowledge)
    if product is not None:
        declaration, evidence = product
        if declaration.material is not None:
            material = knowledge.reference.materials[declaration.material]
            statement = material_statement(
                material, knowledge, kind="product_declaration", evidence=evidence, states=True
            )
            statements.append(statement)
        else:
            text.cancelled |= frozenset(declaration.cancels)
            text.free_evidence += (evidence,)
            if any(item.certain for item in statements):
                conflict = f"the line names rare earths, but {declaration.reason}"
                warnings += (("declaration_conflict", conflict),)
    statements += note_statements(line, text, knowledge, statements)
    # What the caller declares stands before what the text says; sorting keeps that order.
    certain = sorted((item for item in declared.statements if item.certain), key=_rank)
    certain += sorted(
        [item for item in statements if item.certain and item not in declared.statements],
        key=_rank,
    )
    suggested = [item for item in statements if not item.certain]
    return _Case(line, text, declared, certain, suggested, warnings)


def _rank(statement: Statement) -> int:
    return statement.rank


def _named(case: _Case, knowledge: Knowledge) -> Finding | None:
    """Decide by chemistry that the line names or declares."""
    if not case.certain:
        return None
    finding = found_finding(_as_declared(case), case.text, knowledge)
    if case.text.free_evidence and _is_alternative(case.text):
        return _undecided(finding, case, "the text names materials with and without rare earths")
    if case.declared.full and not case.declared.statements:
        return _undecided(
            finding, case, "the text names rare earths and the declared composition has none"
        )
    hint = knowledge.customs.find(case.line.hs_code)
    if hint is not None and hint.precision is Precision.UNLIKELY:
        warning = ("hs_conflict", f"customs code {hint.code} is one of goods without rare earths")
        return replace(finding, warnings=(*finding.warnings, warning))
    return finding


def _as_declared(case: _Case) -> list[Statement]:
    """Return the statements; next to a full declaration by substance nothing adds an element.

    What other names say then tells the form and the kind of part only. A declared material with
    a typical composition (`NdFeB 42SH`, 100 %) leaves room for what the text knows better.
    """
    own = case.declared.statements
    if not case.declared.exact or not own or any(item.family for item in own):
        return case.certain
    other = [replace(item, contents=()) for item in case.certain if item not in own]
    if any(item.forms for item in other):  # iron and neodymium declared for a magnet are one
        own = tuple(replace(item, forms=(), reference=None) for item in own)
    return [*own, *other]


def _undecided(finding: Finding, case: _Case, reason: str) -> Finding:
    """Return a finding as undetermined, because the line contradicts itself."""
    return replace(
        finding,
        outcome=LineOutcome.UNDETERMINED,
        contents=uncertain(finding.contents, 0.5),
        evidence=(*finding.evidence, *case.text.free_evidence, *case.declared.evidence),
        reason=reason,
        question="Which of the materials does the part have?",
        default_composition=True,
    )


def _is_alternative(text: LineText) -> bool:
    """Return whether a text leaves the material open."""
    return WordRole.ALTERNATIVE in text.roles


def _denied(case: _Case, knowledge: Knowledge) -> Finding | None:
    """Decide by a denial of all rare earths."""
    if not case.text.denies_rare_earths:
        return None
    return _without(
        "free", case.text.negation_evidence, "the text says that there are none", knowledge
    )


def _fully_declared(case: _Case, knowledge: Knowledge) -> Finding | None:
    """Decide by a full composition without rare earths."""
    if not case.declared.full or case.declared.statements:
        return None
    return _without(
        "declaration",
        case.declared.evidence,
        "the declared composition is complete and holds none",
        knowledge,
    )


def _without(
    kind: str, evidence: Sequence[EvidenceItem], reason: str, knowledge: Knowledge
) -> Finding:
    """Return the finding of a line without rare earths."""
    return Finding(
        outcome=LineOutcome.NO_RARE_EARTHS,
        kind=kind,
        confidence=knowledge.reference.evidence_confidence[kind],
        contents=(),
        forms=(),
        evidence=tuple(evidence),
        reason=reason,
    )


def _by_part(case: _Case, knowledge: Knowledge) -> Finding | None:
    """Decide by the kind of part: it may hold rare earths, or its name says that it does."""
    part = find_part(case.text, knowledge) or note_part(case.line, case.text, knowledge)
    if part is None:
        return None
    hint = _customs_hint(case, knowledge)
    if hint is not None and part.topic is Topic.MAGNET and not part.states:
        if hint.precision in _CERTAIN:
            return certain_customs_finding(
                hint, _customs_evidence(case, hint), case.text, knowledge
            )
        if hint.precision is Precision.UNLIKELY:
            evidence = (_customs_evidence(case, hint),)
            return _without("hs_hint", evidence, hint.description, knowledge)
    return part_finding(part, case.text, knowledge)


def _suggestion(case: _Case, knowledge: Knowledge) -> Finding | None:
    """Decide by a name that suggests a material."""
    suggested = [
        item
        for item in case.suggested
        if item.contents and _TOPIC_OF_FAMILY.get(item.family) not in case.text.cancelled
    ]
    if not suggested:
        return None
    confidence = knowledge.reference.evidence_confidence["indicative"]
    finding = found_finding(suggested, case.text, knowledge)
    return replace(
        finding,
        outcome=LineOutcome.UNDETERMINED,
        confidence=confidence,
        contents=uncertain(finding.contents, confidence),
        reason=f"the name suggests {suggested[0].subject} and does not state what is inside",
        question=f"Is it {suggested[0].subject}, and which rare earths does it hold?",
        default_composition=True,
    )


def _by_customs_code(case: _Case, knowledge: Knowledge) -> Finding | None:
    """Decide by a customs code."""
    if case.text.free_evidence:
        return _without(
            "free", case.text.free_evidence, "the text names something without rare earths",
            knowledge,
        )  # fmt: skip
    hint = _customs_hint(case, knowledge)
    if hint is None:
        return None if case.text.is_accessory else _by_class(case, knowledge)
    if hint.precision in _CERTAIN:
        return certain_customs_finding(hint, _customs_evidence(case, hint), case.text, knowledge)
    if hint.precision is Precision.UNLIKELY or case.text.is_accessory:
        return _without("hs_hint", (_customs_evidence(case, hint),), hint.description, knowledge)
    return customs_question(hint, _customs_evidence(case, hint), knowledge)


def _by_class(case: _Case, knowledge: Knowledge) -> Finding | None:
    """Decide by a UNSPSC code in the category or in a column of that name."""
    cells = [("category", case.line.category or "")]
    cells += [
        (f"raw/{column}", cell) for column, cell in case.line.raw if "unspsc" in column.lower()
    ]
    for field, cell in cells:
        hint = knowledge.customs.find_class(cell)
        if hint is not None:
            evidence = EvidenceItem(
                kind="hs_code", text=cell, field=field, reference=hint.code,
                sources=hint.provenance.sources,
            )  # fmt: skip
            return class_finding(hint, evidence, knowledge)
    return None


def _customs_hint(case: _Case, knowledge: Knowledge) -> HsHint | None:
    """Return what the customs code of the line says, or one in its text."""
    hint = knowledge.customs.find(case.line.hs_code)
    if hint is not None:
        return hint
    for reading in case.text.readings:
        for number in find_customs_codes(reading.text.original):
            hint = knowledge.customs.find_certain(number.digits)
            if hint is not None:
                return hint
    return None


def _customs_evidence(case: _Case, hint: HsHint) -> EvidenceItem:
    """Return a customs code as evidence."""
    return EvidenceItem(
        kind="hs_code",
        text=case.line.hs_code or hint.code,
        field="hs_code" if case.line.hs_code else "description",
        reference=hint.code,
        sources=hint.provenance.sources,
    )


def _nothing(case: _Case, knowledge: Knowledge) -> Finding:
    """Decide a line in which nothing points to a rare earth."""
    if has_words(case.line) or case.declared.evidence:
        return _without("none", (), "nothing in the line points to a rare earth", knowledge)
    return Finding(
        outcome=LineOutcome.UNDETERMINED,
        kind="no_information",
        confidence=knowledge.reference.evidence_confidence["no_information"],
        contents=(),
        forms=(),
        evidence=(),
        reason="the line has no words that tell what the part is",
        question=_CODE_QUESTION,
    )
