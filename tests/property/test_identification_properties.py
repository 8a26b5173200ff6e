"""Laws of identification: nothing raises, nothing is lost, what means nothing changes nothing."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bom import Bom, BomLine, DeclaredMaterial, Supplier
from app.domain.exposure import IdentifiedLine, LineOutcome
from tests.acceptance.identification_lines import identifier, labelled_lines

#: Pieces of which real and strange lines are made.
PIECES = (
    "magnet", "NdFeB", "N42SH", "servo motor", "for", "without", "bracket", "Nd", "Dy-free",
    "ネオジム磁石", "用", "磁铁", "电机", "酸化", "ランタン", "稀土", "无", "Y2O3", "Nd:YAG", "CAS",
    "1313-97-9", "8505111000", "wt%", "22.5", "(", ")", ",", "/", "+", "|", "\x00", "\n", "\t",
    "ﾈｵｼﾞﾑ", "İ", "ß", "\u0301", "\u200b", "😀", "http://a.example/x", "a@b.example", "GmbH", "®",
    "::::", "((((", "----", "0", "10x2", "LED", "white", "X7R", "100nF",
)  # fmt: skip

texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
maybe_texts = st.none() | texts
numbers = st.none() | st.floats(allow_nan=True, allow_infinity=True)

materials = st.builds(
    DeclaredMaterial,
    name=maybe_texts,
    cas=maybe_texts,
    ec=maybe_texts,
    formula=maybe_texts,
    mass_fraction=st.none() | st.floats(0, 1),
    mass_kg=st.none() | st.floats(0, 1e6),
    elements=st.lists(
        st.tuples(st.sampled_from(("Nd", "Dy", "Fe", "Xx", "")), st.floats(-1, 2)), max_size=3
    ).map(tuple),
)
lines = st.builds(
    BomLine,
    line_id=st.text(max_size=5),
    description=maybe_texts,
    part_number=maybe_texts,
    category=maybe_texts,
    hs_code=maybe_texts,
    unit=st.none()
    | st.sampled_from(("pc", "kg", "g", "m", "roll", "pair", "?"))
    | st.text(max_size=4),
    quantity=numbers,
    unit_mass_kg=numbers,
    sector=st.none() | st.sampled_from(("telecom", "defence", "?")),
    manufacturer=maybe_texts,
    suppliers=st.lists(st.builds(Supplier, name=maybe_texts), max_size=2).map(tuple),
    materials=st.lists(materials, max_size=3).map(tuple),
    product_type=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    raw=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    parent_line_id=st.none() | st.text(max_size=2),
)

#: What may stand in any line without saying anything about rare earths.
NOISE = (
    "https://www.neodymium-magnet.example/ndfeb-n52?q=dysprosium",
    "www.samarium-cobalt.example/smco",
    "sales@neodymium.example",
    "ER32", "SM thread", "NeoPixel", "Y capacitor", "ND filter", "magnet wire",
    "permanent mold cast", "N0403.12N.2", "Dyn11", "TB-10", "CE", "EU", "Buna-N", "SC/APC",
)  # fmt: skip

plain_lines = st.sampled_from(
    [label.text for label in labelled_lines() if label.group == "none" and not label.outcome]
)


def identify(**fields: object) -> IdentifiedLine:
    """Return what a line holds."""
    return identifier().identify(BomLine(line_id="1", **fields))  # type: ignore[arg-type] # test data


@given(lines)
def test_no_line_raises_and_every_answer_holds_together(line: BomLine) -> None:
    answer = identifier().identify(line)

    assert answer.line_id == line.line_id
    assert 0 <= answer.confidence <= 1
    assert answer.reason
    found = answer.outcome is LineOutcome.RARE_EARTHS_FOUND
    assert bool(answer.elements) or not found
    assert answer.outcome is not LineOutcome.NO_RARE_EARTHS or not answer.elements
    for item in answer.elements:
        assert found or item.presence.low == 0
        assert item.mass_kg is None or item.mass_kg.low == 0 or item.presence.low == 1
    for evidence in answer.evidence:
        if evidence.start is not None and evidence.field in ("description", "category"):
            text = getattr(line, evidence.field)
            assert text[evidence.start : evidence.end].strip() == evidence.text.strip()


@given(st.lists(lines, max_size=8))
def test_rows_in_are_rows_out_in_order(given_lines: list[BomLine]) -> None:
    answers = identifier().identify_bom(Bom(id="b", lines=tuple(given_lines)))

    assert [answer.line_id for answer in answers] == [line.line_id for line in given_lines]


@given(st.lists(texts, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(descriptions: list[str], random: object) -> None:
    own = [
        BomLine(line_id=str(number), description=text, quantity=1.0)
        for number, text in enumerate(descriptions)
    ]
    shuffled = list(own)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a Random

    first = {answer.line_id: answer for answer in identifier().identify_lines(own)}
    second = {answer.line_id: answer for answer in identifier().identify_lines(shuffled)}

    assert first == second


@given(plain_lines, st.sampled_from(NOISE), st.booleans())
def test_what_means_nothing_finds_nothing(text: str, noise: str, before: bool) -> None:
    joined = f"{noise}, {text}" if before else f"{text}, {noise}"

    assert identify(description=joined).outcome is not LineOutcome.RARE_EARTHS_FOUND


@given(
    st.sampled_from([label.text for label in labelled_lines() if label.group == "found"]),
    st.floats(1e-6, 1e6),
)
def test_grams_and_kilograms_agree(text: str, kilograms: float) -> None:
    heavy = identify(description=text, quantity=kilograms, unit="kg")
    light = identify(description=text, quantity=kilograms * 1000, unit="g")

    assert [item.symbol for item in heavy.elements] == [item.symbol for item in light.elements]
    for one, other in zip(heavy.elements, light.elements, strict=True):
        assert (one.mass_kg is None) == (other.mass_kg is None)
        if one.mass_kg is not None and other.mass_kg is not None:
            assert one.mass_kg.nominal == pytest.approx(other.mass_kg.nominal, rel=1e-9)
            assert one.mass_kg.high == pytest.approx(other.mass_kg.high, rel=1e-9)


@given(
    st.sampled_from([label.text for label in labelled_lines() if label.group == "found"]),
    st.floats(0.001, 1e3),
    st.integers(1, 50),
)
def test_twice_the_pieces_have_twice_the_mass(text: str, unit_mass: float, pieces: int) -> None:
    line = BomLine(line_id="1", description=text, quantity=float(pieces), unit_mass_kg=unit_mass)
    once = identifier().identify(line)
    twice = identifier().identify(replace(line, quantity=2.0 * pieces))

    for one, other in zip(once.elements, twice.elements, strict=True):
        if one.mass_kg is not None and other.mass_kg is not None:
            assert other.mass_kg.high == pytest.approx(2 * one.mass_kg.high, rel=1e-9)


@pytest.mark.parametrize(
    "piece",
    [
        "magnet ", "motor for ", "a", "Nd", "((((", "1-", "N42", "稀土", "ネオジム", "no magnet, ",
        "a@", "www.", "http://", "Nd:", "Y2O3", "GmbH neodymium ", "8505", ". ", "|", "\u0301",
        "bracket motor ", "with magnet for motor ", "Dy and Tb free ", "10x", "wt%", "x.com ",
    ],
)  # fmt: skip
def test_longer_text_costs_in_proportion(piece: str) -> None:
    """Eight times the text may take no more than forty times the time, with room for noise."""
    short, long = (piece * (size // len(piece)) for size in (2_000, 16_000))
    identify(description=short)

    durations = []
    for text in (short, long):
        best = min(_seconds(text) for _ in range(3))
        durations.append(best)

    assert durations[1] < 40 * durations[0] + 0.05


def _seconds(text: str) -> float:
    """Return how long one identification takes [s]."""
    start = time.perf_counter()
    identify(description=text)
    return time.perf_counter() - start
