"""Tables of country shares: what a row becomes, and every way in which it can be broken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.provenance import Confidence, Status
from app.domain.supply import MixRow, Stage
from app.errors import ReferenceDataError
from app.refdata.supply_mixes import ROW_COLUMNS, SHARE_COLUMNS, load_mix_table

GOOD_ROW = {
    "row": "r1",
    "stage": "separation",
    "place": "JP",
    "elements": "Nd Pr",
    "chain": "",
    "product": "",
    "valid_from": "2025-01-31",
    "valid_to": "",
    "reference": "2024",
    "status": "derived",
    "confidence": "low",
    "sources": "s1 s2",
    "countries": "2",
    "method": "counted",
    "note": "",
}
GOOD_SHARES = ["r1,CN,0.9,0.8,1.0", "r1,ZZ,0.1,0.0,0.2"]


def load(
    tmp_path: Path,
    *,
    rows: list[dict[str, str]] | None = None,
    shares: list[str] | None = None,
    table: str = "feed",
) -> tuple[MixRow, ...]:
    folder = tmp_path / "supply"
    folder.mkdir()
    lines = [
        ",".join(row[column] for column in ROW_COLUMNS)
        for row in ([GOOD_ROW] if rows is None else rows)
    ]
    (folder / f"{table}_rows.csv").write_text("\n".join([",".join(ROW_COLUMNS), *lines, ""]))
    (folder / f"{table}_shares.csv").write_text(
        "\n".join([",".join(SHARE_COLUMNS), *(GOOD_SHARES if shares is None else shares), ""])
    )
    return load_mix_table(
        tmp_path, table, known_sources=frozenset({"s1", "s2"}), chains={"device_magnet"}
    )


def test_a_row_holds_its_shares_bounds_and_provenance(tmp_path: Path) -> None:
    (row,) = load(tmp_path, rows=[GOOD_ROW | {"chain": "device_magnet", "product": "NdFeB"}])

    assert (row.stage, row.place, row.chain) == (Stage.SEPARATION, "JP", "device_magnet")
    assert row.product == "NdFeB"
    assert row.elements == {"Nd", "Pr"}
    assert (row.valid_from, row.valid_to) == (date(2025, 1, 31), None)
    assert row.shares == {"CN": 0.9, "ZZ": 0.1}
    assert row.bounds == {"CN": (0.8, 1.0), "ZZ": (0.0, 0.2)}
    assert row.provenance.status is Status.DERIVED
    assert row.provenance.confidence is Confidence.LOW
    assert row.provenance.sources == ("s1", "s2")
    assert (row.provenance.method, row.provenance.reference) == ("counted", "2024")


def test_a_share_without_bounds_has_none(tmp_path: Path) -> None:
    (row,) = load(tmp_path, shares=["r1,CN,0.9,,", "r1,ZZ,0.1,,"])

    assert row.bounds == {}


def test_world_output_speaks_of_no_place(tmp_path: Path) -> None:
    (row,) = load(tmp_path, rows=[GOOD_ROW | {"place": ""}], table="world")

    assert row.place is None


def test_a_destination_may_be_the_customs_bloc(tmp_path: Path) -> None:
    (row,) = load(tmp_path, rows=[GOOD_ROW | {"place": "EU"}], table="destination")

    assert row.place == "EU"


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        (["r1,CN,0.9,,", "r1,ZZ,0.2,,"], "shares of 'r1' sum to 1.100000000, not 1"),
        (["r1,CN,1.0,,"], "'r1' has 1 lines, but supply/feed_rows.csv: row 2 counts 2"),
        (["r1,CN,0.9,,", "r1,CN,0.1,,"], "country 'CN' is repeated"),
        (["r1,CN,-0.1,,", "r1,ZZ,1.1,,"], "'share' must lie between 0 and 1"),
        (["r1,QQ,0.9,,", "r1,ZZ,0.1,,"], "'QQ' is no country code"),
        (["r1,EU,0.9,,", "r1,ZZ,0.1,,"], "'EU' is no country code"),
        (["r1,CN,0.9,0.95,1.0", "r1,ZZ,0.1,,"], "low <= share <= high does not hold"),
        (["r1,CN,0.9,0.8,0.85", "r1,ZZ,0.1,,"], "low <= share <= high does not hold"),
        (["r1,CN,0.9,0.8,", "r1,ZZ,0.1,,"], "'low' and 'high' must both be given"),
        (["r1,CN,x,,", "r1,ZZ,0.1,,"], "'share' must be a finite number"),
        ([*GOOD_SHARES, "r2,CN,1,,"], "'r2' is no row of supply/feed_rows.csv"),
        ([], "'r1' of supply/feed_rows.csv has no shares"),
    ],
)
def test_broken_shares_are_refused(tmp_path: Path, shares: list[str], message: str) -> None:
    with pytest.raises(ReferenceDataError) as error:
        load(tmp_path, shares=shares)

    assert "supply/feed_shares.csv" in str(error.value)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"elements": "Nd Xx"}, "'Xx' is not the symbol of a rare earth"),
        ({"elements": "Nd Nd"}, "'elements' names an element twice"),
        ({"stage": "sep"}, "'stage' is 'sep', must be one of mining"),
        ({"place": "OTH"}, "'OTH' is no country code"),
        ({"place": ""}, "'place' is missing"),
        ({"chain": "rotor"}, "'chain' 'rotor' is no product form"),
        ({"valid_from": "2025-02-30"}, "'valid_from' must be a day"),
        ({"valid_to": "2024-12-31"}, "'valid_to' lies before 'valid_from'"),
        ({"status": "guess"}, "'status' is 'guess', must be one of"),
        ({"sources": "s1 s3"}, "source 's3' is not in sources.yaml"),
        ({"sources": "s1 s1"}, "'sources' names a source twice"),
        ({"sources": ""}, "'sources' is missing"),
    ],
)
def test_broken_rows_are_refused(tmp_path: Path, change: dict[str, str], message: str) -> None:
    with pytest.raises(ReferenceDataError) as error:
        load(tmp_path, rows=[GOOD_ROW | change])

    assert str(error.value).startswith("supply/feed_rows.csv: row 2: ")
    assert message in str(error.value)


def test_world_output_of_a_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="'place' must be empty for world output"):
        load(tmp_path, table="world")


def test_a_repeated_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match=r"feed_rows\.csv: 'r1' is repeated"):
        load(tmp_path, rows=[GOOD_ROW, GOOD_ROW])


def test_two_rows_that_the_selection_could_not_tell_apart_are_refused(tmp_path: Path) -> None:
    second = GOOD_ROW | {"row": "r2", "elements": "Nd Dy"}

    with pytest.raises(ReferenceDataError, match="'r2' and 'r1' tie for Nd"):
        load(tmp_path, rows=[GOOD_ROW, second], shares=[*GOOD_SHARES, "r2,CN,0.5,,", "r2,JP,0.5,,"])


@pytest.mark.parametrize(
    "change",
    [
        {"elements": "Nd"},
        {"valid_from": "2025-02-01"},
        {"place": "KR"},
        {"stage": "metal"},
        {"chain": "device_magnet"},
    ],
)
def test_rows_that_differ_in_what_they_speak_of_do_not_tie(
    tmp_path: Path, change: dict[str, str]
) -> None:
    second = GOOD_ROW | {"row": "r2"} | change

    rows = load(
        tmp_path, rows=[GOOD_ROW, second], shares=[*GOOD_SHARES, "r2,CN,0.5,,", "r2,JP,0.5,,"]
    )

    assert len(rows) == 2


def test_all_broken_rows_come_out_at_once(tmp_path: Path) -> None:
    second = GOOD_ROW | {"row": "r2", "status": "guess"}

    with pytest.raises(ReferenceDataError) as error:
        load(
            tmp_path,
            rows=[GOOD_ROW | {"stage": "sep"}, second],
            shares=[*GOOD_SHARES, "r2,CN,0.5,,", "r2,JP,0.5,,"],
        )

    assert len(str(error.value).splitlines()) == 2
