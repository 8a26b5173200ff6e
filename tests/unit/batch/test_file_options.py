"""What a caller says about an odd file, from text to the options of a reader."""

from __future__ import annotations

import pytest

from app.batch.file_options import FileOptions
from app.errors import UnfitFileOptionError


def columns(text: str) -> dict[str, str]:
    return dict(FileOptions(columns=text).read_options().columns)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        (
            "description:Bezeichnung,quantity:Menge",
            {"Bezeichnung": "description", "Menge": "quantity"},
        ),
        ("description: Text, kurz , quantity :C", {"Text, kurz": "description", "C": "quantity"}),
        ("description:Name: long,quantity:2", {"Name: long": "description", "2": "quantity"}),
        ("Bezeichnung:description;Menge=quantity", {"Bezeichnung": "description",
                                                    "Menge": "quantity"}),
        ('{"description": "品", "数": "quantity"}', {"品": "description", "数": "quantity"}),
        ("name:description", {"description": "name"}),
        ("ignore:A,ignore:B", {"A": "ignore", "B": "ignore"}),
    ],
)  # fmt: skip
def test_pairs_of_field_and_header_are_read(text: str, chosen: dict[str, str]) -> None:
    assert columns(text) == chosen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bezeichnung", "no_pairs"),
        ("description:", "no_pairs"),
        ('{"description": 3}', "no_pairs"),
        ("{broken", "no_pairs"),
        ("colour:Farbe", "no_such_field"),
        ("quantity:A,quantity:B", "repeated_field"),
        ("quantity:A,name:A", "repeated_column"),
    ],
)
def test_what_is_no_mapping_is_refused_with_what_to_write(text: str, code: str) -> None:
    with pytest.raises(UnfitFileOptionError) as caught:
        columns(text)

    assert [fault.code for fault in caught.value.faults] == [code]
    assert caught.value.faults[0].pointer == "/columns"


def test_an_unknown_field_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UnfitFileOptionError, match=r"part_number.*quantity"):
        columns("colour:Farbe")


@pytest.mark.parametrize(
    ("text", "sign"), [("tab", "\t"), ("\\t", "\t"), ("Semicolon", ";"), ("^", "^")]
)
def test_a_delimiter_is_a_sign_or_its_name(text: str, sign: str) -> None:
    assert FileOptions(delimiter=text).read_options().delimiter == sign


@pytest.mark.parametrize("text", ["::", "", '"', "\n"])
def test_what_is_no_delimiter_is_refused(text: str) -> None:
    with pytest.raises(UnfitFileOptionError, match="is no delimiter"):
        FileOptions(delimiter=text).read_options()


def test_nothing_said_leaves_everything_to_the_reader() -> None:
    options = FileOptions().read_options()

    assert (dict(options.columns), options.encoding, options.delimiter) == ({}, None, None)
    assert (options.sheet, options.header_row) == (None, None)
