"""Loads the words of identification and the judgements that it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.elements import RARE_EARTHS
from app.domain.materials import (
    ElementNames,
    GenericTerm,
    Material,
    Precision,
    ProductDeclaration,
)
from app.domain.vocabulary import Language, Name, Strength, Topic, WordRole
from app.errors import ReferenceDataError
from app.refdata.countries import read_element, read_elements
from app.refdata.csv_table import read_csv_table
from app.refdata.identification_rows import FORMS, check_known, read_document, read_words
from app.refdata.sources import read_provenance
from app.refdata.text_record import TextRecord, gather, unique

VOCABULARY_FILE = "words/vocabulary.yaml"
HINTS_FILE = "words/hints.yaml"
TERMS_FILE = "words/generic_terms.yaml"
ELEMENTS_FILE = "words/element_names.csv"
HOSTS_FILE = "words/host_crystals.csv"
DECLARATIONS_FILE = "words/product_declarations.yaml"
JUDGEMENTS_FILE = "words/judgements.yaml"


def load_vocabulary(root: Path) -> Mapping[WordRole, tuple[Name, ...]]:
    """Return the words by their role; every role has some.

    Raises:
        ReferenceDataError: A role or language is not known, or a word is repeated.
    """
    roles = tuple(role.value for role in WordRole)
    document = read_document(root, VOCABULARY_FILE, roles)
    return {role: read_words(document, role.value, Strength.STRONG) for role in WordRole}


def load_hints(
    root: Path, materials: Mapping[str, Material]
) -> tuple[
    Mapping[str, tuple[str, ...]], Mapping[Topic, tuple[str, ...]], Mapping[str, tuple[str, ...]]
]:
    """Return words that let weak names count by family and topic, and words by form.

    Raises:
        ReferenceDataError: A family, topic or form is not known.
    """
    document = read_document(root, HINTS_FILE, ("families", "topics", "forms"))
    known = sorted({material.family for material in materials.values()})
    families = document.record("families", optional=known)
    topics = document.record("topics", optional=[topic.value for topic in Topic])
    forms = document.record("forms", optional=FORMS)
    return (
        {family: families.words(family) for family in known},
        {topic: topics.words(topic.value) for topic in Topic},
        {form: forms.words(form) for form in document.mapping("forms")},
    )


def load_generic_terms(
    root: Path, materials: Mapping[str, Material], known_sources: AbstractSet[str]
) -> tuple[GenericTerm, ...]:
    """Return the terms that stand for a family of products.

    Raises:
        ReferenceDataError: A term is repeated or lacks a field.
    """
    required = ("id", "elements", "strength", "names", "sources", "status")
    records = read_document(root, TERMS_FILE, ("terms",)).records(
        "terms", required=required, optional=("material",)
    )

    def term(row: TextRecord) -> GenericTerm:
        strength = row.choice("strength", Strength)
        return GenericTerm(
            id=row.text("id"),
            elements=read_elements(row, "elements"),
            strong=strength is Strength.STRONG,
            names=read_words(row, "names", strength),
            provenance=read_provenance(row, known_sources),
            material=check_known(row, "material", materials) if row.has("material") else None,
        )

    rows = gather(records, term)
    return tuple(unique(TERMS_FILE, [(row.id, row) for row in rows]).values())


def load_element_names(root: Path, metal_cas: Mapping[str, str]) -> Mapping[str, ElementNames]:
    """Return the names of all 17 rare earths.

    Args:
        root: Folder of the data.
        metal_cas: CAS number of each metal by symbol.

    Raises:
        ReferenceDataError: An element has no name, or a name is repeated.
    """
    columns = ("symbol", "language", "name", "ambiguous")
    names: defaultdict[str, list[Name]] = defaultdict(list)
    ambiguous: defaultdict[str, list[str]] = defaultdict(list)
    seen = []
    for row in read_csv_table(root / ELEMENTS_FILE, columns, name=ELEMENTS_FILE):
        symbol, language = read_element(row, "symbol"), row.choice("language", Language)
        names[symbol].append(Name(text=row.text("name"), language=language))
        seen.append(((symbol, language, row.text("name")), row))
        if row.flag("ambiguous"):
            ambiguous[symbol].append(row.text("name"))
    unique(ELEMENTS_FILE, seen)
    missing = [symbol for symbol in RARE_EARTHS if symbol not in names or symbol not in metal_cas]
    if missing:
        raise ReferenceDataError(f"{ELEMENTS_FILE}: no name or metal of {', '.join(missing)}")
    return {
        symbol: ElementNames(
            symbol=symbol,
            names=tuple(names[symbol]),
            ambiguous=tuple(ambiguous[symbol]),
            metal_cas=metal_cas[symbol],
        )
        for symbol in RARE_EARTHS
    }


def load_host_crystals(root: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the rare earths of laser and scintillator hosts by short name.

    Raises:
        ReferenceDataError: A host is repeated, or an element is not known.
    """
    records = read_csv_table(
        root / HOSTS_FILE, ("host", "elements"), optional=("elements",), name=HOSTS_FILE
    )
    rows = gather(records, lambda row: (row.text("host"), read_elements(row, "elements")))
    return unique(HOSTS_FILE, rows)


def load_product_declarations(
    root: Path, materials: Mapping[str, Material], known_sources: AbstractSet[str]
) -> tuple[ProductDeclaration, ...]:
    """Return what fields of product passports say.

    Raises:
        ReferenceDataError: A row lacks a field, or a key or value is not in lower case.
    """
    required = ("keys", "values", "reason", "sources", "status")
    records = read_document(root, DECLARATIONS_FILE, ("declarations",)).records(
        "declarations", required=required, optional=("material", "cancels")
    )

    def declaration(row: TextRecord) -> ProductDeclaration:
        for word in (*row.words("keys"), *row.words("values")):
            if word != word.lower():
                raise row.error(f"{word!r} must be in lower case")
        return ProductDeclaration(
            keys=row.words("keys"),
            values=row.words("values"),
            material=check_known(row, "material", materials) if row.has("material") else None,
            cancels=row.choices("cancels", Topic),
            reason=row.text("reason"),
            provenance=read_provenance(row, known_sources),
        )

    return gather(records, declaration)


def load_judgements(
    root: Path, known_sources: AbstractSet[str]
) -> tuple[Mapping[str, float], Mapping[Precision, float]]:
    """Return confidence by kind of evidence, and probability by precision of a customs code.

    Raises:
        ReferenceDataError: A figure is no share, or has no reason.
    """
    keys = ("evidence_confidence", "precision_probability")
    document = read_document(root, JUDGEMENTS_FILE, (*keys, "sources", "status"))
    read_provenance(document, known_sources)
    confidence, probability = (_judged(document, key) for key in keys)
    if set(probability) != set(Precision):
        raise document.error("'precision_probability' must name every precision")
    return confidence, {precision: probability[precision] for precision in Precision}


def _judged(document: TextRecord, key: str) -> Mapping[str, float]:
    """Return figures that each stand with their reason."""
    table = document.record(key, optional=document.mapping(key))
    figures = {}
    for name in document.mapping(key):
        figures[name] = table.record(name, required=("value", "reason")).share("value")
    return figures
