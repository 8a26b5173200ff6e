"""Reads the materials and the product declaration that the caller gives with a line."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace

from app.domain.bom import BomLine, DeclaredMaterial
from app.domain.elements import RARE_EARTH_SET
from app.domain.exposure import EvidenceItem
from app.domain.materials import ProductDeclaration
from app.domain.provenance import Basis
from app.domain.registry_numbers import is_cas_number, is_ec_number
from app.domain.triple import ONE, Triple
from app.domain.vocabulary import WordRole
from app.identification.bare_names import element_statement
from app.identification.content import MassRule, element_content
from app.identification.formula import find_formulas, parse_formula
from app.identification.knowledge import Knowledge
from app.identification.lexicon import TargetKind
from app.identification.line_text import LineText, evidence_of
from app.identification.named import cas_statement, formula_statement, named_statements
from app.identification.reading import FieldReading, read_field
from app.identification.statement import Statement, substance_statement

#: Shares of a full declaration add up to 1 within this.
_FULL = 0.05

_NUMBER = re.compile(r"\d{2,7}-\d{2,3}-\d")
_LETTERS = re.compile(r"[^a-z]")


@dataclass(frozen=True, slots=True)
class Declared:
    """What the declared materials say.

    Attributes:
        statements: What names rare earths.
        full: The declared shares make up the whole line.
        exact: So do the elements of each material that names some.
        evidence: What was declared and holds no rare earth.
        warnings: What could not be used.
    """

    statements: tuple[Statement, ...]
    full: bool
    exact: bool
    evidence: tuple[EvidenceItem, ...]
    warnings: tuple[tuple[str, str], ...]


def read_declared(line: BomLine, text: LineText, knowledge: Knowledge) -> Declared:
    """Return what the declared materials of a line say."""
    statements: list[Statement] = []
    evidence: list[EvidenceItem] = []
    warnings: list[tuple[str, str]] = []
    for position, material in enumerate(line.materials):
        field = f"materials/{position}"
        found = _statements(material, field, text, knowledge, warnings)
        if not found:
            word = material.name or material.cas or material.ec or material.formula or ""
            evidence.append(EvidenceItem(kind="declaration", text=word, field=field))
        single = len(line.materials) == 1
        statements += [_shared(statement, material, single=single) for statement in found]
    shares = [_share_of(material, line) for material in line.materials]
    known = [share for share in shares if share is not None]
    full = bool(known) and len(known) == len(shares) and abs(math.fsum(known) - 1) <= _FULL
    exact = full and all(_tells_every_element(material) for material in line.materials)
    return Declared(tuple(statements), full, exact, tuple(evidence), tuple(warnings))


def _share_of(material: DeclaredMaterial, line: BomLine) -> float | None:
    """Return the declared share of a material in the line [1], or None where it is not known."""
    if material.mass_fraction is not None:
        return material.mass_fraction
    if material.mass_kg is not None and line.unit_mass_kg:
        return material.mass_kg / line.unit_mass_kg
    only = len(line.materials) == 1 and material.mass_kg is None and bool(material.elements)
    return 1.0 if only and _tells_every_element(material) else None


def _tells_every_element(material: DeclaredMaterial) -> bool:
    """Return whether a material names no elements, or all that it is made of."""
    total = math.fsum(share for _, share in material.elements)
    return not material.elements or abs(total - 1) <= _FULL


def _statements(
    material: DeclaredMaterial,
    field: str,
    text: LineText,
    knowledge: Knowledge,
    warnings: list[tuple[str, str]],
) -> list[Statement]:
    """Return what one declared material says, by its strongest field."""
    for read in (_by_elements, _by_number, _by_formula):
        found = read(material, field, knowledge, warnings)
        if found is not None:
            return [found]
    return _by_name(material, field, text, knowledge)


def _by_elements(
    material: DeclaredMaterial,
    field: str,
    knowledge: Knowledge,
    warnings: list[tuple[str, str]],
) -> Statement | None:
    """Return what declared element fractions say."""
    total = math.fsum(fraction for _, fraction in material.elements)
    if any(fraction < 0 for _, fraction in material.elements) or total > 1 + _FULL:
        warnings.append(
            ("declared_fractions", f"{field}: element fractions must lie in 0-1 and sum to 1")
        )
        return None
    rare = [(symbol, share) for symbol, share in material.elements if symbol in RARE_EARTH_SET]
    rare = [(symbol, share) for symbol, share in rare if 0 < share <= 1]
    if not rare:
        return None
    form = None
    if material.name:
        reading = read_field(field, material.name, knowledge.lexicon)
        for hit in reading.standing:
            if hit.entry.kind is TargetKind.MATERIAL:
                form = knowledge.reference.materials[hit.entry.reference].form
            elif hit.entry.kind is TargetKind.SUBSTANCE:
                form = knowledge.reference.substances[hit.entry.reference].form
    words = ", ".join(f"{symbol} {share:g}" for symbol, share in rare)
    return Statement(
        kind="declaration",
        contents=tuple(
            element_content(symbol, fraction=Triple.exactly(share), basis=Basis.DECLARED)
            for symbol, share in rare
        ),
        forms=(form,) if form else (),
        evidence=(EvidenceItem(kind="declaration", text=words, field=f"{field}/elements"),),
        subject=material.name or "a declared composition",
    )


def _by_number(
    material: DeclaredMaterial,
    field: str,
    knowledge: Knowledge,
    warnings: list[tuple[str, str]],
) -> Statement | None:
    """Return what a declared CAS or EC number says; a wrong one is reported, not mended."""
    for key, value in (("cas", material.cas), ("ec", material.ec)):
        if not value:
            continue
        match = _NUMBER.search(unicodedata.normalize("NFKC", value))
        number = match.group() if match else value.strip()
        place = f"{field}/{key}"
        if is_cas_number(number):
            evidence = EvidenceItem(kind="cas", text=number, field=place)
            statement = cas_statement(number, knowledge, evidence)
        elif is_ec_number(number):
            if key == "cas":
                warnings.append(
                    ("ec_number_in_cas_field", f"{place}: {number} is an EC number, read as such")
                )
            substance = knowledge.substances_by_ec.get(number)
            statement = (
                substance_statement(
                    knowledge.reference.substances[substance],
                    kind="ec",
                    evidence=EvidenceItem(kind="ec", text=number, field=place, reference=substance),
                )
                if substance
                else None
            )
        else:
            warnings.append(
                ("invalid_registry_number", f"{place}: {number[:20]} fails its check digit")
            )
            continue
        if statement is not None:
            return statement
    return None


def _by_formula(
    material: DeclaredMaterial,
    field: str,
    knowledge: Knowledge,
    warnings: list[tuple[str, str]],
) -> Statement | None:
    """Return what a declared formula says."""
    del knowledge
    if not material.formula:
        return None
    place = f"{field}/formula"
    evidence = EvidenceItem(kind="formula", text=material.formula, field=place)
    found = find_formulas(material.formula)
    if found:
        return formula_statement(found[0], evidence)
    fractions = parse_formula(material.formula)
    if fractions is None:
        warnings.append(("unreadable_formula", f"{place}: is no chemical formula"))
    if not fractions:
        return None
    return Statement(
        kind="formula",
        contents=tuple(
            element_content(symbol, fraction=Triple.exactly(share), sources=("calc",))
            for symbol, share in fractions.items()
        ),
        forms=("metal",),
        evidence=(evidence,),
        subject=material.formula,
    )


def _by_name(
    material: DeclaredMaterial, field: str, text: LineText, knowledge: Knowledge
) -> list[Statement]:
    """Return what the name of a declared material says.

    The field is one for materials, so that a bare element name or symbol counts.
    """
    if not material.name:
        return []
    reading = read_field(f"{field}/name", material.name, knowledge.lexicon)
    own = replace(
        text,
        readings=(reading,),
        folded=f"{reading.text.folded}| {text.folded}",
        roles=text.roles | reading.roles,
        magnet=text.magnet or WordRole.MAGNET in reading.roles,
        matter=True,
    )
    part = _element_of_composition(material, reading)
    if part is not None:
        return [part]
    found = [item for item in named_statements(own, knowledge) if item.certain]
    if found:
        return [min(found, key=lambda item: item.rank)]
    return [
        element_statement(hit.entry.reference, evidence_of(reading, hit, "element"), own, knowledge)
        for hit in reading.standing
        if hit.entry.kind in (TargetKind.ELEMENT, TargetKind.SYMBOL)
    ][:1]


def _element_of_composition(material: DeclaredMaterial, reading: FieldReading) -> Statement | None:
    """Return what an element says that is one entry of a composition (`Nd`, 30 %), or None."""
    if material.mass_kg is None and (material.mass_fraction or 1.0) > 1.0 - _FULL:
        return None
    for hit in reading.standing:
        is_element = hit.entry.kind in (TargetKind.ELEMENT, TargetKind.SYMBOL)
        if is_element and reading.text.folded.strip() == hit.entry.key:
            return Statement(
                kind="element",
                contents=(
                    element_content(hit.entry.reference, fraction=ONE, basis=Basis.DECLARED),
                ),
                forms=(),
                evidence=(evidence_of(reading, hit, "element"),),
                subject=reading.text.original,
            )
    return None


def _shared(statement: Statement, material: DeclaredMaterial, *, single: bool) -> Statement:
    """Return a statement whose masses follow from the declared mass or share."""
    if material.mass_kg is not None:
        rule, amount = MassRule.DECLARED, Triple.exactly(max(material.mass_kg, 0.0))
    elif material.mass_fraction is not None:
        rule, amount = MassRule.SHARE, Triple.exactly(min(max(material.mass_fraction, 0.0), 1.0))
    elif single:
        rule, amount = MassRule.SHARE, ONE
    else:
        rule, amount = MassRule.SHARE, Triple(0.0, 1.0, 1.0)
    contents = tuple(
        replace(content, rule=rule, amount=amount)
        if content.fraction is not None
        else replace(content, rule=MassRule.NONE)
        for content in statement.contents
    )
    return replace(statement, contents=contents)


def find_product_declaration(
    line: BomLine, knowledge: Knowledge
) -> tuple[ProductDeclaration, EvidenceItem] | None:
    """Return what the product declaration says about magnets, or None.

    A denial wins over a statement: `permanentMagnetType: Ceramic` beside a machine type.
    """
    found = []
    for key, value in line.product_type:
        letters = _LETTERS.sub("", unicodedata.normalize("NFKC", key).lower())
        word = unicodedata.normalize("NFKC", value).strip().lower()
        declaration = knowledge.declarations.get((letters, word))
        if declaration is not None:
            evidence = EvidenceItem(
                kind="product_declaration", text=value, field=f"product_type/{key}",
                reference=declaration.material,
            )  # fmt: skip
            found.append((declaration, evidence))
    denials = [pair for pair in found if pair[0].material is None]
    if denials:
        return denials[0]
    return found[0] if found else None
