"""The YAML reader: text only, and nothing that could hide a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import ReferenceDataError
from app.refdata.yaml_text import parse_yaml_text, read_yaml_text


def test_every_scalar_stays_text() -> None:
    value = parse_yaml_text("a: NO\nb: on\nc: 00123\nd: 1.50\ne: 2025-01-01", name="f")

    assert value == {"a": "NO", "b": "on", "c": "00123", "d": "1.50", "e": "2025-01-01"}


def test_unquoted_null_tilde_and_nothing_are_none_but_quoted_ones_are_text() -> None:
    value = parse_yaml_text("a: null\nb: ~\nc:\nd: 'null'\ne: ''", name="f")

    assert value == {"a": None, "b": None, "c": None, "d": "null", "e": ""}


def test_lists_and_mappings_nest() -> None:
    value = parse_yaml_text("a: [x, {b: y}]\nc:\n- d\n- [e]", name="f")

    assert value == {"a": ["x", {"b": "y"}], "c": ["d", ["e"]]}


def test_an_empty_document_is_none() -> None:
    assert parse_yaml_text("# nothing\n", name="f") is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: 1\nb: 2\na: 3", "f: line 3: key 'a' is repeated"),
        ("x:\n  a: 1\n  a: 2", "f: line 3: key 'a' is repeated"),
        ("a: &k 1\nb: *k", "f: line 1: anchors, aliases and tags are refused"),
        ("a: [*k]", "f: "),
        ("a: !!int 1", "f: line 1: anchors, aliases and tags are refused"),
        ("? [a]\n: b", "f: line 1: a key must be text"),
        ("a: 1\n---\nb: 2", "f: holds more than one document"),
        ("a: [1", "f: is no valid YAML"),
    ],
)
def test_what_could_hide_a_mistake_is_refused(content: str, message: str) -> None:
    with pytest.raises(ReferenceDataError) as error:
        parse_yaml_text(content, name="f")

    assert str(error.value).startswith(message)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match=r"gone\.yaml: cannot be read"):
        read_yaml_text(tmp_path / "gone.yaml")


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"a: \xe9")

    with pytest.raises(ReferenceDataError, match=r"^short name: cannot be read"):
        read_yaml_text(path, name="short name")


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text("a: 钕", encoding="utf-8")

    assert read_yaml_text(path) == {"a": "钕"}
