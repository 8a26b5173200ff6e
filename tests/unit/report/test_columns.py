"""Text in columns: wide letters, control characters, wrapping."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.report.columns import clipped, printable, row, styled, width, wrapped


@given(st.text(), st.integers(min_value=4, max_value=30))
def test_a_clipped_text_has_exactly_its_width(text: str, columns: int) -> None:
    assert width(clipped(printable(text), columns)) == columns


@given(st.text(), st.integers(min_value=2, max_value=30))
def test_no_wrapped_line_is_wider_than_its_column(text: str, columns: int) -> None:
    assert all(width(line) <= columns for line in wrapped(printable(text), columns))


@given(st.text())
def test_a_printable_text_cannot_drive_a_terminal(text: str) -> None:
    assert printable(text).isprintable()


def test_a_wrapped_tail_stays_below_itself() -> None:
    assert list(row(("Dy",), (4,), tail="one two three", columns=12)) == [
        "Dy   one two",
        "     three",
    ]


def test_colours_come_only_when_wanted() -> None:
    assert styled("x", "severe", colours=False) == "x"
    assert styled("x", "severe", colours=True) == "\x1b[31mx\x1b[0m"
    assert styled("x", "", colours=True) == "x"


def test_an_id_is_not_broken_at_its_hyphens() -> None:
    assert wrapped("by law CN-ORDLIC-2015", 14) == ["by law", "CN-ORDLIC-2015"]
