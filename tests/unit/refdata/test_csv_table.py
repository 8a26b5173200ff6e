"""The CSV reader: exact header, row numbers in messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import ReferenceDataError
from app.refdata.csv_table import read_csv_table


def table(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_rows_become_records_with_their_line_numbers(tmp_path: Path) -> None:
    path = table(tmp_path, '# a remark\na,b\n1,"x, y"\n2,\n')

    first, second = read_csv_table(path, ("a", "b"), optional=("b",), name="t")

    assert (first.place, first.text("b")) == ("t: row 3", "x, y")
    assert (second.place, second.text_or_none("b")) == ("t: row 4", None)


def test_a_table_may_hold_no_rows(tmp_path: Path) -> None:
    assert read_csv_table(table(tmp_path, "a,b\n"), ("a", "b")) == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("b,a\n1,2\n", "t: header must be ['a', 'b'], not ['b', 'a']"),
        ("a,b,c\n1,2,3\n", "t: header must be"),
        ("", "t: header must be ['a', 'b'], not []"),
        ("a,b\n1\n", "t: row 2: has 1 cells instead of 2"),
        ("a,b\n1,2,3\n", "t: row 2: has 3 cells instead of 2"),
        ("a,b\n1,\n", "t: row 2: 'b' is missing"),
        ('a,b\n"1,2\n', "t: cannot be read"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ReferenceDataError) as error:
        read_csv_table(table(tmp_path, content), ("a", "b"), name="t")

    assert str(error.value).startswith(message)


def test_all_bad_rows_are_reported_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError) as error:
        read_csv_table(table(tmp_path, "a,b\n1,\n1,2\n,2\n"), ("a", "b"), name="t")

    assert str(error.value).splitlines() == ["t: row 2: 'b' is missing", "t: row 4: 'a' is missing"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match=r"gone\.csv: cannot be read"):
        read_csv_table(tmp_path / "gone.csv", ("a",))
