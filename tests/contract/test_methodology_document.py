"""The figures that the methodology prints are those that the service computes with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.domain.methodology import Kind, Methodology
from app.domain.triple import Triple
from app.refdata.load import load_reference_data

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "methodology.md"

#: Row of the table of parameters -> field of `Parameters`.
FIELD_OF_ROW = {
    "`lambda0` restrictions a year": "lambda0",
    "`mu` clustering; at most 4 count": "mu",
    "`kappa` reach of market scarcity": "kappa",
    "`alpha` largest mine": "alpha",
    "`o_max` single supplier": "o_max",
    "`chi` adaptation, raw forms": "adaptation_raw",
    "`chi` adaptation, magnet and device": "adaptation_worked",
    "delay multiplier": "delay_multiplier",
    "`p_draft`": "p_draft",
    "`p_announced`": "p_announced",
    "`p_reactivated`": "p_reactivated",
    "`p_expired`": "p_expired",
    "military use upstream": "upstream_military",
    "liability for handing on": "retransfer",
    "spill-over to other magnets": "spill_magnet",
}
#: Refusal of these kinds is computed from the rate or the quota of each measure.
COMPUTED_REFUSAL = {Kind.TAX, Kind.QUOTA}


@pytest.fixture(scope="module")
def methodology() -> Methodology:
    return load_reference_data().methodology


def table_under(heading: str) -> dict[str, list[str]]:
    """Return the first table of a section: other cells by first cell."""
    text = DOCUMENT.read_text(encoding="utf-8")
    section = re.split(rf"^## \d+\. {re.escape(heading)}$", text, flags=re.MULTILINE)[1]
    rows = re.search(r"(?:^\|.*\n)+", section, flags=re.MULTILINE)
    assert rows is not None
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in rows[0].splitlines()]
    return {first: rest for first, *rest in cells[2:]}


def numbers(cell: str) -> tuple[float, ...]:
    return tuple(float(text) for text in cell.split(","))


@pytest.mark.parametrize(("row", "field"), FIELD_OF_ROW.items())
def test_a_printed_parameter_is_the_one_in_use(
    row: str, field: str, methodology: Methodology
) -> None:
    low, nominal, high, _ = table_under("Parameters")[row]

    value = getattr(methodology.parameters, field)

    # Adaptation is kept in order of risk, not of size, so it is no `Triple`.
    in_use = (value.low, value.nominal, value.high) if isinstance(value, Triple) else tuple(value)
    assert (float(low), float(nominal), float(high)) == in_use


def test_printed_weights_are_the_ones_in_use(methodology: Methodology) -> None:
    printed = numbers(table_under("Parameters")["`gamma`, `beta`, `psi`"][1])

    parameters = methodology.parameters

    assert printed == (parameters.gamma, parameters.beta, parameters.psi)


def test_every_kind_is_printed(methodology: Methodology) -> None:
    assert set(table_under("Severity")) == {kind.value for kind in methodology.severities}


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in COMPUTED_REFUSAL])
def test_a_printed_severity_is_the_one_in_use(kind: Kind, methodology: Methodology) -> None:
    refusal, established, initial = table_under("Severity")[kind.value]

    severity = methodology.severities[kind]

    in_use = (severity.refusal.low, severity.refusal.nominal, severity.refusal.high)
    printed = numbers(refusal)
    assert (printed if len(printed) == 3 else printed * 3) == in_use
    assert numbers(established) == severity.established
    assert (numbers(initial) if initial else None) == severity.initial


def test_printed_bands_are_the_ones_in_use(methodology: Methodology) -> None:
    printed = {name: float(cells[0]) for name, cells in table_under("What is measured").items()}

    assert printed == {band.name: band.from_score for band in methodology.bands}
