"""Counts of values: deleting any of them shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import ReferenceDataError
from app.refdata.counts import (
    check_minimum_counts,
    count_all,
    count_values,
    data_files,
    load_minimum_counts,
    record_counts,
)


def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "t.csv").write_text("a,sources\n1,x y\n,z\n")
    (tmp_path / "a.yaml").write_text("k: [1, 2]\n")
    (tmp_path / "readme.txt").write_text("no data")
    return tmp_path


def test_only_data_files_are_seen_and_in_order(tmp_path: Path) -> None:
    found = [path.relative_to(tmp_path).as_posix() for path in data_files(folder(tmp_path))]

    assert found == ["a.yaml", "b/t.csv"]


def test_yaml_counts_keys_and_values() -> None:
    assert count_values("a: 1\nb: [x, y]\nc:\nd: null\ne: ''\n", name="f.yaml") == 9


def test_csv_counts_filled_cells_and_each_source_of_a_list() -> None:
    assert count_values("a,sources\n1,x y\n,z\n", name="f.csv") == 4
    assert count_values("# remark\na,sources\n1,x y\n", name="f.csv") == 3
    assert count_values("", name="f.csv") == 0


@pytest.mark.parametrize(("name", "content"), [("f.yaml", "a: ["), ("f.csv", '"')])
def test_what_cannot_be_read_is_named(name: str, content: str) -> None:
    with pytest.raises(ReferenceDataError, match=f"{name}: cannot be read"):
        count_values(f"{content}\nx", name=name)


def test_a_recorded_folder_passes(tmp_path: Path) -> None:
    root = folder(tmp_path)
    record_counts(root)

    check_minimum_counts(root)

    assert load_minimum_counts(root) == {"a.yaml": 3, "b/t.csv": 4} == count_all(root)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", "k: [1]\n"),
        ("b/t.csv", "a,sources\n1,x\n,z\n"),
        ("b/t.csv", "a,sources\n1,x y\n"),
    ],
)
def test_a_value_less_is_refused(tmp_path: Path, name: str, content: str) -> None:
    root = folder(tmp_path)
    record_counts(root)
    (root / name).write_text(content)

    with pytest.raises(ReferenceDataError, match=f"{name}: holds"):
        check_minimum_counts(root)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    root = folder(tmp_path)
    record_counts(root)
    (root / "a.yaml").unlink()

    with pytest.raises(ReferenceDataError, match=r"a\.yaml: holds 0 values"):
        check_minimum_counts(root)


def test_more_values_pass(tmp_path: Path) -> None:
    root = folder(tmp_path)
    record_counts(root)
    (root / "a.yaml").write_text("k: [1, 2, 3]\n")
    (root / "new.yaml").write_text("k: 1\n")

    check_minimum_counts(root)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "a.yaml").write_bytes(b"\xe9")

    with pytest.raises(ReferenceDataError, match=r"a\.yaml: cannot be read"):
        count_all(root)


def test_a_record_of_something_else_than_numbers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "minimum_counts.yaml").write_text("a: many\n")

    with pytest.raises(ReferenceDataError, match="'a' must be a whole number"):
        load_minimum_counts(tmp_path)
