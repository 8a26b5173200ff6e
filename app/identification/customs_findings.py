"""Findings that rest on a customs code."""

from __future__ import annotations

from app.domain.exposure import EvidenceItem, LineOutcome
from app.domain.materials import ClassificationHint, HsHint, Substance
from app.domain.triple import Triple
from app.identification.bare_names import any_rare_earth
from app.identification.content import Finding, element_content
from app.identification.found import found_finding
from app.identification.knowledge import Knowledge
from app.identification.lexicon import TargetKind
from app.identification.line_text import LineText
from app.identification.reading import read_field
from app.identification.statement import Statement, material_statement, substance_statement


def certain_customs_finding(
    hint: HsHint, evidence: EvidenceItem, text: LineText, knowledge: Knowledge
) -> Finding:
    """Return the finding of goods under a code that names rare earths."""
    return found_finding([_statement(hint, evidence, knowledge)], text, knowledge)


def _statement(hint: HsHint, evidence: EvidenceItem, knowledge: Knowledge) -> Statement:
    """Return what a code that names rare earths says."""
    if hint.kind == "magnet":
        key = "unknown_grade" if "Nd" in hint.elements else "unknown_smco"
        material = knowledge.reference.materials[knowledge.reference.default_materials[key]]
        return material_statement(
            material, knowledge, kind="hs_code", evidence=evidence, states=True
        )
    substance = _substance(hint, knowledge)
    if substance is not None:
        return substance_statement(substance, kind="hs_code", evidence=evidence)
    return Statement(
        kind="hs_code",
        contents=any_rare_earth(hint.elements),
        forms=(hint.form,) if hint.form else ("metal", "oxide", "salt", "compound"),
        evidence=(evidence,),
        subject=hint.description,
        reference=hint.code,
        default=True,
    )


def _substance(hint: HsHint, knowledge: Knowledge) -> Substance | None:
    """Return the substance that a code of one element describes, or None."""
    if len(hint.elements) != 1:
        return None
    symbol = hint.elements[0]
    if hint.kind == "metal":
        return knowledge.reference.substances.get(f"{symbol.lower()}_metal")
    reading = read_field("hs_code", hint.description, knowledge.lexicon)
    for hit in reading.standing:
        if hit.entry.kind is TargetKind.SUBSTANCE:
            substance = knowledge.reference.substances[hit.entry.reference]
            if set(substance.fractions) == {symbol}:
                return substance
    return None


def customs_question(hint: HsHint, evidence: EvidenceItem, knowledge: Knowledge) -> Finding:
    """Return the finding of goods under a code that rare-earth goods share with others."""
    probability = knowledge.reference.precision_probability[hint.precision]
    presence = Triple(0.0, probability / len(hint.elements), 1.0)
    return Finding(
        outcome=LineOutcome.UNDETERMINED,
        kind="hs_code",
        confidence=knowledge.reference.evidence_confidence["hs_hint"],
        contents=tuple(
            element_content(symbol, sources=hint.provenance.sources, presence=presence)
            for symbol in hint.elements
        ),
        forms=(hint.form,) if hint.form else (),
        evidence=(evidence,),
        reason=f"goods under {hint.code} ({hint.description}) may hold rare earths: "
        f"{hint.precision.value}",
        question="Does this part hold rare earths, which, and how much of each?",
        default_composition=True,
    )


def class_finding(
    hint: ClassificationHint, evidence: EvidenceItem, knowledge: Knowledge
) -> Finding:
    """Return the finding of goods under a class of another classification."""
    probability = knowledge.reference.precision_probability[hint.precision]
    found = probability == 1
    presence = Triple(0.0, probability / len(hint.elements), 1.0)
    return Finding(
        outcome=LineOutcome.RARE_EARTHS_FOUND if found else LineOutcome.UNDETERMINED,
        kind="hs_code",
        confidence=knowledge.reference.evidence_confidence["hs_code" if found else "hs_hint"],
        contents=any_rare_earth(hint.elements)
        if found
        else tuple(
            element_content(symbol, sources=hint.provenance.sources, presence=presence)
            for symbol in hint.elements
        ),
        forms=(),
        evidence=(evidence,),
        reason=f"goods of {hint.system} {hint.code} ({hint.description})",
        question="Which rare earths does this part hold, and how much of each?",
        default_composition=True,
    )
