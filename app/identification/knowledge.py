"""The reference data of identification, prepared for look-up; built once.

What follows from the reference data alone is kept at its first use; nothing of a line ever is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.materials import (
    Component,
    IdentificationReference,
    Material,
    PartClass,
    ProductDeclaration,
)
from app.domain.provenance import Basis
from app.domain.vocabulary import Topic, WordRole
from app.identification.content import (
    Content,
    class_contents,
    component_contents,
    material_contents,
)
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
        #: Words that make a material more exact, and the better one, by material.
        self.refinements: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
            key: tuple(
                (item.better, _searched(item.words))
                for item in reference.refinements
                if item.material == key
            )
            for key in dict.fromkeys(item.material for item in reference.refinements)
        }
        self.default_materials: frozenset[str] = frozenset(reference.default_materials.values())
        #: Materials for which nobody read a document.
        self.recalled: frozenset[str] = frozenset(
            material.id
            for material in reference.materials.values()
            if material.provenance.status.basis is Basis.ASSUMED
        )
        self._contents: dict[tuple[str, ...], tuple[Content, ...]] = {}
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

    def material_contents(
        self, material: Material, processes: tuple[str, ...], without: frozenset[str]
    ) -> tuple[Content, ...]:
        """Return the contents of a material; worked out once, as they hold nothing of a line.

        Args:
            material: The material.
            processes: Production routes that the line names, which know better fractions.
            without: Elements that the text denies.
        """
        key = ("material", material.id, *processes)
        known = self._contents.get(key)
        if known is None:
            fractions = dict(material.fractions)
            for process in processes:
                fractions.update(material.by_process[process])
            known = self._contents[key] = material_contents(material, fractions=fractions)
        if not without:
            return known
        return tuple(content for content in known if content.symbol not in without)

    def class_contents(
        self, item: PartClass, material: Material | None, component: Component | None
    ) -> tuple[Content, ...]:
        """Return the contents of a class of parts, with the component that a word tells."""
        key = ("class", item.id, component.id if component else "")
        known = self._contents.get(key)
        if known is None:
            bulk = item.form == "magnet"
            known = class_contents(item, material, component, bulk=bulk)
            self._contents[key] = known
        return known

    def component_contents(
        self, component: Component, material: Material | None
    ) -> tuple[Content, ...]:
        """Return the contents of a component; without a known share as if it held them."""
        key = ("component", component.id)
        known = self._contents.get(key)
        if known is None:
            probability = 1.0 if component.probability is None else component.probability
            known = component_contents(component, material, probability=probability)
            self._contents[key] = known
        return known


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
    for word in words:  # noqa: SIM110 - a generator costs more than the search
        if word in folded:
            return True
    return False
