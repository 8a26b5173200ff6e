"""What `lodestone check-data` prints, over the shipped data and over copies of it."""

from __future__ import annotations

import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from app.domain.provenance import Status
from app.refdata.check import Summary, check_data, summary_lines
from app.refdata.load import data_version, load_reference_data, packaged_data_folder
from app.refdata.stale import stale
from tests.data import shipped


@pytest.fixture(scope="module")
def summary() -> Summary:
    return check_data()


def test_every_source_is_named_by_some_row(summary: Summary) -> None:
    assert summary.unused_sources == ()
    assert summary.sources == len(shipped.sources())


def test_sources_that_nobody_read_are_counted(summary: Summary) -> None:
    assert {"gk", "judgement"} <= set(summary.unread_sources)
    assert len(summary.unread_sources) == sum(
        not source.verified for source in shipped.sources().values()
    )


def test_figures_are_counted_by_table_and_status(summary: Summary) -> None:
    tables = {table.name: table for table in summary.tables}
    world = tables["supply.world"]

    assert (world.rows, world.figures) == (166, 1542)
    assert sum(world.by_status.values()) == world.figures
    assert tables["supply.governance"].by_status == {Status.DERIVED: 1450}
    assert tables["background.supply.price_averages"].figures == 100
    assert summary.figures == sum(table.figures for table in summary.tables)
    assert summary.figures > 9000
    assert summary.figures_of(Status.UNVERIFIED) > 0
    assert summary.figures_of(Status.JUDGEMENT) > 0


def test_the_lines_for_a_terminal_hold_the_totals(summary: Summary) -> None:
    lines = summary_lines(summary)

    assert lines[0] == f"data version {summary.version}"
    assert lines[-2].split()[:2] == ["total", str(summary.figures)]
    assert lines[-1].startswith(f"{summary.sources} sources, {len(summary.unread_sources)} of them")


def test_a_copy_has_the_same_version_and_a_changed_byte_another(tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(packaged_data_folder(), copy)
    assert load_reference_data(copy).version == data_version(packaged_data_folder())

    tables = copy / "supply" / "tables.yaml"
    tables.write_text(tables.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")

    assert data_version(copy) != data_version(packaged_data_folder())


def test_a_renamed_file_is_another_version(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("k: 1\n")
    before = data_version(tmp_path)

    (tmp_path / "a.yaml").rename(tmp_path / "b.yaml")

    assert data_version(tmp_path) != before


@pytest.mark.no_cover
def test_loading_is_quick() -> None:
    started = time.process_time()
    load_reference_data()

    # A third of a second of a small processor; the limit leaves room for a slower one.
    assert time.process_time() - started < 1.5


def test_the_chinese_package_is_in_doubt_after_the_tenth_of_november() -> None:
    reference = load_reference_data()

    def doubtful(today: date) -> set[str]:
        return {
            item.subject for item in stale(reference, today) if item.kind == "unconfirmed_event"
        }

    assert "CN-61-2025-A" not in doubtful(date(2026, 11, 10))
    assert "CN-61-2025-A" in doubtful(date(2026, 11, 11))
