"""Identification over collected bills of materials, where they lie beside the repository.

The files are no part of this repository; their labels, by line, stand here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from app.domain.exposure import IdentifiedLine, LineOutcome
from app.readers import read_bom
from tests.acceptance.identification_lines import identifier, reported

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the collected files are not beside the repository"
)

#: (file, sheet, row) of lines whose text states a rare earth, with the element.
FIND = (
    ("openaws_weather_station_bom.csv", None, 40, "Nd"),
    ("qdd_actuator_bom.xlsx", "Sheet1", 6, "Nd"),
    ("qdd_actuator_bom.xlsx", "Sheet1", 7, "Nd"),
)

#: Lines of parts that often hold rare earths, strong and medium.
MIGHT = (
    ("rubiks_robot_bom_zh.xlsx", "Sheet1", 34),
    ("rubiks_robot_bom_zh.xlsx", "Sheet1", 29),
    ("rubiks_robot_bom_zh.xlsx", "Sheet1", 13),
    ("rubiks_robot_bom_zh.xlsx", "Sheet1", 30),
    ("two_way_speakers_bom.xlsx", "Sheet1", 4),
    ("two_way_speakers_bom.xlsx", "Sheet1", 3),
    ("exaspim_microscope_bom.csv", None, 76),
    ("exaspim_microscope_bom.csv", None, 86),
    ("exaspim_microscope_bom.csv", None, 87),
    ("exaspim_microscope_bom.csv", None, 66),
    ("icart_mini_robot_parts_ja.csv", None, 46),
    ("icart_mini_robot_parts_ja.csv", None, 48),
    ("tfln_photonic_card_bom.csv", None, 7),
    ("opendog_v3_bom.ods", "Sheet1", 5),
    ("delta_robot_stueckliste_de.xlsx", "Sheet1", 4),
    ("ebike_system_bom.csv", None, 16),
    ("ebike_system_bom.csv", None, 11),
    ("erpnext_bom_ebike_de.csv", None, 13),
    ("erpnext_items_de.csv", None, 49),
    ("erpnext_items_de.csv", None, 50),
    ("erpnext_items_de.csv", None, 51),
    ("erpnext_items_de.csv", None, 2),
    ("erpnext_items_de.csv", None, 5),
    ("erpnext_items_de.csv", None, 6),
    ("centrifuge_bom.xlsx", "Mechanical Hardware", 14),
)

#: Look-alikes by file: rows, or None for every row of the file (of a sheet).
MUST_NOT: tuple[tuple[str, str | None, tuple[int, ...] | None], ...] = (
    ("openaws_weather_station_bom.csv", None, (19, 26, 28)),
    ("qdd_actuator_bom.xlsx", "Sheet1", (3, 4, 8, 9, 20)),
    ("rubiks_robot_bom_zh.xlsx", "Sheet1", (3, 8, 14, 16, 18, 19, 20, 27, 66)),
    ("two_way_speakers_bom.xlsx", "Sheet1", (5, 6, 11, 12, 13)),
    (
        "exaspim_microscope_bom.csv", None,
        (23, 26, 50, 52, 53, 59, 62, 63, 64, 65, 68, 69, 71, 79, 80, 81),
    ),
    ("miatuino_ecu_bom_ja_cp932.csv", None, None),
    ("icart_mini_robot_parts_ja.csv", None, (31, 32, 41, 47, 49, 50)),
    ("openarm_hub_bom_utf16.csv", None, None),
    ("open_gamma_detector_bom_semicolon.csv", None, None),
    ("odrive_v3_3_bom_latin1.csv", None, None),
    ("tfln_photonic_card_bom.csv", None, (3, 23, 26)),
    ("custom_fan_bom.csv", None, (6,)),
    ("granta_multilevel_door_bom.csv", None, None),
    ("opendog_v3_bom.ods", "Sheet1", (10, 13, 43)),
    ("delta_robot_stueckliste_de.xlsx", "Sheet1", (10, 12)),
    ("motor_bench_bom_zh_merged.xlsx", "Sheet1", None),
    ("pilaser_bom_pl_decimal_comma.csv", None, None),
    ("ebike_system_bom.csv", None, (2, 7, 17)),
    ("conveyor_cell_bom.csv", None, None),
    ("erpnext_items_de.csv", None, (47, 52, 53, 54)),
    ("cyclonedx_hbom_pcie_sata.json", None, None),
    ("granta_compliance_bom_1711.xml", None, None),
    ("catenax_electric_drive_passport_2_0_0.json", None, None),
    ("centrifuge_bom.xlsx", "Mechanical Hardware", (12, 13, 15, 16, 17, 18)),
    ("centrifuge_bom.xlsx", "Electronics", (5, 8, 9)),
    ("centrifuge_bom.xlsx", "3D Printed Parts", (2, 3)),
    ("centrifuge_bom.xlsx", "Wires", tuple(range(2, 15))),
)  # fmt: skip

Key = tuple[str | None, int | None]


@cache
def answers(name: str) -> dict[Key, IdentifiedLine]:
    """Return the answer for each line of a file by sheet and row."""
    bom = read_bom((SAMPLES / name).read_bytes(), filename=name)
    identified = identifier().identify_bom(bom)
    assert [answer.line_id for answer in identified] == [line.line_id for line in bom.lines]
    return {
        (line.sheet, line.row): answer for line, answer in zip(bom.lines, identified, strict=True)
    }


@pytest.mark.parametrize(("name", "sheet", "row", "symbol"), FIND)
def test_what_a_file_states_is_found(name: str, sheet: str | None, row: int, symbol: str) -> None:
    answer = answers(name)[sheet, row]

    assert answer.outcome is LineOutcome.RARE_EARTHS_FOUND
    assert symbol in reported(answer)


def test_most_likely_parts_are_undetermined_with_a_reason_and_none_is_certain() -> None:
    lines = [answers(name).get((sheet, row)) for name, sheet, row in MIGHT]
    known = [line for line in lines if line is not None]

    open_lines = [
        line for line in known if line.outcome is LineOutcome.UNDETERMINED and line.reason
    ]
    assert not any(line.outcome is LineOutcome.RARE_EARTHS_FOUND for line in known)
    assert len(open_lines) >= 0.8 * len(MIGHT)


@pytest.mark.parametrize(("name", "sheet", "rows"), MUST_NOT)
def test_look_alikes_are_not_found(
    name: str, sheet: str | None, rows: tuple[int, ...] | None
) -> None:
    found = [
        key
        for key, answer in answers(name).items()
        if answer.outcome is LineOutcome.RARE_EARTHS_FOUND
        and (sheet is None or key[0] == sheet)
        and (rows is None or key[1] in rows)
    ]

    assert found == []
