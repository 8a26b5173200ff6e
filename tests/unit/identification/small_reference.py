"""A small own reference of identification, with round figures that a test can work out."""

from __future__ import annotations

from dataclasses import replace

from app.domain.materials import (
    ClassificationHint,
    Component,
    ElementNames,
    GenericTerm,
    GradeRule,
    HsHint,
    IdentificationReference,
    Material,
    PartClass,
    Precision,
    ProductDeclaration,
    RareEarthFreePart,
    Refinement,
    Substance,
)
from app.domain.provenance import Confidence, Provenance, Status
from app.domain.triple import ZERO, Triple
from app.domain.vocabulary import Language, Name, Strength, Topic, WordRole

PROVENANCE = Provenance(status=Status.MIXED, confidence=Confidence.MEDIUM, sources=("test-source",))

_SURE = (
    "declaration", "cas", "ec", "formula", "grade", "grade_alone", "material", "element",
    "product_declaration", "rare_earth", "hs_code", "free", "none",
)  # fmt: skip
CONFIDENCE = dict.fromkeys(_SURE, 0.9) | {
    "recalled": 0.75,
    "component": 0.7,
    "part_class": 0.6,
    "indicative": 0.5,
    "hs_hint": 0.4,
    "no_information": 0.3,
}


def names(
    *texts: str, strength: Strength = Strength.STRONG, exact: bool = False
) -> tuple[Name, ...]:
    """Return names without a language."""
    return tuple(Name(text=text, strength=strength, exact=exact) for text in texts)


def material(key: str, family: str, form: str | None, **fields: object) -> Material:
    """Return a material with what a test does not care about filled in."""
    filled: dict[str, object] = {
        "name": key,
        "fractions": {},
        "total": ZERO,
        "names": (),
        "provenance": PROVENANCE,
    } | fields
    return Material(id=key, family=family, form=form, **filled)  # type: ignore[arg-type] # test data


def _materials() -> dict[str, Material]:
    nd, pr, dy = Triple(0.2, 0.25, 0.3), Triple(0.0, 0.05, 0.1), Triple(0.0, 0.01, 0.08)
    total = Triple(0.28, 0.3, 0.33)
    rows = (
        material("ndfeb_any", "ndfeb", "magnet", fractions={"Nd": nd, "Pr": pr, "Dy": dy},
                 total=total, density_kg_per_m3=7500.0,
                 names=names("NdFeB", "neodymium magnet", "ネオジム磁石")),
        material("ndfeb_n", "ndfeb", "magnet", total=total, grade_suffix="",
                 fractions={"Nd": nd, "Pr": pr, "Dy": Triple(0.0, 0.0, 0.01)},
                 density_kg_per_m3=7500.0),
        material("ndfeb_sh", "ndfeb", "magnet", total=total, grade_suffix="SH",
                 fractions={"Nd": nd, "Dy": Triple(0.0, 0.02, 0.05)},
                 by_process={"gbd": {"Dy": Triple(0.0, 0.003, 0.01)}}),
        material("ndfeb_no_heavy", "ndfeb", "magnet", total=total, fractions={"Nd": nd}),
        material("ndfeb_bonded", "ndfeb", "magnet", total=total, fractions={"Nd": nd}),
        material("smco", "smco", "magnet", total=Triple(0.2, 0.25, 0.3),
                 fractions={"Sm": Triple(0.2, 0.25, 0.3)}, names=names("SmCo")),
        material("yag_phosphor", "phosphor", "compound", total=Triple(0.4, 0.45, 0.5),
                 fractions={"Y": Triple(0.4, 0.44, 0.46), "Ce": Triple(0.01, 0.01, 0.02)},
                 names=names("YAG phosphor")),
        material("cracking_catalyst", "catalyst", "compound", total=Triple(0.0, 0.02, 0.05),
                 fractions={"La": Triple(0.0, 0.02, 0.05)}, names=names("FCC catalyst")),
        material("mg_alloy", "mg_alloy", "alloy", total=Triple(0.06, 0.07, 0.08),
                 fractions={"Y": Triple(0.03, 0.04, 0.05)},
                 names=names("WE43", strength=Strength.WEAK)),
        material("ferrite", "true_negative", None, rare_earth_free=True,
                 names=names("ferrite magnet", "フェライト磁石")),
    )  # fmt: skip
    return {row.id: row for row in rows}


