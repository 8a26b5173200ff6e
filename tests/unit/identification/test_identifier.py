"""The decision by strength of evidence, over a small own reference."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.bom import Bom, BomLine, DeclaredMaterial, Supplier
from app.domain.exposure import IdentifiedLine, LineOutcome
from app.domain.provenance import Status
from app.domain.triple import ONE, Triple
from app.identification import compile_identifier
from tests.unit.identification.small_reference import CONFIDENCE, PROVENANCE, small_reference

IDENTIFIER = compile_identifier(small_reference())
LINE = BomLine(line_id="1", quantity=10.0, unit="pc")

FOUND = LineOutcome.RARE_EARTHS_FOUND
OPEN = LineOutcome.UNDETERMINED
NONE = LineOutcome.NO_RARE_EARTHS


def identify(description: str | None = None, **fields: object) -> IdentifiedLine:
    """Return what a line holds."""
    line = replace(LINE, description=description, **fields)  # type: ignore[arg-type] # test data
    return IDENTIFIER.identify(line)


def presences(line: IdentifiedLine) -> dict[str, tuple[float, float, float]]:
    """Return the presence of each element."""
    return {
        item.symbol: (item.presence.low, item.presence.nominal, item.presence.high)
        for item in line.elements
    }


@pytest.mark.parametrize(
    ("text", "material", "symbols"),
    [
        ("Neodymium magnet 10x2", "ndfeb_any", "Pr Nd Dy"),
        ("Magnet N42SH 10x2", "ndfeb_sh", "Nd Dy"),
        ("NdFeB N42 disc", "ndfeb_n", "Pr Nd Dy"),
        ("NdFeB bonded ring", "ndfeb_bonded", "Nd"),
        ("SmCo magnet 30H", "smco", "Sm"),
        ("YXG-28H magnet", "smco", "Sm"),
        ("neodymium oxide powder", "nd_oxide", "Nd"),
        ("dysprosium oxide 99.9 %", "dy_oxide", "Dy"),
        ("CAS 1313-97-9", "nd_oxide", "Nd"),
        ("EC 215-214-1", "nd_oxide", "Nd"),
        ("magnesium WE43 billet", "mg_alloy", "Y"),
        ("neodymium metal rod", "nd_metal", "Nd"),
        ("holmium laser console", "holmium_laser", "Ho"),
        ("magnet with samarium", "smco", "Sm"),
        ("rare earth disc magnet", "ndfeb_any", "Pr Nd Dy"),
        ("FCC catalyst, rare earth oxide 2 %", "cracking_catalyst", "La"),
    ],
)
def test_what_the_text_names_is_found(text: str, material: str, symbols: str) -> None:
    answer = identify(text)

    assert answer.outcome is FOUND
    assert answer.material == material
    assert " ".join(item.symbol for item in answer.elements) == symbols


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("Nd:YAG crystal", "Y Nd"),
        ("Ho:glass plate", "Ho"),
        ("GdVO4 crystal", "Gd"),
        ("erbium glass", "Er"),
        ("ytterbium oxide", "Yb"),
        ("酸化ランタン", "La"),
        ("rare earth powder", "Sc Y La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu"),
        ("YF3 powder", "Y"),
        ("powder Nd 20 wt%, Fe 80 wt%", "Nd"),
    ],
)
def test_chemistry_without_a_row_of_ours_is_found(text: str, symbols: str) -> None:
    answer = identify(text)

    assert answer.outcome is FOUND
    assert " ".join(item.symbol for item in answer.elements) == symbols


@pytest.mark.parametrize(
    ("text", "probability"),
    [
        ("Magnet 10 mm", 0.7),
        ("Servo motor 400 W", 0.9),
        ("Motor", 0.4),
        ("headphones", 0.8),
        ("E-bike", 0.9),
        ("LED white 3 mm", 0.9),
    ],
)
def test_a_kind_of_part_is_only_likely(text: str, probability: float) -> None:
    answer = identify(text)

    assert answer.outcome is OPEN
    assert answer.reason
    assert answer.question
    assert answer.default_composition
    assert max(item.presence.nominal for item in answer.elements) == pytest.approx(probability)
    assert all(item.presence.low == 0 for item in answer.elements)
    assert all(item.mass_kg is None or item.mass_kg.low == 0 for item in answer.elements)


@pytest.mark.parametrize(
    "text",
    [
        "Induction motor 4 kW",
        "ferrite magnet ring",
        "Motor, ferrite",
        "motor without rare earth",
        "magnet holder",
        "screws for motor",
        "magnet wire 0.5 mm",
        "Neodymium GmbH, training",
        "steel plate",
        "WE43 gland",
        "LED red",
        "ランタン",
        "terbium street 5",
    ],
)
def test_nothing_is_found_where_nothing_is_named(text: str) -> None:
    assert identify(text).outcome is NONE


def test_the_name_of_a_whole_product_counts_at_the_start_only() -> None:
    assert identify("E-bike, blue").outcome is OPEN
    assert identify("Rim 27.5, e-bike rated").outcome is NONE


def test_an_element_alone_in_a_line_is_matter() -> None:
    assert identify("Terbium").outcome is FOUND


@pytest.mark.parametrize("text", [None, "", "X-12-34-AB9", "W25Q16JVSNIQ"])
def test_a_line_of_codes_only_is_open(text: str | None) -> None:
    answer = identify(text, part_number="ABC-2024-E001")

    assert answer.outcome is OPEN
    assert answer.elements == ()
    assert answer.question


def test_heavy_rare_earths_from_a_grade_are_never_certain() -> None:
    answer = identify("Magnet N42SH")

    assert presences(answer) == {"Nd": (1, 1, 1), "Dy": (0, 1, 1)}
    fraction = next(item.fraction for item in answer.elements if item.symbol == "Dy")
    assert fraction == Triple(0.0, 0.02, 0.05)


def test_the_production_route_changes_a_grade() -> None:
    answer = identify("Magnet N42SH grain boundary diffused")

    assert {i.symbol: i.fraction for i in answer.elements}["Dy"] == Triple(0.0, 0.003, 0.01)


def test_printed_shares_outrank_the_table() -> None:
    answer = identify("NdFeB magnet, Nd 22.5 wt%, Dy 2.1 wt%")

    fractions = {item.symbol: item.fraction for item in answer.elements}
    assert fractions["Nd"] == Triple.exactly(0.225)
    assert fractions["Dy"] == Triple.exactly(0.021)
    assert presences(answer)["Dy"] == (1, 1, 1)
    assert answer.forms == ("magnet",)


def test_a_denied_element_is_not_reported() -> None:
    assert "Dy" not in presences(identify("Dy-free neodymium magnet"))
    assert identify("heavy rare earth free magnet N42SH").material == "ndfeb_no_heavy"


def test_a_material_left_open_is_undetermined() -> None:
    answer = identify("ferrite magnet or neodymium magnet")

    assert answer.outcome is OPEN
    assert presences(answer)["Nd"] == (0, 0.5, 1)


def test_a_magnet_named_in_a_motor_has_the_form_of_a_device() -> None:
    answer = identify("servo motor 2 kW with NdFeB magnets")

    assert answer.outcome is FOUND
    assert answer.forms == ("device_magnet",)
    masses = {item.symbol: item.mass_kg for item in answer.elements}
    assert masses["Nd"] == Triple(0.02 * 20, 0.06 * 20, 0.2 * 20)
    assert masses["Dy"] is None


def test_evidence_has_its_place_in_the_text() -> None:
    text = "Ring, ネオジム磁石 10 mm"
    (evidence,) = identify(text).evidence

    assert (evidence.kind, evidence.text, evidence.field) == (
        "material", "ネオジム磁石", "description",
    )  # fmt: skip
    assert text[evidence.start : evidence.end] == "ネオジム磁石"
    assert evidence.sources == ("test-source",)


def test_the_category_and_the_part_number_are_read_too() -> None:
    assert identify("10 x 2 mm", category="neodymium magnet").outcome is FOUND
    assert identify(None, part_number="motor_X1").outcome is OPEN
    assert identify("bracket", part_number="motor_X1").outcome is NONE


def test_a_supplier_of_magnets_lets_a_grade_count() -> None:
    supplier = Supplier(name="Example Magnetics Ltd")

    assert identify("N42SH block", suppliers=(supplier,)).outcome is FOUND
    assert identify("N42SH block").outcome is not FOUND
    assert identify("N42SH block", hs_code="8505.11").outcome is FOUND


@pytest.mark.parametrize(
    ("material", "kind", "symbols"),
    [
        (DeclaredMaterial(name="alloy", elements=(("Nd", 0.3), ("Fe", 0.7))), "declaration", "Nd"),
        (DeclaredMaterial(cas="1313-97-9"), "cas", "Nd"),
        (DeclaredMaterial(cas="CAS 1313-97-9"), "cas", "Nd"),
        (DeclaredMaterial(cas="215-214-1"), "ec", "Nd"),
        (DeclaredMaterial(ec="215-214-1"), "ec", "Nd"),
        (DeclaredMaterial(formula="Sm2O3"), "formula", "Sm"),
        (DeclaredMaterial(formula="Dy"), "formula", "Dy"),
        (DeclaredMaterial(name="NdFeB"), "material", "Pr Nd Dy"),
        (DeclaredMaterial(name="neodymium"), "element", "Nd"),
        (DeclaredMaterial(name="Dy"), "element", "Dy"),
        (DeclaredMaterial(name="samarium oxide"), "element", "Sm"),
    ],
)
def test_declared_materials_are_read_by_their_strongest_field(
    material: DeclaredMaterial, kind: str, symbols: str
) -> None:
    answer = identify("part", materials=(material,))

    assert answer.outcome is FOUND
    assert answer.evidence[0].kind == kind
    assert " ".join(item.symbol for item in answer.elements) == symbols


def test_a_bare_element_declared_for_a_magnet_is_a_magnet() -> None:
    answer = identify("magnet 5 mm", materials=(DeclaredMaterial(name="neodymium"),))

    assert answer.material == "ndfeb_any"


@pytest.mark.parametrize(
    ("material", "code"),
    [
        (DeclaredMaterial(cas="1313-97-8"), "invalid_registry_number"),
        (DeclaredMaterial(cas="215-214-1"), "ec_number_in_cas_field"),
        (DeclaredMaterial(formula="steel!"), "unreadable_formula"),
        (DeclaredMaterial(elements=(("Nd", 0.9), ("Fe", 0.9))), "declared_fractions"),
        (DeclaredMaterial(elements=(("Nd", -0.1),)), "declared_fractions"),
    ],
)
def test_what_is_declared_wrongly_is_reported(material: DeclaredMaterial, code: str) -> None:
    answer = identify("part", materials=(material,))

    assert code in [warning[0] for warning in answer.warnings]


def test_a_full_composition_without_rare_earths_outranks_the_part() -> None:
    steel = DeclaredMaterial(name="steel", mass_fraction=0.6)
    copper = DeclaredMaterial(name="copper", mass_fraction=0.4)

    assert identify("motor", materials=(steel, copper)).outcome is NONE
    assert identify("motor", materials=(steel,)).outcome is OPEN
    assert identify("NdFeB magnet", materials=(steel, copper)).outcome is OPEN


def test_a_product_declaration_cancels_what_the_part_suggests() -> None:
    ferrite = (("permanentMagnetType", "Ferrite"),)
    ndfeb = (("permanentMagnetType", "NdFeB"),)

    assert identify("servo motor", product_type=ferrite).outcome is NONE
    assert identify("servo motor", product_type=ndfeb).outcome is FOUND
    conflict = identify("NdFeB magnet", product_type=ferrite)
    assert conflict.outcome is FOUND
    assert conflict.warnings[0][0] == "declaration_conflict"
    assert identify("servo motor", product_type=(("colour", "red"),)).outcome is OPEN


@pytest.mark.parametrize(
    ("text", "code", "outcome", "symbols"),
    [
        ("ingot", "2805.30.11.00", FOUND, "Nd"),
        ("ingot", "280530", FOUND, "Nd Dy"),
        ("block", "8505 11 10 00", FOUND, "Pr Nd Dy"),
        ("magnet", "8505.11.10.00", FOUND, "Pr Nd Dy"),
        ("goods 8505111000", None, FOUND, "Pr Nd Dy"),
        ("goods", "8501.31", OPEN, "Nd"),
        ("goods", "8505.11", OPEN, "Nd Sm"),
        ("magnet", "8505.19.10", NONE, ""),
        ("goods", "9999.99", NONE, ""),
        ("bracket", "8501.31", NONE, ""),
    ],
)
def test_customs_codes_count_where_the_text_says_less(
    text: str, code: str | None, outcome: LineOutcome, symbols: str
) -> None:
    answer = identify(text, hs_code=code)

    assert answer.outcome is outcome
    assert " ".join(item.symbol for item in answer.elements) == symbols


def test_a_code_against_the_text_is_reported() -> None:
    answer = identify("NdFeB magnet", hs_code="8505.19.10")

    assert answer.outcome is FOUND
    assert "hs_conflict" in [warning[0] for warning in answer.warnings]


def test_the_sector_is_a_second_hint() -> None:
    line = replace(LINE, description="circulator")

    assert IDENTIFIER.identify(line).outcome is NONE
    assert IDENTIFIER.identify(line, bom_sector="telecom").outcome is OPEN
    assert IDENTIFIER.identify(replace(line, sector="telecom")).outcome is OPEN
    assert identify("circulator 2 GHz").outcome is OPEN


def test_a_material_column_counts_and_a_remark_only_sharpens() -> None:
    column = (("Werkstoff", "NdFeB"),)
    remark = (("Notes", "has a neodymium magnet"),)

    assert identify("ring 10 mm", raw=column).outcome is FOUND
    assert identify("magnet 10 mm", raw=remark).outcome is FOUND
    assert identify("screw M3", raw=remark).outcome is NONE


def test_rows_in_are_rows_out() -> None:
    lines = tuple(
        replace(LINE, line_id=str(number), description=text)
        for number, text in enumerate(["magnet", "steel", "magnet", None, "NdFeB", "magnet"])
    )

    answers = IDENTIFIER.identify_bom(Bom(id="b", lines=lines))

    assert [answer.line_id for answer in answers] == [line.line_id for line in lines]
    assert answers == tuple(IDENTIFIER.identify(line) for line in lines)


def test_certain_elements_are_certain() -> None:
    assert identify("neodymium oxide").elements[0].presence == ONE


@pytest.mark.parametrize(
    "text", ["magnet Y30 10 mm", "Magnet Y30BH segment", "magnet Y30H-1", "Y30 arc magnet N42"]
)
def test_a_grade_of_ferrite_says_that_a_magnet_holds_none(text: str) -> None:
    answer = identify(text)

    assert answer.outcome is NONE
    assert answer.evidence[0].kind == "grade"


def test_a_class_of_another_classification_counts() -> None:
    assert identify("goods", raw=(("UNSPSC", "12141603"),)).outcome is FOUND
    assert identify("goods", category="12141600").outcome is FOUND
    assert identify("goods", raw=(("UNSPSC", "99999999"),)).outcome is NONE
    assert identify("screws", raw=(("UNSPSC", "12141603"),)).outcome is NONE


@pytest.mark.parametrize(
    ("status", "confidence"),
    [
        (Status.VERIFIED, CONFIDENCE["material"]),
        (Status.DERIVED, CONFIDENCE["material"]),
        (Status.UNVERIFIED, CONFIDENCE["recalled"]),
        (Status.JUDGEMENT, CONFIDENCE["recalled"]),
    ],
)
def test_what_nobody_read_a_document_for_lowers_the_confidence(
    status: Status, confidence: float
) -> None:
    reference = small_reference()
    smco = reference.materials["smco"]
    smco = replace(smco, provenance=replace(PROVENANCE, status=status))
    known = replace(reference, materials={**reference.materials, "smco": smco})

    answer = compile_identifier(known).identify(replace(LINE, description="SmCo ring"))

    assert answer.outcome is FOUND
    assert answer.confidence == confidence
