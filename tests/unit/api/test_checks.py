"""Checks across the lines of a request."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from app.api.checks import keys_of, keys_of_raw, line_faults
from app.api.schemas.bom import LineBody
from app.batch.vocabulary import Vocabulary

VOCABULARY = Vocabulary({"electronics": "electronics", "消费电子": "electronics"})
PATH = ("bom", "lines")


def codes(*lines: Mapping[str, object]) -> list[tuple[str, str | None]]:
    keys = [keys_of_raw({"description": "x", **line}) for line in lines]
    return [(fault.code, fault.pointer) for fault in line_faults(keys, VOCABULARY, path=PATH)]


def test_lines_that_fit_have_no_fault() -> None:
    assert codes({"line_id": "1"}, {"line_id": "2", "parent_line_id": "1"}, {}) == []


def test_an_alias_of_a_sector_fits() -> None:
    assert codes({"sector": " 消费电子 "}) == []


def test_each_line_of_a_circle_is_told_and_those_that_hang_on_it_are_not() -> None:
    assert codes(
        {"line_id": "a", "parent_line_id": "c"},
        {"line_id": "b", "parent_line_id": "a"},
        {"line_id": "c", "parent_line_id": "b"},
        {"line_id": "d", "parent_line_id": "a"},
    ) == [
        ("parent_cycle", "/bom/lines/0/parent_line_id"),
        ("parent_cycle", "/bom/lines/1/parent_line_id"),
        ("parent_cycle", "/bom/lines/2/parent_line_id"),
    ]


def test_a_third_line_of_the_same_id_is_told_too() -> None:
    assert codes({"line_id": "1"}, {"line_id": "1"}, {"line_id": "1"}) == [
        ("duplicate_line_id", "/bom/lines/1/line_id"),
        ("duplicate_line_id", "/bom/lines/2/line_id"),
    ]


def test_a_code_that_may_be_of_recommendation_20_is_a_unit_and_a_word_is_not() -> None:
    assert codes({"unit": "KGM"}, {"unit": "4K"}, {"unit": "个"}) == []
    assert codes({"unit": "wheelbarrow"}) == [("unknown_unit", "/bom/lines/0/unit")]


def test_shares_may_exceed_one_by_rounding_only() -> None:
    near = {"suppliers": [{"share": 0.5}, {"share": 0.5005}]}
    over = {"suppliers": [{"share": 0.5}, {"share": 0.502}]}

    assert codes(near) == []
    assert codes(over) == [("shares_over_one", "/bom/lines/0/suppliers")]


def test_shares_of_different_stages_are_not_added() -> None:
    sourcing = [{"stage": stage, "country": "CN", "share": 0.9} for stage in ("metal", "magnet")]

    assert codes({"sourcing": sourcing}) == []


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)
FIELDS = ("line_id", "parent_line_id", "unit", "sector", "materials", "supplier", "suppliers",
          "sourcing", "description")  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), JUNK) | JUNK, max_size=4))
def test_any_junk_can_be_checked(lines: list[object]) -> None:
    faults = line_faults([keys_of_raw(line) for line in lines], VOCABULARY, path=PATH)

    assert all(fault.detail and fault.pointer for fault in faults)


def test_a_validated_line_has_the_same_keys_as_its_json() -> None:
    raw = {
        "line_id": "1",
        "description": "x",
        "parent_line_id": "2",
        "unit": "kg",
        "sector": "electronics",
        "materials": [{"name": "a", "elements": {"Nd": 0.3}}],
        "suppliers": [{"country": "JP", "share": 0.4}],
        "sourcing": [{"stage": "metal", "country": "CN", "share": 0.5}],
    }

    assert keys_of(LineBody.model_validate(raw)) == keys_of_raw(raw)
