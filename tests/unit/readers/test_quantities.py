from __future__ import annotations

import pytest

from app.readers.number_text import DecimalMark, decimal_mark, parse_number
from app.readers.quantities import parse_quantity

CERTAIN = [
    ("12个", 12.0, "个"),
    ("4 pair", 4.0, "pair"),
    ("2m", 2.0, "m"),
    ("10m", 10.0, "m"),
    ("1 set", 1.0, "set"),
    ("4 inch", 4.0, "inch"),
    ("１２個", 12.0, "個"),
    ("1套", 1.0, "套"),
    ("12 Stk.", 12.0, "Stk"),
    ("1.51 m^2", 1.51, "m^2"),
    ("100 %", 100.0, "%"),
    ("0", 0.0, None),
    ("x4", 4.0, None),
    ("4x", 4.0, None),
    ("1 000", 1000.0, None),
    ("1\u202f000,5", 1000.5, None),
    ("1'000", 1000.0, None),
    ("1.234,5 kg", 1234.5, "kg"),
    ("1,234.5", 1234.5, None),
    ("5,29", 5.29, None),
    ("2.50", 2.5, None),
    ("1e3", 1000.0, None),
    ("12 [mm]", 12.0, "mm"),
    ("3 g/Part", 3.0, "g/Part"),
]


@pytest.mark.parametrize(("text", "value", "unit"), CERTAIN)
def test_a_number_with_a_unit_is_read_without_remark(
    text: str, value: float, unit: str | None
) -> None:
    read = parse_quantity(text)

    assert (read.value, read.unit, read.remarks) == (value, unit, ())


REMARKED = [
    ("~2", 2.0, "quantity_approximate"),
    ("ca. 3", 3.0, "quantity_approximate"),
    ("约5个", 5.0, "quantity_approximate"),
    (">5", 5.0, "quantity_bound"),
    ("0-1", 1.0, "quantity_range"),
    ("2–3 pcs", 3.0, "quantity_range"),
    ("一卷", 1.0, "quantity_in_words"),
    ("两个", 2.0, "quantity_in_words"),
    ("12 (6+6)", 12.0, "quantity_with_note"),
    ("4 pcs (spare 2)", 4.0, "quantity_with_note"),
]


@pytest.mark.parametrize(("text", "value", "code"), REMARKED)
def test_a_doubtful_number_is_read_with_a_remark(text: str, value: float, code: str) -> None:
    read = parse_quantity(text)

    assert read.value == value
    assert [remark for remark, _ in read.remarks] == [code]


UNREAD = [
    ("", "quantity_missing"),
    ("-", "quantity_missing"),
    ("n/a", "quantity_missing"),
    ("若干", "quantity_in_words"),
    ("少量", "quantity_in_words"),
    ("as required", "quantity_in_words"),
    ("A/R", "quantity_in_words"),
    ("some", "quantity_in_words"),
    ("5,29 zł", "money_in_quantity"),
    ("$4", "money_in_quantity"),
    ("2 x 3", "quantity_not_a_number"),
    ("1/2", "quantity_not_a_number"),
    ("1+1", "quantity_not_a_number"),
    ("see note", "quantity_not_a_number"),
    ("12ABC34", "quantity_not_a_number"),
    ("-3", "quantity_negative"),
    ("5.00-", "quantity_negative"),
    ("1e400", "quantity_not_a_number"),
    ("1-1e400", "quantity_not_a_number"),
    ("nan", "quantity_not_a_number"),
    ("inf", "quantity_not_a_number"),
    ("9" * 60, "quantity_not_a_number"),
]


@pytest.mark.parametrize(("text", "code"), UNREAD)
def test_what_holds_no_number_is_never_one(text: str, code: str) -> None:
    read = parse_quantity(text)

    assert read.value is None
    assert [remark for remark, _ in read.remarks] == [code]


def test_a_thousand_or_one_depends_on_the_column() -> None:
    assert parse_quantity("1.000", DecimalMark.COMMA).value == 1000.0
    assert parse_quantity("1.000", DecimalMark.POINT).value == 1.0
    assert parse_quantity("1.000", DecimalMark.UNKNOWN).remarks[0][0] == "ambiguous_number"
    assert parse_quantity("1,000", DecimalMark.POINT).value == 1000.0
    assert parse_quantity("1,000", DecimalMark.COMMA).value == 1.0


MARKS = [
    (["5,29", "1.000"], DecimalMark.COMMA),
    (["5.29", "1,000"], DecimalMark.POINT),
    (["1.000", "2.000", "12.500"], DecimalMark.POINT),
    (["1.000", "12", "7"], DecimalMark.COMMA),
    (["1,000", "12"], DecimalMark.POINT),
    (["3.793", "0"], DecimalMark.UNKNOWN),
    (["1.000"], DecimalMark.UNKNOWN),
    (["1.234.567"], DecimalMark.COMMA),
    (["1.234,5"], DecimalMark.COMMA),
    (["0.500"], DecimalMark.POINT),
    (["1", "2"], DecimalMark.UNKNOWN),
    (["some", ""], DecimalMark.UNKNOWN),
    (["1.5", "2,5"], DecimalMark.UNKNOWN),
]


@pytest.mark.parametrize(("texts", "mark"), MARKS)
def test_a_column_agrees_on_its_decimal_mark(texts: list[str], mark: DecimalMark) -> None:
    assert decimal_mark(texts) is mark


NUMBERS = [
    ("1.234,50", "1234.50"),
    ("1.2.3", None),
    ("1,2,3", None),
    ("1.23.456", None),
    ("1,234.567.8", None),
    ("12,34.5", None),
    ("5.00-", "-5.00"),
    ("+7", "7"),
    ("−7", "-7"),
    ("7 pcs", None),
    (".5", "0.5"),
    ("1e999", "1E+999"),
    ("", None),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_whole_text_is_a_number_or_nothing(text: str, value: str | None) -> None:
    read = parse_number(text)

    assert (str(read) if read is not None else None) == value
