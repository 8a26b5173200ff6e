"""Words around a name: denial, service, ownership."""

from __future__ import annotations

import pytest

from app.identification.lexicon import compile_lexicon
from app.identification.reading import Mark, read_field
from tests.unit.identification.small_reference import small_reference

LEXICON = compile_lexicon(small_reference())


def mark_of(text: str, key: str) -> Mark:
    """Return what became of a name in a text."""
    reading = read_field("description", text, LEXICON)
    return next(
        mark for hit, mark in zip(reading.hits, reading.marks, strict=True) if hit.entry.key == key
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("magnet without neodymium", "neodymium"),
        ("rare earth free magnet", "rare earth"),
        ("free of rare earth", "rare earth"),
        ("Dy-free magnet", "dy"),
        ("Dy/Tb-free magnet", "dy"),
        ("Dy and Tb free", "dy"),
        ("free of Dy and Tb", "tb"),
        ("ネオジムフリー", "ネオジム"),
        ("无稀土 电机", "稀土"),
        ("no magnet, motor 12 V", "magnet"),
    ],
)
def test_a_denial_takes_a_name_back(text: str, key: str) -> None:
    assert mark_of(text, key) is Mark.DENIED


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("no magnet, motor 12 V", "motor"),
        ("magnet, without holder", "magnet"),
        ("neodymium magnet, Dy-free", "neodymium magnet"),
        ("free sample | magnet", "magnet"),
    ],
)
def test_a_denial_reaches_no_further_than_its_list(text: str, key: str) -> None:
    assert mark_of(text, key) is Mark.NONE


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("magnet holder", "magnet"),
        ("motor mounting bracket", "motor"),
        ("bracket for motor", "motor"),
        ("screws, motor", "motor"),
        ("adhesive for neodymium magnet", "neodymium magnet"),
        ("NdFeB magnet holder", "ndfeb"),
        ("磁石用ホルダ", "磁石"),
        ("磁铁固定支架", "磁铁"),
        ("Kabel für motor", "motor"),
        ("support motor", "motor"),
        ("Anschlusskabel motor", "motor"),
    ],
)
def test_a_thing_that_is_only_served_is_taken_back(text: str, key: str) -> None:
    assert mark_of(text, key) is Mark.SERVED


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("motor with bracket", "motor"),
        ("bracket with magnet", "magnet"),
        ("magnet for motor", "magnet"),
        ("motor, cable 2 m", "motor"),
        ("motor 12 V 4 wire", "motor"),
        ("磁石ホルダ付き", "磁石"),
        ("oxide for glass", "oxide"),
        ("magnet, support motor", "magnet"),
    ],
)
def test_a_thing_that_is_the_part_or_in_it_stands(text: str, key: str) -> None:
    assert mark_of(text, key) is Mark.NONE


@pytest.mark.parametrize(
    "text",
    ["Neodymium GmbH consulting", "Neodymium Labs", "Neodymium(R) paste", "Neodymium® paste"],
)
def test_the_name_of_a_company_is_taken_back(text: str) -> None:
    assert mark_of(text, "neodymium") is Mark.OWNED


def test_a_company_further_on_does_not_matter() -> None:
    assert mark_of("neodymium powder, Example GmbH", "neodymium") is Mark.NONE
