"""`docs/controls.md` is what the register says, all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.domain.controls import ControlRegister
from app.domain.reference import ReferenceData
from app.refdata.load import load_reference_data

DOCUMENT = Path(__file__).parents[2] / "docs" / "controls.md"


@pytest.fixture(scope="module")
def reference() -> ReferenceData:
    return load_reference_data()


@pytest.fixture(scope="module")
def register(reference: ReferenceData) -> ControlRegister:
    return reference.register


@pytest.fixture(scope="module")
def text() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


def section(text: str, measure_id: str) -> str:
    return text.partition(f"\n### {measure_id}\n")[2].partition("\n### ")[0]


def test_the_document_is_the_one_that_the_data_give(text: str) -> None:
    result = CliRunner().invoke(app, ["controls", "document"], env={"LODESTONE_DATA": ""})

    assert result.exit_code == 0, result.output
    assert result.stdout == text, "run `make controls-document`"


def test_every_measure_shows_its_events_rules_names_and_sources(
    text: str, reference: ReferenceData
) -> None:
    for measure in reference.register.measures.values():
        own = section(text, measure.id)
        for event in measure.timeline:
            assert f"| {event.on_date}" in own, measure.id
            assert event.known_from.isoformat() in own
        assert own.count("\n  - ") >= len(measure.rules)
        for key in {*measure.sources, *(event.source for event in measure.timeline)}:
            assert f"- `{key}` " in own
            assert (reference.sources[key].url or "") in own
        if measure.official_number:
            assert measure.official_number.split(",")[0] in own


@pytest.mark.parametrize(
    ("measure_id", "standing"),
    [
        ("CN-18-2025", "On 2026-11-23: **in force** since 2025-04-04, enacted."),
        ("CN-57-2025", "**unconfirmed** (best estimate suspended, worst case in force) since"),
        ("CN-46-2024-C2", "On 2026-11-23: **suspended** since 2025-11-09, enacted."),
        ("CN-QUOTA-1999-2014", "On 2026-11-23: **ended** since 2015-01-01, enacted."),
    ],
)  # fmt: skip
def test_how_a_measure_stands_and_on_what_that_rests(
    text: str, measure_id: str, standing: str
) -> None:
    assert standing in section(text, measure_id)


def test_a_list_of_which_not_all_names_were_read_says_so(
    text: str, register: ControlRegister
) -> None:
    for measure in register.measures.values():
        if measure.entity_list is not None:
            warned = "is not named here is not cleared" in section(text, measure.id)
            assert warned == (not measure.entity_list.names_complete), measure.id


def test_the_eight_rejected_claims_stand_there_with_their_reasons(
    text: str, register: ControlRegister
) -> None:
    claims = [remark for remark in register.remarks if remark.kind == "rejected_claim"]
    part = text.partition("## Claims that were met and not taken over")[2]

    assert len(claims) == 8
    assert part.count("\n- **RC-") == 8
    assert part.count("; why not: ") == 8


def test_what_is_not_modelled_and_what_is_open_is_said(
    text: str, register: ControlRegister
) -> None:
    for remark in register.remarks:
        if remark.kind == "open_question":
            assert f"- **{remark.id}** " in text
    assert "## What is not modelled" in text
    assert "This page is no legal advice." in text


def test_of_another_day_only_what_was_known_then_is_told() -> None:
    result = CliRunner().invoke(
        app, ["controls", "document", "--as-of", "2025-10-20"], env={"LODESTONE_DATA": ""}
    )

    assert "On 2025-10-20: **announced** since 2025-10-09" in section(result.stdout, "CN-57-2025")
    assert "On 2025-10-20: nothing published." in section(result.stdout, "CN-1-2026-JP")
