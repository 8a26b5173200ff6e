"""How alike company names are, by letters and by sound."""

from __future__ import annotations

import pytest

from app.scoring.names import (
    begins_like,
    edit_distance,
    normalised_name,
    similarity,
    sound,
    trigrams,
)


@pytest.mark.parametrize(
    ("word", "other", "distance"),
    [("", "", 0), ("abc", "", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("ab", "ba", 2)],
)
def test_edit_distance(word: str, other: str, distance: int) -> None:
    assert edit_distance(word, other) == edit_distance(other, word) == distance


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("alpha beta", "beta alpha", 1.0),
        ("alphabeta", "alpha beta", 1.0),
        ("alpha", "omega", 0.0),
        # A word counts with 6 letters at least: 12 common of 12 + 6.
        ("alpha", "alpha beta", 12 / 18),
        # Five of six letters: 2 x 6 x 5/6 of 12.
        ("alphas", "alphax", 5 / 6),
        # Each word is used once: the second "alpha" finds no partner.
        ("alpha alpha", "alpha", 12 / 18),
        ("", "", 1.0),
    ],
)
def test_similarity(name: str, other: str, expected: float) -> None:
    assert similarity(name, other) == pytest.approx(expected)
    assert similarity(other, name) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("エンジニアリング", "engineering"),
        ("マリンマシナリ", "marine machinery"),
        ("ターボチャージャ", "turbocharger"),
        ("ネットワーク", "network"),
        ("ナショナルセキュリティ", "national security"),
        ("シエラネバダ", "sierra nevada"),
        ("フィリップス", "philips"),
        ("クイックサービス", "quick service"),
        ("ヴァルカン", "vulcan"),
        ("きょうとつうしん", "kyoto tsushin"),
    ],
)
def test_kana_sound_like_the_words_that_they_spell(kana: str, latin: str) -> None:
    assert sound(normalised_name(kana)) == sound(latin) != ""


def test_chinese_characters_spell_no_sound() -> None:
    assert sound("ihi原動機") == ""
    assert sound("") == ""


def test_a_name_begins_like_a_listed_one_word_by_word() -> None:
    assert begins_like("listed works europe", "listed works")
    assert not begins_like("listed works", "listed works")
    assert not begins_like("listed workshop europe", "listed works")


def test_short_texts_have_trigrams_too() -> None:
    assert trigrams("") == {"^$"}
    assert trigrams("ab") == {"^ab", "ab$"}
