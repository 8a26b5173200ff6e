from __future__ import annotations

import pytest

from app.domain.bom import Bom
from app.errors import UnreadableFileError
from app.readers import read_bom


def quantities(bom: Bom) -> list[tuple[str | None, float | None, str | None]]:
    return [(line.part_number, line.quantity, line.parent_line_id) for line in bom.lines]


def read(text: str) -> Bom:
    return read_bom(text.encode())


def test_levels_multiply_down_to_one_product() -> None:
    bom = read("Level,Part Number,Qty\n1,A,2\n2,B,3\n3,C,4\n2,D,5\n1,E,1\n")

    assert quantities(bom) == [
        ("A", 2.0, None),
        ("B", 6.0, "2"),
        ("C", 24.0, "3"),
        ("D", 10.0, "2"),
        ("E", 1.0, None),
    ]
    assert bom.file is not None
    assert dict(bom.file.notes)["rolled_up"]


@pytest.mark.parametrize(
    "levels",
    [
        ["1", "2", "3"],
        [".1", "..2", "...3"],
        ["1", "1.1", "1.1.1"],
        ["+", "++", "+++"],
        ["0", "1", "2"],
    ],
)
def test_levels_are_written_in_many_ways(levels: list[str]) -> None:
    rows = "".join(f"{level},P{number},2\n" for number, level in enumerate(levels))

    bom = read(f"Level,Part Number,Qty\n{rows}")

    assert [line.quantity for line in bom.lines] == [2.0, 4.0, 8.0]


def test_an_unreadable_level_is_reported() -> None:
    bom = read("Level,Part Number,Qty\n1,A,2\nsub,B,3\n")

    assert bom.lines[1].warnings == (("level_unread", "'sub' is no level", "Level"),)
    assert bom.lines[1].quantity == 3.0


def test_parents_by_part_number_add_up_over_all_their_uses() -> None:
    bom = read("Parent,Part Number,Qty\nAX,SUB,2\nAX,FRAME,1\nFRAME,SUB,3\nSUB,MAG,4\nSUB,BOLT,1\n")

    assert quantities(bom) == [
        ("SUB", 2.0, None),
        ("FRAME", 1.0, None),
        ("SUB", 3.0, "3"),
        ("MAG", 20.0, "2"),
        ("BOLT", 5.0, "2"),
    ]


def test_several_products_in_one_list_leave_orphans_that_say_so() -> None:
    bom = read("Parent,Part Number,Qty\nAX,A,2\nBX,B,3\nA,C,4\n")

    assert [line.quantity for line in bom.lines] == [2.0, 3.0, 8.0]
    assert [[code for code, _, _ in line.warnings] for line in bom.lines] == [
        ["parent_not_found"],
        ["parent_not_found"],
        [],
    ]


def test_parents_that_no_row_bears_are_groups() -> None:
    bom = read("Baugruppe,Part Number,Qty\nGetriebe,A,2\nMotor,B,3\n")

    assert [(line.category, line.quantity) for line in bom.lines] == [
        ("Getriebe", 2.0),
        ("Motor", 3.0),
    ]
    assert all(not line.warnings for line in bom.lines)


CIRCLES = [
    "Parent,Part Number,Qty\nA,A,1\n",
    "Parent,Part Number,Qty\nA,B,1\nB,A,1\n",
    "Parent,Part Number,Qty\nX,R,1\nR,A,1\nC,A,1\nA,B,2\nB,C,2\n",
]


@pytest.mark.parametrize("text", CIRCLES)
def test_a_part_that_contains_itself_is_refused_with_its_rows(text: str) -> None:
    with pytest.raises(UnreadableFileError, match="circle") as caught:
        read(text)

    assert {fault.code for fault in caught.value.faults} == {"parent_circle"}
    assert all(fault.row for fault in caught.value.faults)


def test_twenty_thousand_deep_parents_neither_recurse_nor_hang() -> None:
    rows = "".join(f"P{number},P{number + 1},1\n" for number in range(20_000))

    bom = read(f"Parent,Part Number,Qty\n{rows}")

    assert bom.lines[-1].quantity == 1.0


def test_an_unknown_quantity_of_a_parent_stays_unknown_below() -> None:
    bom = read("Level,Part Number,Qty\n1,A,some\n2,B,3\n")

    assert [line.quantity for line in bom.lines] == [None, None]
    assert bom.lines[1].warnings[0][0] == "parent_quantity_unknown"


def test_a_product_beyond_all_numbers_becomes_unknown() -> None:
    rows = "".join(f"{level},P{level},1e300\n" for level in range(1, 4))

    bom = read(f"Level,Part Number,Qty\n{rows}")

    assert [line.quantity for line in bom.lines] == [1e300, None, None]
    assert bom.lines[1].warnings[0][0] == "quantity_overflow"


def test_a_total_quantity_is_not_multiplied() -> None:
    bom = read("Level,Part Number,Total Qty\n1,A,2\n2,B,6\n")

    assert quantities(bom) == [("A", 2.0, None), ("B", 6.0, "2")]


def test_scrap_base_quantity_and_probability_change_the_quantity() -> None:
    bom = read(
        "Part Number,Qty,Base quantity,Scrap %,Alternative,Usage probability %\n"
        "A,1000,1000,5,,\nB,10,10,,G1,25\nC,3,,,G2,\n"
    )

    assert [line.quantity for line in bom.lines] == [1.05, 0.25, 3.0]
    assert [[code for code, _, _ in line.warnings] for line in bom.lines] == [
        ["scrap_added"],
        ["alternate_weighted"],
        ["alternate"],
    ]


def test_text_items_phantoms_and_parts_not_fitted_are_lines_that_say_so() -> None:
    bom = read(
        "Level,Part Number,Qty,Item category,Phantom,DNP\n"
        "1,PH,2,L,X,\n2,MAG,3,L,,\n1,TXT,1,T,,\n1,R9,4,L,,DNP\n"
    )

    assert quantities(bom) == [
        ("PH", 2.0, None),
        ("MAG", 6.0, "2"),
        ("TXT", 0.0, None),
        ("R9", 0.0, None),
    ]
    assert [line.warnings[0][0] if line.warnings else None for line in bom.lines] == [
        "phantom_assembly",
        None,
        "text_item",
        "not_fitted",
    ]


def test_a_material_row_in_per_cent_becomes_kilograms_of_its_parent() -> None:
    header = "BoM Level,ID,Name,Item Type,Quantity,Unit of measure,Measured mass (per UoM)"
    bom = read(
        f"{header},Measured mass unit\n1,P,Magnet,Part,2,Each,146,g/Part\n"
        "2,ndfeb,NdFeB,Material,40,%,,\n1,Q,Sheet,Part,1.5,m^2,20,kg/m^2\n2,steel,Steel,Material,100,%,,\n"
        "1,U,Unknown,Part,1,Each,,\n2,x,Anything,Material,100,%,,\n"
    )

    assert [(line.quantity, line.unit) for line in bom.lines] == [
        (2.0, "Each"),
        (pytest.approx(0.1168), "kg"),
        (1.5, "m^2"),
        (30.0, "kg"),
        (1.0, "Each"),
        (None, "kg"),
    ]
    assert bom.lines[5].warnings[0][0] == "mass_unknown"
