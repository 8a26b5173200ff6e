"""Typed getters: what they return, and how they refuse."""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.domain.triple import Triple
from app.errors import ReferenceDataError
from app.refdata.text_record import TextRecord, gather, unique
from app.refdata.yaml_text import YamlText


class Colour(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


def record(**values: YamlText) -> TextRecord:
    return TextRecord("f: row 2", values, optional=values)


@pytest.mark.parametrize(
    ("get", "value", "expected"),
    [
        (TextRecord.text, "x", "x"),
        (TextRecord.text_or_none, None, None),
        (TextRecord.number, "-1.5e3", -1500.0),
        (TextRecord.number_or_none, None, None),
        (TextRecord.number_or_none, "2", 2.0),
        (TextRecord.share, "0.25", 0.25),
        (TextRecord.integer, "-7", -7),
        (TextRecord.flag, "true", True),
        (TextRecord.flag, "false", False),
        (TextRecord.day, "2025-10-09", date(2025, 10, 9)),
        (TextRecord.day_or_none, None, None),
        (TextRecord.day_or_none, "2025-10-09", date(2025, 10, 9)),
        (TextRecord.words, "a  b", ("a", "b")),
        (TextRecord.words, ["a b", "c"], ("a b", "c")),
        (TextRecord.words, None, ()),
        (TextRecord.lists, [["a"], []], (("a",), ())),
        (TextRecord.lists, None, ()),
        (TextRecord.numbers, {"a": "1", "b": "0.5"}, {"a": 1.0, "b": 0.5}),
        (TextRecord.numbers, None, {}),
        (TextRecord.number_lists, {"a": "1", "b": ["2", "3"]}, {"a": (1.0,), "b": (2.0, 3.0)}),
        (TextRecord.triple, "0.5", Triple(0.5, 0.5, 0.5)),
        (TextRecord.triple, ["1", "2", "3"], Triple(1.0, 2.0, 3.0)),
        (TextRecord.mapping, None, {}),
        (TextRecord.mapping, {"a": "b"}, {"a": "b"}),
    ],
)
def test_a_getter_returns_the_typed_value(
    get: Callable[[TextRecord, str], Any], value: YamlText, expected: object
) -> None:
    assert get(record(key=value), "key") == expected


@pytest.mark.parametrize(
    ("get", "value", "message"),
    [
        (TextRecord.text, None, "'key' is missing"),
        (TextRecord.text, ["a"], "'key' must be one value"),
        (TextRecord.number, "nan", "'key' must be a finite number, not 'nan'"),
        (TextRecord.number, "inf", "'key' must be a finite number"),
        (TextRecord.number, "1e999", "'key' must be a finite number"),
        (TextRecord.number, "1_000", "'key' must be a finite number"),
        (TextRecord.number, "1,5", "'key' must be a finite number"),
        (TextRecord.share, "-0.1", "'key' must lie between 0 and 1"),
        (TextRecord.share, "1.1", "'key' must lie between 0 and 1"),
        (TextRecord.integer, "1.0", "'key' must be a whole number"),
        (TextRecord.flag, "yes", "'key' must be true or false, not 'yes'"),
        (TextRecord.flag, None, "'key' must be true or false"),
        (TextRecord.day, "2025-13-01", "'key' must be a day as YYYY-MM-DD"),
        (TextRecord.day, "20251009", "'key' must be a day as YYYY-MM-DD"),
        (TextRecord.words, {"a": "b"}, "'key' must be a list of texts"),
        (TextRecord.words, ["a", ["b"]], "'key' must be a list of texts"),
        (TextRecord.lists, "a", "'key' must be a list of lists"),
        (TextRecord.triple, ["1", "2"], "'key' must be one number or"),
        (TextRecord.triple, ["3", "2", "1"], "'key': low <= nominal <= high does not hold"),
        (TextRecord.mapping, "a", "'key' must be a mapping"),
        (TextRecord.record, "a", "must be a mapping of keys"),
        (TextRecord.records, "a", "'key' must be a list"),
        (TextRecord.records, ["a"], "must be a mapping of keys"),
    ],
)
def test_a_getter_names_the_place_and_what_was_expected(
    get: Callable[[TextRecord, str], Any], value: YamlText, message: str
) -> None:
    with pytest.raises(ReferenceDataError) as error:
        get(record(key=value), "key")

    assert str(error.value).startswith("f: row 2")
    assert message in str(error.value)


def test_defaults_stand_in_for_what_is_missing() -> None:
    assert record(key=None).text("key", "x") == "x"
    assert record(key=None).flag("key", default=False) is False


def test_choices_are_members_of_an_enumeration() -> None:
    assert record(key="red").choice("key", Colour) is Colour.RED
    assert record(key="red blue").choices("key", Colour) == (Colour.RED, Colour.BLUE)
    with pytest.raises(ReferenceDataError, match="'key' is 'green', must be one of red, blue"):
        record(key="green").choice("key", Colour)


def test_unknown_and_missing_keys_are_refused() -> None:
    with pytest.raises(ReferenceDataError, match="f: key 'b' is not known"):
        TextRecord("f", {"a": "1", "b": "2"}, required=("a",))
    with pytest.raises(ReferenceDataError, match="f: 'a' is missing"):
        TextRecord("f", {"a": None}, required=("a",))
    with pytest.raises(ReferenceDataError, match="f: must be a mapping"):
        TextRecord("f", ["a"])


def test_nested_records_know_their_place() -> None:
    outer = record(key={"a": "1"}, rows=[{"b": "2"}, {"b": "x"}])

    assert outer.record("key", required=("a",)).integer("a") == 1
    first, second = outer.records("rows", required=("b",))
    assert first.integer("b") == 2
    with pytest.raises(ReferenceDataError, match=r"f: row 2\.rows\[1\]: 'b' must be a whole"):
        second.integer("b")
    assert record(key=None).records("key") == ()


def test_gather_reports_every_bad_item_at_once() -> None:
    rows = [record(key="1"), record(key="x"), record(key="y")]

    with pytest.raises(ReferenceDataError) as error:
        gather(rows, lambda row: row.integer("key"))

    assert len(str(error.value).splitlines()) == 2


def test_unique_refuses_a_repeated_key() -> None:
    assert unique("f", [("a", 1), ("b", 2)]) == {"a": 1, "b": 2}
    with pytest.raises(ReferenceDataError, match="f: 'a' is repeated"):
        unique("f", [("a", 1), ("a", 2)])


def test_has_tells_a_value_from_nothing() -> None:
    row = record(key="", other=None)

    assert row.has("key")
    assert not row.has("other")
    assert not row.has("absent")