def _components() -> dict[str, Component]:
    rows = (
        Component(id="servo_per_kw", name="Servo motor per kW", unit="kW", form="device_magnet",
                  topic=Topic.MACHINE, masses_kg={"Nd": Triple(0.02, 0.06, 0.2)},
                  names=(), provenance=PROVENANCE, material="ndfeb_any", probability=0.9,
                  active_material_kg=Triple(0.1, 0.3, 0.6)),
        Component(id="headphone", name="Headphone", unit="pair", form="device_magnet",
                  topic=Topic.SOUND, masses_kg={"Nd": Triple(0.0001, 0.0004, 0.002)},
                  names=names("headphones"), provenance=PROVENANCE, probability=0.8),
        Component(id="holmium_laser", name="Holmium laser", unit="piece", form="device_compound",
                  topic=Topic.OPTICS, masses_kg={"Ho": Triple(0.001, 0.002, 0.003)},
                  names=names("holmium laser"), provenance=PROVENANCE, named_chemistry=True),
        Component(id="tape_per_m", name="Tape per metre", unit="m", form="device_compound",
                  topic=Topic.OTHER, masses_kg={"Gd": Triple(0.00001, 0.00002, 0.00004)},
                  names=names("HTS tape"), provenance=PROVENANCE, named_chemistry=True),
        Component(id="circulator", name="Circulator", unit="piece", form="device_compound",
                  topic=Topic.OPTICS, masses_kg={"Y": Triple(0.001, 0.004, 0.02)},
                  names=names("circulator", strength=Strength.WEAK), provenance=PROVENANCE,
                  sectors=("telecom",)),
    )  # fmt: skip
    return {row.id: row for row in rows}


_CLASS = PartClass(
    id="bare_magnet",
    name="Magnet",
    form="magnet",
    topic=Topic.MAGNET,
    elements=("Nd", "Pr", "Sm"),
    probability=0.7,
    names=names("magnet", "磁石", "磁铁"),
    reason="the kind of part",
    question="Which magnet?",
    provenance=PROVENANCE,
    material="ndfeb_any",
)


def _classes() -> dict[str, PartClass]:
    motor = replace(_CLASS, form="device_magnet", elements=("Nd",))
    rows = (
        _CLASS,
        replace(motor, id="servo_motor", topic=Topic.MACHINE, probability=0.9,
                component="servo_per_kw", names=names("servo motor")),
        replace(motor, id="any_motor", topic=Topic.MOTOR, probability=0.4,
                names=names("motor", "モータ", "电机", "~motor")),
        replace(motor, id="ebike", topic=Topic.DEVICE, probability=0.9, names=names("e-bike")),
        replace(_CLASS, id="class_two_capacitor", form="device_compound", topic=Topic.CAPACITOR,
                elements=("Dy",), probability=0.6, material=None,
                names=(*names("ceramic capacitor"), *names("X7R", exact=True))),
        replace(_CLASS, id="white_led", form="device_compound", topic=Topic.LAMP,
                elements=("Y",), probability=0.9, material="yag_phosphor", hints=("white",),
                names=names("LED", strength=Strength.WEAK, exact=True)),
    )  # fmt: skip
    return {row.id: row for row in rows}


def _substances() -> dict[str, Substance]:
    rows = (
        Substance(id="nd_metal", name="Neodymium metal", kind="metal", form="metal",
                  fractions={"Nd": 1.0}, names=names("neodymium metal"), provenance=PROVENANCE,
                  formula="Nd", cas="7440-00-8", ec="231-109-3"),
        Substance(id="nd_oxide", name="Neodymium oxide", kind="oxide", form="oxide",
                  fractions={"Nd": 0.857}, names=names("neodymium oxide", "Nd2O3"),
                  provenance=PROVENANCE, formula="Nd2O3", cas="1313-97-9", ec="215-214-1"),
        Substance(id="dy_oxide", name="Dysprosium oxide", kind="oxide", form="oxide",
                  fractions={"Dy": 0.871}, names=names("dysprosium oxide"),
                  provenance=PROVENANCE, formula="Dy2O3", cas="1308-87-8"),
    )  # fmt: skip
    return {row.id: row for row in rows}


def _hs_hints() -> tuple[HsHint, ...]:
    def hint(code: str, elements: tuple[str, ...], kind: str, precision: Precision) -> HsHint:
        return HsHint(code=code, jurisdiction="HS", description=f"goods of {code}",
                      elements=elements, kind=kind, form=None, precision=precision,
                      provenance=PROVENANCE)  # fmt: skip

    return (
        hint("280530", ("Nd", "Dy"), "metal", Precision.CERTAIN_REE),
        hint("2805301100", ("Nd",), "metal", Precision.CERTAIN_ELEMENT),
        hint("850511", ("Nd", "Sm"), "magnet", Precision.LIKELY),
        hint("8505111000", ("Nd", "Sm"), "magnet", Precision.CERTAIN_REE),
        hint("85051910", (), "magnet", Precision.UNLIKELY),
        hint("850131", ("Nd",), "component", Precision.POSSIBLE),
    )


