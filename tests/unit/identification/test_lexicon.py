"""The lexicon: longest name first, whole words only, case where it matters."""

from __future__ import annotations

import pytest

from app.domain.vocabulary import WordRole
from app.identification.folding import fold
from app.identification.lexicon import compile_lexicon
from tests.unit.identification.small_reference import small_reference

LEXICON = compile_lexicon(small_reference())


def keys(text: str) -> list[str]:
    """Return the names found in a text."""
    return [hit.entry.key for hit in LEXICON.scan(fold(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ytterbium oxide", ["ytterbium", "oxide"]),
        ("イッテルビウム", ["イッテルビウム"]),
        ("テルビウム", ["テルビウム"]),
        ("magnet wire", ["magnet wire"]),
        ("neodymium magnets", ["neodymium magnet"]),
        ("neodymiumgate", []),
        ("servo motor", ["servo motor"]),
        ("Servomotor 400", ["servomotor"]),
        ("Elektromotor", ["motor"]),
        ("Motorhalter", []),
        ("demagnetise", []),
        ("用LED", ["用"]),
        ("Motor2", ["motor"]),
        ("磁石ホルダ", ["磁石", "ホルダ"]),
    ],
)
def test_names_are_whole_words_and_the_longest_first(text: str, found: list[str]) -> None:
    assert [key for key in keys(text) if key != "led"] == found


@pytest.mark.parametrize(("text", "found"), [("X7R", True), ("x7r", False), ("LED", True)])
def test_case_matters_for_some_names(text: str, found: bool) -> None:
    assert bool(keys(text)) is found


def test_full_width_letters_agree_in_case() -> None:
    assert keys("Ｘ７Ｒ") == ["x7r"]


def test_a_name_passes_on_the_roles_of_words_inside_it() -> None:
    (hit,) = LEXICON.scan(fold("ネオジム磁石"))

    assert WordRole.MAGNET in hit.entry.roles
    assert hit.entry.states_rare_earth
    assert hit.entry.is_object
