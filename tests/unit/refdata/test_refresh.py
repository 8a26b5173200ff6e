"""Newer figures from public services: what is proposed."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.domain.places import EU_MEMBERS
from app.refdata.load import load_reference_data
from app.refdata.refresh import SOURCES, Outcome, refresh
from app.refdata.refresh_fetch import new_client
from app.refdata.refresh_proposal import Wanted
from tests.unit.refdata.refresh_services import (
    ROOT,
    WANTED,
    comtrade,
    everybody,
    fetcher,
    no_wait,
    table,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("refresh") / "proposals"


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> tuple[Outcome, ...]:
    before = {path: path.read_bytes() for path in ROOT.rglob("*") if path.is_file()}
    client = new_client(httpx.MockTransport(everybody))
    found = refresh(ROOT, folder, tuple(SOURCES), WANTED, client=client, pause=no_wait)
    assert {path: path.read_bytes() for path in ROOT.rglob("*") if path.is_file()} == before
    return found


def test_each_source_gives_a_proposal_with_which_the_data_stay_sound(
    outcomes: tuple[Outcome, ...],
) -> None:
    assert [outcome.source for outcome in outcomes] == ["world-bank", "comtrade", "usgs"]
    for outcome in outcomes:
        assert "the data with it pass every check" in outcome.text
        assert outcome.folder is not None
        page = (outcome.folder / "CHANGES.md").read_text("utf-8")
        assert "Nothing live was touched." in page
        assert "With them the data pass every check." in page
        assert (outcome.folder / "changes.csv").read_text("utf-8").startswith("table,subject,")


@pytest.mark.parametrize("source", SOURCES)
def test_a_proposal_brings_its_source_which_nobody_has_read_yet(
    source: str, folder: Path, outcomes: tuple[Outcome, ...]
) -> None:
    assert outcomes
    key = {"world-bank": "wgi_2024_api", "comtrade": "comtrade_2024",
           "usgs": "usgs_mcs2031_csv"}[source]  # fmt: skip
    text = (folder / source / "data" / "sources.yaml").read_text("utf-8")

    entry = text.partition(f"\n{key}:\n")[2].partition("\n\n")[0]
    assert "verified: false" in entry[:500]
    assert 'published_on: "2031-02-10"' in entry[:500]


def test_governance_is_renewed_as_a_whole(folder: Path, outcomes: tuple[Outcome, ...]) -> None:
    assert outcomes
    rows = {row["country"]: row for row in table(folder / "world-bank/data/supply/governance.csv")}

    # (2.5 + 0.25) / 5 and (2.5 - 0.5) / 5; the EU is the mean of its members.
    assert (rows["CN"]["risk"], rows["CN"]["dimensions"]) == ("0.55", "6")
    assert rows["JP"]["risk"] == "0.4"
    assert rows["EU"]["risk"] == "0.4"
    assert set(rows) >= EU_MEMBERS
    assert "WLD" not in rows
    page = (folder / "world-bank/CHANGES.md").read_text("utf-8")
    assert "| supply/governance.csv | GG | - | 0.4 |" in page.partition("## Other changes")[0]
    tables = (folder / "world-bank/data/supply/tables.yaml").read_text("utf-8")
    assert "sources: [wgi_2024_api]" in tables
    assert "reference: estimates for 2024\n" in tables
    assert "  valid_from: 2024-11-01\n" in tables


def test_imports_become_shares_and_sourcing_rows(
    folder: Path, outcomes: tuple[Outcome, ...]
) -> None:
    assert outcomes
    rows = table(folder / "comtrade/data/supply/destination_rows.csv")
    shares = table(folder / "comtrade/data/supply/destination_shares.csv")

    added = {row["row"]: row for row in rows if row["sources"] == "comtrade_2024"}
    assert set(added) == {
        "separation-JP-Y-La-2031-02-10", "separation-JP-Sc-Lu-13-2031-02-10",
        "separation-JP-Ce-2031-02-10",
    }  # fmt: skip
    by_weight = {
        share["country"]: share["share"]
        for share in shares
        if share["row"] == "separation-JP-Y-La-2031-02-10"
    }
    # 14,000, 5,000, 900 and 100 kg of 20,000: own goods left out, below 1 per cent unspecified.
    assert by_weight == {"CN": "0.7", "VN": "0.25", "TW": "0.045", "ZZ": "0.005"}
    by_value = {
        share["country"]: share["share"]
        for share in shares
        if share["row"] == "separation-JP-Sc-Lu-13-2031-02-10"
    }
    assert by_value == {"CN": "0.6", "VN": "0.3", "TW": "0.095", "ZZ": "0.005"}
    # The year is in the table of imports already, so no figure of it stands there twice.
    assert not (folder / "comtrade/data/supply/imports.csv").exists()
    assert "Not reported, or not yet: DE GB IN KR TH US VN." in (
        folder / "comtrade/CHANGES.md"
    ).read_text("utf-8")


def test_shares_of_a_year_that_is_new_go_into_the_table_of_imports() -> None:
    wanted = Wanted(year=2029, item="", asked_on=date(2031, 2, 10))

    found = SOURCES["comtrade"](ROOT, fetcher(comtrade, "comtrade"), wanted)

    lines = found.files["supply/imports.csv"].splitlines()
    assert "JP,CN,HS284690,2029,weight_share,0.7,derived,comtrade_2029," in lines
    assert "JP,IN,HS284610,2029,value_share,0.25,derived,comtrade_2029," in lines
    assert not any(",value_usd," in line for line in lines if "comtrade_2029" in line)


def test_mine_output_and_world_shares_follow_the_survey(
    folder: Path, outcomes: tuple[Outcome, ...]
) -> None:
    assert outcomes
    output = {
        (row["subject"], row["period"]): row["low"]
        for row in table(folder / "usgs/data/supply/mine_output.csv")
        if row["series"] == "usgs_mcs2031"
    }

    assert output["US", "2030"] == "91000"
    assert output["MM", "2029"] == "22000"
    assert output["MY", "2030"] == "0"
    assert output["BR", "2030"] == "2000"
    assert output["ZZ", "2030"] == "600"
    assert output["world", "2030"] == "404000"
    assert ("TZ", "2030") not in output
    proposed = load_with(folder / "usgs/data")
    old, new = (
        max((row for row in one.supply.world if row.stage == "mining" and "Dy" in row.elements),
            key=lambda row: row.valid_from)
        for one in (load_reference_data(), proposed)
    )  # fmt: skip
    # America doubled, Myanmar halved, Malaysia stopped, China and the others stayed.
    total = sum(
        share * {"US": 2.0, "MM": 0.5, "MY": 0.0, "ZZ": 600 / 550}.get(country, 1.0)
        for country, share in old.shares.items()
    )
    assert new.valid_from == date(2031, 2, 10)
    assert new.shares["US"] == pytest.approx(2 * old.shares["US"] / total, abs=1e-4)
    assert new.shares["MM"] == pytest.approx(0.5 * old.shares["MM"] / total, abs=1e-4)
    assert new.shares["MY"] == 0
    assert new.shares["CN"] == pytest.approx(old.shares["CN"] / total, abs=2e-4)
    low, high = new.bounds["CN"]
    assert low < new.shares["CN"] < high
    assert new.provenance.status == "derived"


def load_with(overlay: Path) -> Any:
    with tempfile.TemporaryDirectory() as copy:
        root = Path(shutil.copytree(ROOT, Path(copy) / "data"))
        shutil.copytree(overlay, root, dirs_exist_ok=True)
        return load_reference_data(root)