WORDS: dict[WordRole, tuple[Name, ...]] = {
    WordRole.NEUTRAL: names("magnet wire", "stepper driver"),
    WordRole.INCLUSIVE: names("with", "mit", "含"),
    WordRole.INCLUSIVE_AFTER: names("付き"),
    WordRole.ACCESSORY: names("bracket", "holder", "screws", "cable", "adhesive", "wire",
                              "ホルダ", "支架", "固定"),
    WordRole.ACCESSORY_FIRST: names("support", "~kabel"),
    WordRole.PURPOSE: names("for", "für", "用于"),
    WordRole.PURPOSE_AFTER: names("用"),
    WordRole.NEGATION_BEFORE: names("without", "free of", "no", "无"),
    WordRole.NEGATION_AFTER: names("free", "フリー"),
    WordRole.INGREDIENT_AFTER: names("coated", "doped"),
    WordRole.OWNER: names("gmbh", "labs"),
    WordRole.MAGNET: names("magnet", "magnets", "ndfeb", "磁石", "磁铁"),
    WordRole.MATTER: names("oxide", "metal", "powder", "glass"),
    WordRole.COMPOUND: names("酸化"),
    WordRole.COATING: names("nickel"),
    WordRole.SHAPE: names("disc", "ring"),
    WordRole.ALTERNATIVE: names("or"),
    WordRole.RARE_EARTH: names("rare earth", "稀土"),
    WordRole.HEAVY_RARE_EARTH: names("heavy rare earth", "重稀土"),
}  # fmt: skip

_ELEMENT_WORDS = {
    "Nd": ("neodymium", "ネオジム"),
    "Sm": ("samarium",),
    "Dy": ("dysprosium",),
    "Tb": ("terbium", "テルビウム"),
    "Yb": ("ytterbium", "イッテルビウム"),
    "La": ("lanthanum", "ランタン"),
    "Er": ("erbium",),
}


def small_reference() -> IdentificationReference:
    """Return the small reference."""
    return IdentificationReference(
        materials=_materials(),
        components=_components(),
        part_classes=_classes(),
        rare_earth_free_parts=(
            RareEarthFreePart(
                id="induction", name="Induction motor", provenance=PROVENANCE,
                topics=(Topic.MACHINE, Topic.MOTOR), names=names("induction motor"),
            ),
            RareEarthFreePart(
                id="ferrite_parts", name="Ferrite", provenance=PROVENANCE,
                topics=(Topic.MAGNET, Topic.MACHINE, Topic.MOTOR), names=names("ferrite"),
                materials=("ferrite",),
            ),
        ),
        substances=_substances(),
        hs_hints=_hs_hints(),
        classifications=(
            ClassificationHint(
                system="UNSPSC", code="12141600", description="Rare earth metals",
                elements=("Nd",), precision=Precision.CERTAIN_REE, provenance=PROVENANCE,
            ),
        ),
        generic_terms=(
            GenericTerm(
                id="magnet_term", elements=("Nd",), strong=True, material="ndfeb_any",
                names=names("rare earth magnet"), provenance=PROVENANCE,
            ),
        ),
        element_names={
            symbol: ElementNames(
                symbol=symbol,
                names=tuple(Name(text=word, language=Language.ANY) for word in words),
                ambiguous=("ランタン",) if symbol == "La" else (),
                metal_cas="7440-00-8",
            )
            for symbol, words in _ELEMENT_WORDS.items()
        },
        grade_rule=GradeRule(
            energy_products=(28, 56),
            materials={"": "ndfeb_n", "SH": "ndfeb_sh"},
            temperatures_c={"": 80.0, "SH": 150.0},
            ferrite_prefixes=("Y30",),
            smco_examples=("YXG-28H",),
            process_words={"gbd": ("grain boundary diffus",)},
            provenance=PROVENANCE,
        ),
        family_hints={
            family: ("magnesium",) if family == "mg_alloy" else ("magnet",)
            for family in ("ndfeb", "smco", "mg_alloy", "catalyst", "phosphor", "true_negative")
        },
        topic_hints={
            topic: {Topic.CAPACITOR: ("cap",), Topic.OPTICS: ("ghz",)}.get(topic, ())
            for topic in Topic
        },
        host_crystals={"YAG": ("Y",), "glass": ()},
        form_words={"oxide": ("oxide",), "metal": ("metal",), "compound": ("glass",)},
        refinements=(
            Refinement(material="ndfeb_any", better="ndfeb_bonded", words=("bonded",)),
        ),
        default_materials={
            "unknown_grade": "ndfeb_any",
            "unknown_smco": "smco",
            "unknown_nimh": "mg_alloy",
            "free_of_heavy": "ndfeb_no_heavy",
        },
        words=WORDS,
        product_declarations=(
            ProductDeclaration(
                keys=("permanentmagnettype",), values=("ferrite", "none"), material=None,
                cancels=(Topic.MACHINE, Topic.MOTOR, Topic.MAGNET), provenance=PROVENANCE,
                reason="the declared magnet holds no rare earth",
            ),
            ProductDeclaration(
                keys=("permanentmagnettype",), values=("ndfeb",), material="ndfeb_any",
                cancels=(), reason="the declared magnet is NdFeB", provenance=PROVENANCE,
            ),
        ),
        evidence_confidence=CONFIDENCE,
        precision_probability={
            Precision.CERTAIN_ELEMENT: 1.0, Precision.CERTAIN_REE: 1.0, Precision.LIKELY: 0.7,
            Precision.POSSIBLE: 0.3, Precision.RARE: 0.05, Precision.UNLIKELY: 0.0,
        },
        magnet_yield=Triple(0.6, 0.7, 0.8),
    )  # fmt: skip
