"""What is written with a format's usual library is read back equal; nothing is lost or invented."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.bom import Bom
from app.readers import read_bom
from app.readers.neutral import neutralise_cell
from app.readers.number_text import DecimalMark, decimal_mark, parse_number
from app.readers.quantities import parse_quantity
from tests.ods_writer import ods_workbook
from tests.property.reader_strategies import (
    Row,
    as_delimited,
    as_own_json,
    as_workbook,
    cells,
    plain,
    products,
)


def read_back(bom: Bom) -> list[tuple[object, ...]]:
    return [
        (
            line.part_number,
            line.description,
            line.quantity,
            line.unit,
            line.unit_mass_kg,
            line.suppliers[0].country,
        )
        for line in bom.lines
    ]


def assert_equal_or_ambiguous(bom: Bom, product: list[Row]) -> None:
    """A number in which the mark may group thousands is either right or marked."""
    certain = {
        index
        for index, line in enumerate(bom.lines)
        if "ambiguous_number" not in [code for code, _, _ in line.warnings]
    }
    found, expected = read_back(bom), written(product)
    assert len(found) == len(expected)
    assert [found[index] for index in certain] == [expected[index] for index in certain]
    assert all(a[:2] == b[:2] for a, b in zip(found, expected, strict=True))


def written(product: list[Row]) -> list[tuple[object, ...]]:
    return [
        (row.number, row.name, float(row.quantity), row.unit, float(row.mass_kg), row.country)
        for row in product
    ]


@given(
    products,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_delimited_text_reads_back_equal(product: list[Row], delimiter: str, encoding: str) -> None:
    data = as_delimited(product, delimiter=delimiter, encoding=encoding, comma=False)

    bom = read_bom(data)

    assert_equal_or_ambiguous(bom, product)


@given(products)
def test_a_decimal_comma_reads_back_equal_or_says_that_it_is_ambiguous(product: list[Row]) -> None:
    data = as_delimited(product, delimiter=";", encoding="utf-8", comma=True)

    bom = read_bom(data)

    assert_equal_or_ambiguous(bom, product)


@given(products, st.integers(1, 9), st.integers(1, 6))
def test_a_workbook_reads_back_equal_wherever_the_table_stands(
    product: list[Row], first_row: int, first_column: int
) -> None:
    bom = read_bom(as_workbook(product, first_row=first_row, first_column=first_column))

    assert read_back(bom) == written(product)
    assert [line.row for line in bom.lines] == [first_row + n for n in range(1, len(product) + 1)]


@given(products)
def test_an_open_document_reads_back_equal(product: list[Row]) -> None:
    headers = ["Part Number", "Description", "Quantity", "Unit", "Unit mass (kg)", "Origin"]

    bom = read_bom(ods_workbook([headers, *(cells(row) for row in product)]))

    assert_equal_or_ambiguous(bom, product)


@given(products)
def test_our_own_json_reads_back_equal(product: list[Row]) -> None:
    assert read_back(read_bom(as_own_json(product))) == written(product)


@given(products, st.randoms(use_true_random=False))
def test_rows_in_are_rows_out_in_any_order(product: list[Row], chance: object) -> None:
    shuffled = list(product)
    shuffle = getattr(chance, "shuffle")  # noqa: B009  # typed as object by Hypothesis
    shuffle(shuffled)

    bom = read_bom(as_delimited(shuffled, delimiter=",", encoding="utf-8", comma=False))

    assert_equal_or_ambiguous(bom, shuffled)
    assert len({line.line_id for line in bom.lines}) == len(product)


@given(st.text(max_size=40))
def test_a_quantity_is_a_number_from_zero_or_a_warning(text: str) -> None:
    read = parse_quantity(text)

    if read.value is None:
        assert read.remarks
    else:
        assert 0 <= read.value < float("inf")


@given(st.text(alphabet=st.characters(exclude_categories=("Nd", "No", "Nl", "Lo")), max_size=30))
def test_a_text_without_digits_is_never_a_quantity(text: str) -> None:
    assert parse_quantity(text).value is None


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_grouped_and_plain_numbers_agree_once_the_column_has_spoken(number: Decimal) -> None:
    english, plain_text = f"{number:,.2f}", f"{number:.2f}"
    german = english.translate(str.maketrans(",.", ".,"))

    assert parse_number(english, DecimalMark.POINT) == Decimal(plain_text)
    assert parse_number(german, DecimalMark.COMMA) == Decimal(plain_text)
    assert decimal_mark([english, "0.50"]) is DecimalMark.POINT
    assert decimal_mark([german, "0,50"]) is DecimalMark.COMMA


@given(st.text(max_size=60))
def test_no_written_cell_begins_like_a_formula(text: str) -> None:
    out = neutralise_cell(text)

    if out.lstrip().startswith(("=", "@", "+", "-")):
        float(out.strip().rstrip("%").strip().replace(",", "."))
    assert neutralise_cell(out) == out


@given(products)
def test_a_part_that_is_listed_twice_is_two_lines(product: list[Row]) -> None:
    doubled = product + product

    bom = read_bom(as_delimited(doubled, delimiter=",", encoding="utf-8", comma=False))

    assert_equal_or_ambiguous(bom, doubled)


def test_the_strategy_writes_numbers_plainly() -> None:
    assert plain(Decimal("1E+3")) == "1000"
