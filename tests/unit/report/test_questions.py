"""Letters to suppliers: what they hold, in which language, and what they leave out."""

from __future__ import annotations

import pytest

from app.domain.questions import INTERNAL_QUESTIONS, Question, QuestionKind
from app.report.questions import WORDINGS, by_supplier, supplier_letter

NAMES = {"Dy": "dysprosium", "Tb": "terbium"}


def question(kind: QuestionKind = QuestionKind.COMPOSITION, **changes: object) -> Question:
    known: dict[str, object] = {
        "line_id": "40",
        "part_number": "MAG-42",
        "description": "Magnet",
        "suppliers": ("Sample KK",),
        "elements": ("Dy", "Tb"),
        **changes,
    }
    return Question(kind=kind, **known)  # type: ignore[arg-type]  # fields of a question


@pytest.mark.parametrize("language", sorted(WORDINGS))
@pytest.mark.parametrize("kind", sorted(set(QuestionKind) - INTERNAL_QUESTIONS))
def test_every_question_has_words_in_every_language(language: str, kind: QuestionKind) -> None:
    for stage in ("separation", "metal", "magnet", "compound"):
        letter = supplier_letter(
            [question(kind, stage=stage)], language=language, element_names=NAMES
        )

        assert letter.startswith(WORDINGS[language].opening)
        assert letter.endswith(WORDINGS[language].closing)
        assert "MAG-42: Magnet" in letter
        assert "{" not in letter
        assert "1. " in letter
        if kind in {QuestionKind.COMPOSITION, QuestionKind.SOURCING}:
            assert "dysprosium (Dy)" in letter


def test_questions_about_one_part_stand_together_and_are_numbered() -> None:
    letter = supplier_letter(
        [
            question(),
            question(line_id="50", part_number="B", description=None),
            question(QuestionKind.ORIGIN),
        ],
        language="en",
        element_names=NAMES,
    )

    parts = letter.split("\n\n")
    assert [part.splitlines()[0] for part in parts[1:-1]] == [
        "Part MAG-42: Magnet", "Part B",
    ]  # fmt: skip
    assert [line[:2] for line in parts[1].splitlines()[1:]] == ["1.", "2."]


def test_a_part_without_a_name_goes_by_its_line() -> None:
    letter = supplier_letter(
        [question(part_number=None, description=None)], language="en", element_names=NAMES
    )

    assert "Part in line 40" in letter


def test_what_only_the_buyer_knows_is_in_no_letter() -> None:
    internal = [question(kind) for kind in sorted(INTERNAL_QUESTIONS)]

    assert supplier_letter(internal, language="en", element_names=NAMES) == (
        "There is nothing to ask."
    )
    assert by_supplier(internal) == {}


def test_each_supplier_reads_its_own_parts_only() -> None:
    one = question(line_id="1", suppliers=("Beta", "Alpha"))
    two = question(line_id="2", suppliers=("Alpha",))
    nobody = question(line_id="3", suppliers=())

    found = by_supplier([nobody, one, two])

    assert list(found) == ["Alpha", "Beta", None]
    assert found == {"Alpha": (one, two), "Beta": (one,), None: (nobody,)}
