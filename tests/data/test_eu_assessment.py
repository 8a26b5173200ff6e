"""The EU's supply risk of 2017 comes out of its own inputs, for all sixteen elements.

Inputs and results are printed rounded, so an interval is compared: half a unit of each last
digit. Fifteen elements use the blend of world supply and EU sourcing. Scandium does not: its
printed result equals its printed result on world supply alone, and the blend would give 3.2.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.refdata.csv_table import read_csv_table
from app.refdata.supply_background import EU_FILE
from app.refdata.text_record import TextRecord
from app.scoring.reference_indices import EuSupplyRiskInputs, eu_supply_risk
from tests.data import shipped

COLUMNS = tuple((shipped.ROOT / EU_FILE).read_text(encoding="utf-8").splitlines()[0].split(","))
ROWS = {row.text("element"): row for row in read_csv_table(shipped.ROOT / EU_FILE, COLUMNS)}

WORLD_SUPPLY_ONLY = {"Sc"}


def ends(row: TextRecord, column: str, *, scale: float = 1.0) -> tuple[float, float]:
    """Return the interval of numbers that are printed like this one."""
    printed = Decimal(row.text(column))
    half = Decimal(5).scaleb(int(printed.as_tuple().exponent) - 1)
    return float(printed - half) * scale, float(printed + half) * scale


def supply_risk(row: TextRecord, end: int, *, world: bool = True, own: bool = True) -> float:
    """Return the supply risk at the lower (0) or upper (1) end of all inputs."""
    recycling = ends(row, "recycling_input_rate_percent", scale=0.01)[1 - end]
    return eu_supply_risk(
        EuSupplyRiskInputs(
            hhi_global=ends(row, "hhi_global")[end] if world else None,
            hhi_eu=ends(row, "hhi_eu")[end] if own else None,
            # Printed as 100 for every element; without world supply it must not be positive.
            import_reliance=1.0 if world else 0.0,
            recycling_input_rate=max(0.0, recycling),
            substitution_index=min(1.0, ends(row, "substitution_index_supply_risk")[end]),
        )
    )


def overlaps(row: TextRecord, column: str, low: float, high: float) -> bool:
    printed_low, printed_high = ends(row, column)
    return low <= printed_high and printed_low <= high


def test_all_sixteen_elements_are_there_with_full_import_reliance() -> None:
    assert len(ROWS) == 16
    assert {row.text("import_reliance_percent") for row in ROWS.values()} == {"100"}


@pytest.mark.parametrize("element", sorted(ROWS))
def test_the_published_supply_risk_comes_out(element: str) -> None:
    row, own = ROWS[element], element not in WORLD_SUPPLY_ONLY

    low, high = (supply_risk(row, end, own=own) for end in (0, 1))

    assert overlaps(row, "supply_risk", low, high)


@pytest.mark.parametrize("element", sorted(ROWS))
def test_the_published_parts_come_out(element: str) -> None:
    row = ROWS[element]

    world = [supply_risk(row, end, own=False) for end in (0, 1)]
    own = [supply_risk(row, end, world=False) for end in (0, 1)]

    assert overlaps(row, "supply_risk_global_only", *world)
    assert overlaps(row, "supply_risk_eu_sourcing_only", *own)


def test_the_blend_does_not_give_the_published_result_of_scandium() -> None:
    row = ROWS["Sc"]

    low, high = (supply_risk(row, end) for end in (0, 1))

    assert not overlaps(row, "supply_risk", low, high)
    assert row.text("supply_risk") == row.text("supply_risk_global_only")


@pytest.mark.parametrize(
    ("group", "members"),
    [("LREE", ("La", "Ce", "Pr", "Nd", "Sm")),
     ("HREE", ("Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Y"))],
)  # fmt: skip
def test_group_means_are_those_that_the_study_prints(group: str, members: tuple[str, ...]) -> None:
    printed = {
        figure.series: figure.low
        for figure in shipped.background().figures["supply/eu_groups"]
        if (figure.subject, figure.period) == (group, "2017")
    }
    assessments = [shipped.background().eu_assessments[element] for element in members]

    risk = sum(item.supply_risk for item in assessments) / len(members)
    importance = sum(item.economic_importance for item in assessments) / len(members)

    assert risk == pytest.approx(printed["supply_risk"], abs=0.1)
    assert importance == pytest.approx(printed["economic_importance"], abs=0.1)
