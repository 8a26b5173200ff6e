"""What is known of materials, substances and components; no search in here."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.provenance import Provenance
from app.domain.triple import Triple
from app.domain.vocabulary import Name, Topic, WordRole


class Precision(enum.StrEnum):
    """How much a customs code says about rare earths, most first."""

    CERTAIN_ELEMENT = "certain_element"
    CERTAIN_REE = "certain_ree"
    LIKELY = "likely"
    POSSIBLE = "possible"
    RARE = "rare"
    UNLIKELY = "unlikely"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A material or grade with its rare-earth content.

    Attributes:
        family: Group whose weak names share hints (ndfeb, smco, phosphor, ...).
        form: Chain form of goods made of it, or None where it holds no rare earth.
        fractions: Mass fraction by element [1]; a low end of 0 means it may be absent.
        total: Mass fraction of all rare earths together [1].
        rare_earth_free: A deliberate true negative.
        by_process: Other fractions by production route.
        density_kg_per_m3: For the mass of a piece of known size, or None.
        grade_suffix: Letters of the magnet grade ("" for none), or None.
    """

    id: str
    name: str
    family: str
    form: str | None
    fractions: Mapping[str, Triple]
    total: Triple
    names: tuple[Name, ...]
    provenance: Provenance
    rare_earth_free: bool = False
    formula: str | None = None
    cas: tuple[str, ...] = ()
    hs_codes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    by_process: Mapping[str, Mapping[str, Triple]] = field(default_factory=dict)
    grade_suffix: str | None = None
    grade_examples: tuple[str, ...] = ()
    max_working_temperature_c: float | None = None
    density_kg_per_m3: float | None = None
    control_hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part or product with the mass of each rare earth in one unit of it.

    Attributes:
        unit: What one unit is: piece, pair, kW, MW, Nm, m, L, t, ...
        form: Chain form: device_magnet, device_compound or device_metal.
        masses_kg: Mass of each element per unit [kg], if the part holds rare earths at all.
        active_material_kg: Mass of magnet, phosphor, ... per unit [kg].
        material: Id of that material, or None.
        probability: Share of such parts on the market that hold rare earths [1]; None where
            the compiler gave none.
        named_chemistry: The names themselves say that rare earths are inside.
        contested: Known disagreement about a figure that users may have seen elsewhere.
    """

    id: str
    name: str
    unit: str
    form: str
    topic: Topic
    masses_kg: Mapping[str, Triple]
    names: tuple[Name, ...]
    provenance: Provenance
    active_material_kg: Triple | None = None
    material: str | None = None
    probability: float | None = None
    named_chemistry: bool = False
    hs_codes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    contested: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartClass:
    """A class of parts that real lists name more often than a certain component.

    Attributes:
        elements: What such a part may hold.
        hints: Words that let a weak name of the class count, when they stand in the line.
        component_by_word: Component instead of `component`, where the word (a size) stands in
            the line.
        probability: That it holds rare earths [1]; judgement.
        component: Component whose masses apply to one piece, or None.
        material: Material whose fractions apply, or None.
        question: What to ask the supplier.
    """

    id: str
    name: str
    form: str
    topic: Topic
    elements: tuple[str, ...]
    probability: float
    names: tuple[Name, ...]
    reason: str
    question: str
    provenance: Provenance
    component: str | None = None
    material: str | None = None
    hints: tuple[str, ...] = ()
    component_by_word: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RareEarthFreePart:
    """A kind of part without rare earths; its name cancels the defaults of its topics.

    Attributes:
        materials: Ids of materials without rare earths whose names cancel the same.
    """

    id: str
    name: str
    topics: tuple[Topic, ...]
    names: tuple[Name, ...]
    provenance: Provenance
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDeclaration:
    """What a value of a product passport says about the magnets inside.

    Attributes:
        keys: Names of the field (`permanentMagnetType`), letters only, lower case.
        values: Values of the field, lower case.
        material: Material that the value declares, or None where it denies rare earths.
        cancels: Topics whose defaults the value cancels.
    """

    keys: tuple[str, ...]
    values: tuple[str, ...]
    material: str | None
    cancels: tuple[Topic, ...]
    reason: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Substance:
    """A chemical substance.

    Attributes:
        fractions: Mass fraction of each rare earth [1]; from the formula where it has one.
        formula: Sum formula (`X*nH2O` for a hydrate), or None for mixtures.
        cas, ec: Registry numbers without doubt about the check digit.
    """

    id: str
    name: str
    kind: str
    form: str
    fractions: Mapping[str, float]
    names: tuple[Name, ...]
    provenance: Provenance
    formula: str | None = None
    cas: str | None = None
    ec: str | None = None
    hs6: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HsHint:
    """What a customs code says about rare earths.

    Attributes:
        code: Digits only, 6, 8 or 10.
        jurisdiction: HS (world-wide, six digits), CN, EU, US or JP.
        form: Chain form of the goods, or None where the code does not say.
    """

    code: str
    jurisdiction: str
    description: str
    elements: tuple[str, ...]
    kind: str
    form: str | None
    precision: Precision
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationHint:
    """What a code of another classification (UNSPSC) says about rare earths."""

    system: str
    code: str
    description: str
    elements: tuple[str, ...]
    precision: Precision
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericTerm:
    """Words that say "rare earth", or name a family of products, without more.

    Attributes:
        strong: May assert; otherwise the words only raise a question.
        material: Material that the words stand for, or None.
    """

    id: str
    elements: tuple[str, ...]
    strong: bool
    names: tuple[Name, ...]
    provenance: Provenance
    material: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementNames:
    """Names of one rare earth and its common misspellings.

    Attributes:
        ambiguous: Ordinary words in some language (`ランタン` is also a lantern).
    """

    symbol: str
    names: tuple[Name, ...]
    ambiguous: tuple[str, ...]
    metal_cas: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRule:
    """How a grade of a sintered NdFeB magnet is written (`N42SH`).

    Attributes:
        energy_products: Smallest and largest product (BH)max that is made [MGOe].
        materials: Material id by suffix; "" for none.
        temperatures_c: Highest working temperature by suffix [degrees Celsius].
        ferrite_prefixes: Prefixes of grades that hold no rare earth.
        smco_examples: Grades of SmCo magnets.
        process_words: Words that tell the production route, by the route's name.
    """

    energy_products: tuple[int, int]
    materials: Mapping[str, str]
    temperatures_c: Mapping[str, float]
    ferrite_prefixes: tuple[str, ...]
    smco_examples: tuple[str, ...]
    process_words: Mapping[str, tuple[str, ...]]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Refinement:
    """A more exact material for `material`, where the line has one of the words."""

    material: str
    better: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentificationReference:
    """Everything that identification knows about the world; loaded once, never changed.

    Attributes:
        family_hints, topic_hints: Words that let a weak name of a material family or of a part
            of a topic count.
        words: Vocabulary by what it does.
        product_declarations: What fields of product passports say.
        evidence_confidence: That an outcome is right [1], by kind of evidence; judgement.
        precision_probability: That goods under a customs code hold rare earths [1], by
            precision of the code; judgement.
        magnet_yield: Rare earth in magnets per rare earth bought for them [1].
        host_crystals: Rare earths in laser and scintillator hosts by short name (`YAG`), to read
            dopings (`Nd:YAG`).
        form_words: Words that tell the form of goods of which only the element is named.
        refinements: In order; the first that fits counts.
        default_materials: Material by question: unknown_grade, unknown_smco, unknown_nimh,
            free_of_heavy.
    """

    materials: Mapping[str, Material]
    components: Mapping[str, Component]
    part_classes: Mapping[str, PartClass]
    rare_earth_free_parts: tuple[RareEarthFreePart, ...]
    substances: Mapping[str, Substance]
    hs_hints: tuple[HsHint, ...]
    classifications: tuple[ClassificationHint, ...]
    generic_terms: tuple[GenericTerm, ...]
    element_names: Mapping[str, ElementNames]
    grade_rule: GradeRule
    family_hints: Mapping[str, tuple[str, ...]]
    topic_hints: Mapping[Topic, tuple[str, ...]]
    host_crystals: Mapping[str, tuple[str, ...]]
    form_words: Mapping[str, tuple[str, ...]]
    refinements: tuple[Refinement, ...]
    default_materials: Mapping[str, str]
    words: Mapping[WordRole, tuple[Name, ...]]
    product_declarations: tuple[ProductDeclaration, ...]
    evidence_confidence: Mapping[str, float]
    precision_probability: Mapping[Precision, float]
    magnet_yield: Triple
