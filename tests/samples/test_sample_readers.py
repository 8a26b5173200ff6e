"""The real files that lie beside the repository, where they do: every row comes back.

The counts were taken from the files by hand. Without the folder there is nothing to read, and the
tests say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.bom import Bom, BomLine
from app.readers import read_bom

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the folder ../shared/samples is not there; it is no part of ours"
)


@dataclass(frozen=True)
class Sample:
    """What a person sees in a file.

    Attributes:
        lines: Rows that state a part.
        rows: First and last of them, as (sheet, row); None for a file without rows.
    """

    name: str
    format: str
    lines: int
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    rows: tuple[tuple[str | None, int], tuple[str | None, int]] | None = None


CSV = [
    Sample("conveyor_cell_bom.csv", "csv", 25, "utf-8", ",", 1, ((None, 2), (None, 26))),
    Sample("custom_fan_bom.csv", "csv", 5, "utf-8-sig", ",", 1, ((None, 2), (None, 6))),
    Sample("ebike_system_bom.csv", "csv", 19, "utf-8", ",", 1, ((None, 2), (None, 20))),
    Sample("erpnext_bom_ebike_de.csv", "erpnext_csv", 15, "utf-8", ",", 1, ((None, 3), (None, 17))),
    Sample(
        "erpnext_items_de.csv", "erpnext_items_csv", 69, "utf-8", ",", 1, ((None, 2), (None, 70))
    ),
    Sample("exaspim_microscope_bom.csv", "csv", 92, "utf-8", ",", 1, ((None, 2), (None, 93))),
    Sample(
        "granta_multilevel_door_bom.csv",
        "granta_csv",
        26,
        "utf-8-sig",
        ",",
        1,
        ((None, 2), (None, 27)),
    ),
    Sample(
        "icart_mini_robot_parts_ja.csv", "csv", 41, "utf-8-sig", ",", 1, ((None, 2), (None, 55))
    ),
    Sample("miatuino_ecu_bom_ja_cp932.csv", "csv", 36, "cp932", ",", 1, ((None, 2), (None, 38))),
    Sample(
        "odrive_v3_3_bom_latin1.csv", "altium_csv", 42, "cp1252", ",", 1, ((None, 3), (None, 44))
    ),
    Sample(
        "open_gamma_detector_bom_semicolon.csv",
        "easyeda_csv",
        25,
        "utf-8-sig",
        ";",
        1,
        ((None, 2), (None, 26)),
    ),
    Sample(
        "openarm_hub_bom_utf16.csv", "easyeda_csv", 1, "utf-16-le", "\t", 1, ((None, 2), (None, 2))
    ),
    Sample("openaws_weather_station_bom.csv", "csv", 50, "utf-8", ",", 1, ((None, 2), (None, 51))),
    Sample(
        "pilaser_bom_pl_decimal_comma.csv", "csv", 14, "utf-8-sig", ";", 3, ((None, 4), (None, 17))
    ),
    Sample("tfln_photonic_card_bom.csv", "csv", 25, "utf-8", ",", 1, ((None, 2), (None, 26))),
]
BOOKS = [
    Sample(
        "centrifuge_bom.xlsx",
        "xlsx",
        69,
        header_row=1,
        rows=(("3D Printed Parts", 2), ("Wires", 24)),
    ),
    Sample(
        "delta_robot_stueckliste_de.xlsx",
        "xlsx",
        11,
        header_row=3,
        rows=(("Sheet1", 4), ("Sheet1", 14)),
    ),
    Sample(
        "motor_bench_bom_zh_merged.xlsx",
        "xlsx",
        2,
        header_row=4,
        rows=(("Sheet1", 6), ("Sheet1", 7)),
    ),
    Sample("opendog_v3_bom.ods", "ods", 41, header_row=2, rows=(("Sheet1", 5), ("Sheet1", 58))),
    Sample("qdd_actuator_bom.xlsx", "xlsx", 18, header_row=2, rows=(("Sheet1", 3), ("Sheet1", 20))),
    Sample(
        "rubiks_robot_bom_zh.xlsx", "xlsx", 63, header_row=2, rows=(("Sheet1", 3), ("Sheet1", 67))
    ),
    Sample(
        "two_way_speakers_bom.xlsx", "xlsx", 18, header_row=2, rows=(("Sheet1", 3), ("Sheet1", 20))
    ),
]
DOCUMENTS = [
    Sample(
        "catenax_electric_drive_passport_2_0_0.json", "catenax_electric_drive_passport", 1, "utf-8"
    ),
    Sample("cyclonedx_hbom_pcie_sata.json", "cyclonedx_json", 6, "utf-8"),
    Sample("granta_compliance_bom_1711.xml", "granta_xml", 10, "utf-8"),
]
ALL = [*CSV, *BOOKS, *DOCUMENTS]


def sample(name: str) -> Bom:
    return read_bom((SAMPLES / name).read_bytes(), filename=name)


def line_at(bom: Bom, row: int, sheet: str | None = None) -> BomLine:
    return next(line for line in bom.lines if line.row == row and sheet in {None, line.sheet})


@pytest.mark.parametrize("expected", ALL, ids=lambda expected: expected.name)
def test_every_row_of_the_file_comes_back(expected: Sample) -> None:
    bom = sample(expected.name)

    facts = bom.file
    assert facts is not None
    assert (facts.format, len(bom.lines)) == (expected.format, expected.lines)
    assert (facts.encoding, facts.delimiter) == (expected.encoding, expected.delimiter)
    assert facts.header_row == expected.header_row
    if expected.rows is not None:
        first, last = bom.lines[0], bom.lines[-1]
        assert ((first.sheet, first.row), (last.sheet, last.row)) == expected.rows


def test_every_file_of_the_folder_is_in_the_table() -> None:
    files = {path.name for path in SAMPLES.iterdir() if path.suffix != ".md"}

    assert files == {expected.name for expected in ALL}


def test_quantities_in_chinese_are_numbers_units_or_warnings() -> None:
    bom = sample("rubiks_robot_bom_zh.xlsx")

    assert (line_at(bom, 3).quantity, line_at(bom, 3).unit) == (12.0, "个")
    assert line_at(bom, 16).quantity is None
    assert line_at(bom, 16).warnings[0][0] == "quantity_in_words"
    assert (line_at(bom, 22).quantity, line_at(bom, 22).unit) == (1.0, "卷")
    assert line_at(bom, 38).quantity == 31.0


def test_ranges_and_guesses_of_quantities_are_marked() -> None:
    bom = sample("centrifuge_bom.xlsx")

    assert line_at(bom, 3, "3D Printed Parts").warnings[0][0] == "quantity_range"
    assert line_at(bom, 15, "Mechanical Hardware").warnings[0][0] == "quantity_approximate"
    assert line_at(bom, 11, "3D Printed Parts").quantity == 0.0
    assert line_at(bom, 14, "Mechanical Hardware").quantity == 2.0


def test_designators_that_disagree_with_the_quantity_are_reported() -> None:
    bom = sample("miatuino_ecu_bom_ja_cp932.csv")

    for row in (19, 24):
        assert line_at(bom, row).warnings[0][0] == "designator_count_differs"
    assert line_at(bom, 26).quantity is None


def test_the_door_rolls_up_to_the_masses_worked_out_by_hand() -> None:
    bom = sample("granta_multilevel_door_bom.csv")

    screw, glass, film = line_at(bom, 10), line_at(bom, 25), line_at(bom, 27)
    assert screw.quantity == 4.0
    assert screw.unit_mass_kg is not None
    assert screw.quantity * screw.unit_mass_kg == pytest.approx(0.0344)
    assert (glass.unit, film.unit) == ("kg", "kg")
    assert glass.quantity == pytest.approx(29.596)
    assert film.quantity == pytest.approx(0.5134)


def test_totals_sections_and_legends_are_no_lines_but_notes() -> None:
    found = {
        name: {code for code, _ in (sample(name).file or pytest.fail(name)).notes}
        for name in (
            "conveyor_cell_bom.csv",
            "opendog_v3_bom.ods",
            "delta_robot_stueckliste_de.xlsx",
            "motor_bench_bom_zh_merged.xlsx",
        )
    }

    assert "total_row" in found["conveyor_cell_bom.csv"]
    assert "section_row" in found["opendog_v3_bom.ods"]
    assert "note_row" in found["delta_robot_stueckliste_de.xlsx"]
    assert "numbered_empty_row" in found["motor_bench_bom_zh_merged.xlsx"]


def test_prices_keep_their_decimal_comma_and_currency() -> None:
    line = line_at(sample("pilaser_bom_pl_decimal_comma.csv"), 4)

    assert (str(line.unit_price), line.currency, line.quantity) == ("5.29", "PLN", 1.0)


def test_the_passport_declares_its_magnets_and_an_ec_number() -> None:
    (line,) = sample("catenax_electric_drive_passport_2_0_0.json").lines

    assert ("permanentMagnetType", "Ceramic") in line.product_type
    assert ("technology", "ESM") in line.product_type
    assert (line.materials[0].cas, line.materials[0].ec) == (None, "201-004-7")


def test_the_product_row_of_an_import_file_is_no_line() -> None:
    bom = sample("erpnext_bom_ebike_de.csv")

    assert bom.id == "BOM-EBIKE-PREMIUM-001"
    assert line_at(bom, 13).part_number == "STO-COMP-2024-E001"
    assert all(line.description is None for line in bom.lines)
