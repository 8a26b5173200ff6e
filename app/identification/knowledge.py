"""The reference data of identification, prepared for look-up; built once, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.materials import IdentificationReference, ProductDeclaration
from app.domain.vocabulary import Topic, WordRole
from app.identification.customs import CustomsTable
from app.identification.folding import fold
from app.identification.grades import ferrite_grade_pattern
from app.identification.lexicon import compile_lexicon

_EAST_ASIAN = "\u2e80"
_SHORT = 4


class Knowledge:
    """What identification looks things up in."""

    def __init__(self, reference: IdentificationReference) -> None:
        self.reference = reference
        self.lexicon = compile_lexicon(reference)
        self.customs = CustomsTable(reference.hs_hints, reference.classifications)
        self.materials_by_cas: Mapping[str, str] = {
            number: material.id
            for material in reference.materials.values()
            for number in material.cas
        }
        self.substances_by_cas: Mapping[str, str] = {
            substance.cas: substance.id
            for substance in reference.substances.values()
            if substance.cas
        }
        self.substances_by_ec: Mapping[str, str] = _ec_numbers(reference)
        self.family_hints: Mapping[str, tuple[str, ...]] = {
            family: _searched(words) for family, words in reference.family_hints.items()
        }
        self.topic_hints: Mapping[Topic, tuple[str, ...]] = {
            topic: _searched(words) for topic, words in reference.topic_hints.items()
        }
        self.class_hints: Mapping[str, tuple[str, ...]] = {
            item.id: _searched(item.hints) for item in reference.part_classes.values()
        }
        self.form_words: Mapping[str, tuple[str, ...]] = {
            form: _searched(words) for form, words in reference.form_words.items()
        }
        self.refinements = tuple(
            (item.material, item.better, _searched(item.words)) for item in reference.refinements
        )
        self.process_words: Mapping[str, tuple[str, ...]] = {
            process: _searched(words)
            for process, words in reference.grade_rule.process_words.items()
        }
        self.ferrite_grade = ferrite_grade_pattern(reference.grade_rule)
        self.bare_words: frozenset[str] = frozenset(
            word
            for role in (WordRole.SHAPE, WordRole.COATING)
            for name in reference.words[role]
            for word in fold(name.text).folded.split()
        )
        self.declarations: Mapping[tuple[str, str], ProductDeclaration] = {
            (key, value): declaration
            for declaration in reference.product_declarations
            for key in declaration.keys
            for value in declaration.values
        }


def _ec_numbers(reference: IdentificationReference) -> Mapping[str, str]:
    """Return the substance of each EC number; the metal where an alloy borrows its number."""
    numbers: dict[str, str] = {}
    for substance in sorted(reference.substances.values(), key=lambda item: len(item.fractions)):
        if substance.ec and (substance.formula or substance.ec not in numbers):
            numbers.setdefault(substance.ec, substance.id)
    return numbers


def _searched(words: Iterable[str]) -> tuple[str, ...]:
    """Return words as they stand in a searched text; short Latin ones must stand alone."""
    result = []
    for word in words:
        key = fold(word).folded.strip()
        alone = len(key) < _SHORT and key[-1] < _EAST_ASIAN
        result.append(f" {key} " if alone else key)
    return tuple(dict.fromkeys(result))


def has_word(folded: str, words: Iterable[str]) -> bool:
    """Return whether a searched text has one of the words."""
    return any(word in folded for word in words)
