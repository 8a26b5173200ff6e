"""The labelled lines of identification, the look-alikes and the positive cases of the data."""

from __future__ import annotations

from collections import Counter

import pytest

from app.domain.elements import RARE_EARTHS
from app.domain.exposure import LineOutcome
from app.domain.materials import Material
from app.refdata.text_record import TextRecord
from app.refdata.yaml_text import read_yaml_text
from tests.acceptance.identification_lines import (
    FOLDER,
    FOUND,
    NONE,
    POSSIBLE,
    fault_of,
    identify,
    labelled_lines,
    reference,
    reported,
    score_of,
)


def rows_of(name: str, key: str) -> tuple[TextRecord, ...]:
    """Return the rows of a file."""
    document = TextRecord(name, read_yaml_text(FOLDER / name), required=(key,))
    return document.records(
        key,
        required=("id", "text", "language"),
        optional=("must_not", "may", "category", "reason", "must", "any_of", "material", "note"),
    )


#: A grade alone may be any code; next to its kind of article it is one.
_KIND: dict[str | None, str] = {"magnet": "magnet", "compound": "lens"}

FALSE_FRIENDS = rows_of("false_friends.yaml", "false_friends")
POSITIVE_CASES = rows_of("positive_cases.yaml", "positive_cases")


def test_the_list_is_as_large_and_as_wide_as_it_must_be() -> None:
    labels = labelled_lines()
    groups = Counter(label.group for label in labels)
    elements = {symbol for label in labels if label.group == FOUND for symbol in label.elements}

    assert len(labels) >= 600
    assert groups[NONE] >= 200
    assert groups[POSSIBLE] >= 100
    assert elements >= set(RARE_EARTHS) - {"Pm"}
    assert len({label.language for label in labels}) >= 5
    assert len({label.text for label in labels}) == len(labels)


def test_recall_and_precision_are_high() -> None:
    score = score_of(labelled_lines())

    assert score.recall >= 0.95
    assert score.precision >= 0.98


@pytest.mark.parametrize("group", [FOUND, POSSIBLE, NONE])
def test_few_answers_of_a_group_are_wrong(group: str) -> None:
    labels = [label for label in labelled_lines() if label.group == group]
    faults = [f"{label.text}: {fault}" for label in labels if (fault := fault_of(label))]

    assert len(faults) <= 0.05 * len(labels), "\n".join(faults)


def test_what_is_only_possible_is_never_certain() -> None:
    certain = [
        label.text
        for label in labelled_lines()
        if label.group == POSSIBLE
        and label.outcome is None
        and identify(label.text).outcome is LineOutcome.RARE_EARTHS_FOUND
    ]

    assert certain == []


@pytest.mark.parametrize("row", FALSE_FRIENDS, ids=lambda row: row.text("id"))
def test_a_look_alike_reports_nothing_that_it_must_not(row: TextRecord) -> None:
    elements = reported(identify(row.text("text")))
    banned = set(row.words("must_not"))

    allowed = set(row.words("may"))
    assert not (elements if "any" in banned else elements & banned - allowed)


@pytest.mark.parametrize("row", POSITIVE_CASES, ids=lambda row: row.text("id"))
def test_a_positive_case_reports_what_it_must(row: TextRecord) -> None:
    elements = reported(identify(row.text("text")))

    assert set(row.words("must")) <= elements
    assert not row.words("any_of") or elements & set(row.words("any_of"))


def test_all_cases_of_the_data_are_there() -> None:
    assert len(FALSE_FRIENDS) == 243
    assert len(POSITIVE_CASES) == 60


def test_every_grade_of_the_data_tells_its_material() -> None:
    unread = [
        (material.name, grade)
        for material in reference().materials.values()
        for grade in material.grade_examples
        if not _always_in(material) & reported(identify(f"{_KIND[material.form]} {grade}"))
    ]

    assert unread == []


def _always_in(material: Material) -> set[str]:
    return {symbol for symbol, share in material.fractions.items() if share.low > 0}
