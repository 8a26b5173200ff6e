"""Magnet grades, and the volume of a bare magnet by its printed size."""

from __future__ import annotations

import math

import pytest

from app.identification.grades import find_grade, find_smco_grade, is_bare_grade, volume_of
from tests.unit.identification.small_reference import small_reference

RULE = small_reference().grade_rule
WORDS = frozenset(("disc", "nickel"))


@pytest.mark.parametrize(
    ("text", "suffix", "material"),
    [
        ("magnet N42", "", "ndfeb_n"),
        ("N42SH", "SH", "ndfeb_sh"),
        ("35SH arc", "SH", "ndfeb_sh"),
        ("N42-SH", "SH", "ndfeb_sh"),
        ("N35-10x2", "", "ndfeb_n"),
        ("42 SH", "SH", "ndfeb_sh"),
    ],
)
def test_grades_are_read(text: str, suffix: str, material: str) -> None:
    grade = find_grade(text, RULE)

    assert grade is not None
    assert (grade.suffix, grade.material) == (suffix, material)


@pytest.mark.parametrize(
    "text",
    [
        "N0403.12N.2", "N48SHV valve", "N87", "N308", "42", "ND1000", "42 H bar", "N42.5",
        "AN42", "N95", "N12SH", "N42UH",
    ],
)  # fmt: skip
def test_other_codes_are_no_grades(text: str) -> None:
    assert find_grade(text, RULE) is None


@pytest.mark.parametrize("text", ["YXG-28H block", "SmCo26", "Recoma 30 disc", "XGS 28"])
def test_grades_of_smco_are_read(text: str) -> None:
    assert find_smco_grade(text) is not None


def test_a_zip_code_is_no_smco_grade() -> None:
    assert find_smco_grade("SMCO Industries") is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("N52 12x5x3mm", True),
        ("N50 1/2 x 1/8 x 1/16in", True),
        ("N42 disc 10 x 2 mm nickel", True),
        ("N52 hex nut", False),
        ("N42 nut driver 10 x 2", False),
        ("N42", False),
        ("N35 spring pin 3x20", False),
    ],
)
def test_a_grade_stands_alone_only_beside_a_size(text: str, bare: bool) -> None:
    grade = find_grade(text, RULE)

    assert grade is not None
    assert is_bare_grade(text, grade, WORDS) is bare


def test_volumes_follow_from_sizes_in_millimetres() -> None:
    disc = volume_of("disc 10x2", ring=False)
    block = volume_of("20 x 10 x 5 mm", ring=False)
    ring = volume_of("ring 45x22x9", ring=True)

    assert disc is not None
    assert block is not None
    assert ring is not None
    assert disc.nominal == pytest.approx(math.pi / 4 * 100 * 2 * 1e-9)
    assert block.nominal == pytest.approx(1e-6)
    assert block.low == pytest.approx(1e-6 * math.pi / 4)
    assert ring.nominal == pytest.approx(math.pi / 4 * (45**2 - 22**2) * 9 * 1e-9)


@pytest.mark.parametrize("text", ["1/2 x 1/8 in", "0x5", "2000x3", "no size", '1 x 2" thick'])
def test_other_sizes_give_no_volume(text: str) -> None:
    assert volume_of(text, ring=False) is None
