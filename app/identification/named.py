"""Collects the chemistry that the text of a line names: numbers, formulas, grades, names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.domain.exposure import EvidenceItem
from app.domain.provenance import Basis
from app.domain.triple import Triple
from app.domain.vocabulary import Strength, WordRole
from app.identification.bare_names import element_statements, rare_earth_statements
from app.identification.content import element_content
from app.identification.folding import fold
from app.identification.formula import Formula, find_formulas
from app.identification.glasses import glass_statements, may_hold_glass
from app.identification.graded import grade_statements
from app.identification.ingredients import weighed
from app.identification.knowledge import Knowledge, has_word
from app.identification.lexicon import MAGNET_FAMILIES, NAMED_KINDS, Hit, TargetKind
from app.identification.line_text import LineText, evidence_of
from app.identification.printed_chemistry import (
    find_cas_numbers,
    find_doped,
    find_dopings,
    find_ec_numbers,
    find_listed,
    find_shares,
    may_hold_symbols,
    prints_total,
)
from app.identification.reading import FieldReading
from app.identification.statement import Statement, material_statement, substance_statement
from app.identification.symbols import (
    doping_statements,
    nuclide_statements,
    symbol_statements,
)


def named_statements(text: LineText, knowledge: Knowledge) -> list[Statement]:
    """Return what a line names, in no particular order."""
    symbolic: list[FieldReading] = []
    statements: list[Statement] = []
    for reading in text.readings:
        may_hold = may_hold_symbols(reading.text.original)
        if may_hold:
            symbolic.append(reading)
        statements += _in_field(reading, text, knowledge, symbolic=may_hold)
    statements += grade_statements(text, knowledge, statements)
    if text.names_elements:
        statements += element_statements(text, knowledge, statements)
    if WordRole.RARE_EARTH in text.roles:
        statements += rare_earth_statements(text, knowledge, statements)
    if symbolic:
        shares = _shares(text, symbolic)
        if shares is not None:
            statements.append(shares)
        statements += _listed(text, symbolic, statements)
    if not statements:
        return statements
    statements = _without_other_dopants(statements)
    stated = WordRole.RARE_EARTH in text.roles or (
        text.matter and any(prints_total(reading.text.original) for reading in text.readings)
    )
    if stated and not text.denies_rare_earths:
        # `FCC catalyst, 2.8 wt% RE2O3`: what the name only suggests, other words state.
        return [replace(item, certain=True) for item in statements]
    return statements


def _in_field(
    reading: FieldReading, text: LineText, knowledge: Knowledge, *, symbolic: bool
) -> list[Statement]:
    """Return what one field names; cheap tests come before each search.

    Args:
        reading: The field.
        text: Its line.
        knowledge: The reference data.
        symbolic: The field may hold symbols of rare earths.
    """
    original = reading.text.original
    found: list[Statement] = []
    if original.count("-") > 1:
        found += _numbers(reading, knowledge)
    if symbolic:
        found += _formulas(reading, text, knowledge)
        if ":" in original:
            dopings = find_dopings(original, knowledge.reference.host_crystals)
            found += doping_statements(reading, dopings, "compound")
        found += doping_statements(reading, find_doped(original), "compound")
    if text.names_elements:
        found += nuclide_statements(reading)
    if symbolic:
        found += symbol_statements(reading, text, knowledge.reference.host_crystals)
    if may_hold_glass(original):
        hinted = has_word(text.folded, knowledge.family_hints.get("glass", ()))
        found += glass_statements(reading, knowledge, hinted=hinted)
    if not NAMED_KINDS.isdisjoint(reading.kinds):
        found += _materials(reading, text, knowledge)
    return found


def _numbers(reading: FieldReading, knowledge: Knowledge) -> Iterable[Statement]:
    """Return what CAS and EC numbers in a field say."""
    original = reading.text.original
    for number in find_cas_numbers(original):
        evidence = EvidenceItem(
            kind="cas", text=number.digits, field=reading.name, start=number.start, end=number.end
        )
        statement = cas_statement(number.digits, knowledge, evidence)
        if statement is not None:
            yield statement
    for number in find_ec_numbers(original):
        substance = knowledge.substances_by_ec.get(number.digits)
        if substance is not None:
            yield substance_statement(
                knowledge.reference.substances[substance],
                kind="ec",
                evidence=EvidenceItem(
                    kind="ec", text=number.digits, field=reading.name, start=number.start,
                    end=number.end, reference=substance,
                ),
            )  # fmt: skip


def cas_statement(number: str, knowledge: Knowledge, evidence: EvidenceItem) -> Statement | None:
    """Return what a CAS number says, or None where it names no rare earth."""
    substance = knowledge.substances_by_cas.get(number)
    if substance is not None:
        return substance_statement(
            knowledge.reference.substances[substance], kind="cas", evidence=evidence
        )
    material = knowledge.materials_by_cas.get(number)
    if material is not None:
        return material_statement(
            knowledge.reference.materials[material], knowledge, kind="cas", evidence=evidence
        )
    return None


def _formulas(reading: FieldReading, text: LineText, knowledge: Knowledge) -> Iterable[Statement]:
    """Return what formulas in a field say; one that is a name of ours is read as that name."""
    if reading.is_accessory and WordRole.PURPOSE in reading.roles:
        return
    named = (
        reading.text.span(hit.start, hit.end)
        for hit in reading.hits
        if hit.entry.kind and not _may_lack(hit, knowledge)
    )
    for formula in find_formulas(reading.text.original, named):
        certain = formula.certain or (
            text.matter
            and not text.magnet
            and not text.free_evidence
            and not (formula.text.isalpha() and formula.text.isupper() and len(formula.text) < 4)
        )
        if certain:
            evidence = EvidenceItem(
                kind="formula",
                text=formula.text,
                field=reading.name,
                start=formula.start,
                end=formula.end,
            )
            folded = reading.text.folded
            key = fold(formula.text).folded.strip()
            start = folded.find(key)
            statement = formula_statement(formula, evidence)
            yield weighed(statement, reading, start, start + len(key)) if start >= 0 else statement


def _may_lack(hit: Hit, knowledge: Knowledge) -> bool:
    """Return whether goods of this name may be without each rare earth, unlike a formula."""
    if hit.entry.strength is Strength.WEAK:
        return True
    if hit.entry.kind is not TargetKind.MATERIAL:
        return False
    return knowledge.reference.materials[hit.entry.reference].total.low <= 0


def formula_statement(formula: Formula, evidence: EvidenceItem) -> Statement:
    """Return what a formula says."""
    form = "oxide" if formula.oxide else "alloy" if formula.metallic else "salt"
    return Statement(
        kind="formula",
        contents=tuple(
            element_content(
                symbol,
                fraction=Triple.exactly(fraction) if formula.shares_known else None,
                sources=("calc",),
            )
            for symbol, fraction in formula.fractions.items()
        ),
        forms=(form,),
        evidence=(evidence,),
        subject=formula.text,
    )


def _materials(reading: FieldReading, text: LineText, knowledge: Knowledge) -> Iterable[Statement]:
    """Return what names of materials and substances in a field say."""
    for hit in reading.standing:
        entry = hit.entry
        if entry.kind not in NAMED_KINDS or entry.kind is TargetKind.ELEMENT:
            continue
        if entry.strength is Strength.WEAK and not _has_hint(hit, text, knowledge):
            continue
        evidence = evidence_of(reading, hit, "material")
        if entry.kind is TargetKind.SUBSTANCE:
            substance = knowledge.reference.substances[entry.reference]
            statement = substance_statement(substance, kind="material", evidence=evidence)
            yield weighed(statement, reading, hit.start, hit.end)
            continue
        statement = material_statement(
            knowledge.reference.materials[entry.reference],
            knowledge,
            kind="material",
            evidence=evidence,
            words=text.folded,
            states=entry.states_rare_earth and entry.strength is not Strength.INDICATIVE,
            without=text.denied_elements,
        )
        if entry.strength is Strength.INDICATIVE and not entry.states_rare_earth:
            statement = _suggested(statement)
        magnetic = statement.family in MAGNET_FAMILIES
        yield statement if magnetic else weighed(statement, reading, hit.start, hit.end)


def _listed(
    text: LineText, symbolic: list[FieldReading], statements: list[Statement]
) -> Iterable[Statement]:
    """Return what lists of symbols say (`Ce0.5Zr0.5O2 w/ La,Y`).

    Two count next to named chemistry, three next to matter.
    """
    if text.free_evidence:
        return
    least = 2 if any(statement.certain for statement in statements) else 3 if text.matter else 99
    for reading in symbolic:
        for statement in doping_statements(reading, find_listed(reading.text.original), "compound"):
            if len(statement.contents) < least:
                continue
            kept = tuple(
                content
                for content in statement.contents
                if content.symbol not in text.denied_elements
            )
            if kept:
                yield replace(statement, contents=kept)


def _without_other_dopants(statements: list[Statement]) -> list[Statement]:
    """Return the statements, a laser crystal without its usual dopant where others are named.

    `YAG laser rod` is mostly one of Nd:YAG; `holmium YAG laser rod` is not.
    """
    named = {
        content.symbol
        for statement in statements
        if statement.kind in ("element", "formula")
        for content in statement.contents
    } & _LASER_DOPANTS
    if not named:
        return statements
    return [
        replace(item, contents=tuple(c for c in item.contents if c.symbol not in _LASER_DOPANTS))
        if item.family == "laser" and named.isdisjoint(c.symbol for c in item.contents)
        else item
        for item in statements
    ]


_LASER_DOPANTS = frozenset(("Pr", "Nd", "Ho", "Er", "Tm", "Yb"))


def _suggested(statement: Statement) -> Statement:
    """Return a statement as no more than a suggestion."""
    return replace(statement, certain=False, default=True)


def _has_hint(hit: Hit, text: LineText, knowledge: Knowledge) -> bool:
    """Return whether a weak name has its second hint elsewhere in the line.

    Nothing counts next to the name of a material without rare earths.
    """
    if text.free_evidence:
        return False
    rest = text.folded.replace(hit.entry.key, " ", 1)
    if hit.entry.kind is TargetKind.SUBSTANCE:
        return text.matter and WordRole.MATTER not in hit.entry.roles
    family = knowledge.reference.materials[hit.entry.reference].family
    if family in MAGNET_FAMILIES and _is_magnet_beside(hit, text):
        return True
    return has_word(rest, knowledge.family_hints[family])


def _is_magnet_beside(hit: Hit, text: LineText) -> bool:
    """Return whether a line is about a magnet by more than this name."""
    return text.magnet and any(
        WordRole.MAGNET in other.entry.roles and other.entry.key != hit.entry.key
        for reading in text.readings
        for other in reading.standing
    )


def _shares(text: LineText, symbolic: list[FieldReading]) -> Statement | None:
    """Return what printed mass shares say; they outrank every table.

    A bare per cent sign counts where the line is about matter or a magnet, or where two
    elements have one.
    """
    for reading in symbolic:
        shares = find_shares(reading.text.original)
        if not shares:
            continue
        certain = len(shares) > 1 or text.magnet or WordRole.MATTER in text.roles
        shares = tuple(share for share in shares if share.by_mass or certain)
        if shares:
            original = reading.text.original
            return Statement(
                kind="formula",
                contents=tuple(
                    element_content(
                        share.symbol,
                        fraction=Triple.exactly(share.fraction),
                        basis=Basis.DECLARED,
                    )
                    for share in shares
                ),
                forms=(),
                evidence=tuple(
                    EvidenceItem(
                        kind="formula",
                        text=original[share.start : share.end],
                        field=reading.name,
                        start=share.start,
                        end=share.end,
                    )
                    for share in shares
                ),
                subject="a printed composition",
            )
    return None
