"""Folding: one shape for all writing, and the way back to the caller's positions."""

from __future__ import annotations

import pytest

from app.identification.folding import fold, without_addresses


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Servo  Motor", " servo motor "),
        ("Disc-Magnet (NdFeB), 6 mm", " disc magnet | ndfeb | | 6 mm "),
        ("stage_MS-8000", " stage ms 8000 "),
        ("用LED電球", " 用 led 電球 "),
        ("LED 電球", " led 電球 "),
        ("ﾈｵｼﾞﾑ磁石", " ネオジム磁石 "),
        ("ＮｄＦｅＢ", " ndfeb "),
        ("Wire - Motor", " wire | motor "),
        ("Wire – Motor", " wire | motor "),
        ("Nd:YAG", " nd | yag "),
        ("Größe 5", " größe 5 "),
    ],
)
def test_text_is_folded_to_one_shape(text: str, folded: str) -> None:
    assert fold(text).folded == folded


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Disc  (NdFeB) 6 mm", "NdFeB"),
        ("角型　ネオジム磁石　N35", "ネオジム磁石"),
        ("ﾈｵｼﾞﾑ磁石", "ﾈｵｼﾞﾑ磁石"),
        ("LED電球 9W", "LED電球"),
        ("a - b, magnet", "magnet"),
    ],
)
def test_a_span_leads_back_to_the_callers_text(text: str, word: str) -> None:
    folded = fold(text)
    key = fold(word).folded.strip()
    start = folded.folded.index(key)

    first, last = folded.span(start, start + len(key))

    assert text[first:last] == word


def test_the_case_of_the_text_is_kept_beside() -> None:
    folded = fold("Cap X7R")
    start = folded.folded.index("x7r")

    assert folded.kept(start, start + 3) == "X7R"


def test_a_letter_whose_lower_case_is_longer_does_not_move_the_rest() -> None:
    folded = fold("İ magnet")

    assert folded.folded.endswith(" magnet ")
    assert len(folded.folded) == len(" İ magnet ")


@pytest.mark.parametrize(
    "text",
    [
        "see https://neodymium.example/n52?x=1 now",
        "see www.neodymium-magnets.example/a now",
        "see neodymium-magnets.com/n52 now",
        "see sales@neodymium.example now",
        "see ftp://neodymium.example now",
    ],
)
def test_addresses_are_blanked_and_the_length_stays(text: str) -> None:
    blanked = without_addresses(text)

    assert blanked.split() == ["see", "now"]
    assert len(blanked) == len(text)


@pytest.mark.parametrize("text", ["N42 7.5 g", "0.1uF 16 V", "Fixed. Magnet", "5V @ 2A", "no. 5"])
def test_text_without_addresses_stays(text: str) -> None:
    assert without_addresses(text) == text


def test_an_address_ends_where_east_asian_writing_begins() -> None:
    assert without_addresses("購入先http://a.example/b磁石").strip().endswith("磁石")
    assert "http" not in without_addresses("購入先http://a.example/b磁石")
