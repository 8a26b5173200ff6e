"""Loads figures of the supply side that no score reads: deposits, output, imports, EU scores."""

from __future__ import annotations

import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.background import Deposit, EuAssessment, Figure, ImportFigure, PlantCapacity
from app.errors import ReferenceDataError
from app.refdata.countries import (
    WITH_EU,
    WITH_UNSPECIFIED,
    check_country,
    read_country,
    read_element,
)
from app.refdata.csv_table import read_csv_table
from app.refdata.sources import read_provenance
from app.refdata.text_record import TextRecord, gather, unique

DEPOSITS_FILE = "supply/deposits.csv"
FRACTIONS_FILE = "supply/deposit_fractions.csv"
CAPACITIES_FILE = "supply/capacities.csv"
IMPORTS_FILE = "supply/imports.csv"
EU_FILE = "supply/eu_assessment_2017.csv"

#: Tables of figures, all with the same columns.
FIGURE_TABLES = (
    "supply/mine_output", "supply/reserves", "supply/quotas", "supply/mining_scenarios",
    "supply/bayan_obo", "supply/political_stability", "supply/price_averages",
    "supply/recycling", "supply/eu_groups", "supply/eu_shares_2023", "supply/magnet_products",
    "supply/plant_output", "sectors/volume_model", "sectors/economic_weights",
)  # fmt: skip

FIGURE_COLUMNS = (
    "series", "subject", "period", "low", "high", "unit", "status", "sources", "note",
)  # fmt: skip

IMPORT_COLUMNS = (
    "destination", "origin", "product", "period", "measure", "value", "status", "sources", "note",
)  # fmt: skip

_SHARE_UNITS = frozenset({"share"})

#: Used compositions are printed with four decimals of a per cent, fifteen elements each.
_COMPOSITION_TOLERANCE = 1e-4

_MEASURES = frozenset(
    "value_usd weight_t value_share weight_share import_sources shipping_records "
    "unstated_share".split()
)
_ABSOLUTE_MEASURES = frozenset({"value_usd", "weight_t"})


def load_figures(root: Path, known_sources: AbstractSet[str]) -> Mapping[str, tuple[Figure, ...]]:
    """Return the tables of figures by name.

    Raises:
        ReferenceDataError: A figure is no number, ends are in the wrong order, a share is not
            within 0-1, or one subject stands twice in a series and period.
    """
    return {table: _figures(root, f"{table}.csv", known_sources) for table in FIGURE_TABLES}


def _figures(root: Path, name: str, known_sources: AbstractSet[str]) -> tuple[Figure, ...]:
    """Return the figures of one table."""
    records = read_csv_table(root / name, FIGURE_COLUMNS, optional=("high", "note"), name=name)
    figures = gather(records, lambda record: _figure(record, known_sources))
    unique(name, [((item.series, item.subject, item.period), item) for item in figures])
    return figures


def _figure(record: TextRecord, known_sources: AbstractSet[str]) -> Figure:
    """Return one figure."""
    low, high = record.number("low"), record.number_or_none("high")
    unit = record.text("unit")
    if high is not None and high < low:
        raise record.error("'high' lies below 'low'")
    if unit in _SHARE_UNITS and not 0 <= low <= (low if high is None else high) <= 1:
        raise record.error("a share must lie between 0 and 1")
    return Figure(
        series=record.text("series"),
        subject=record.text("subject"),
        period=record.text("period"),
        low=low,
        high=high,
        unit=unit,
        provenance=read_provenance(record, known_sources),
    )


def load_deposits(root: Path, known_sources: AbstractSet[str]) -> tuple[Deposit, ...]:
    """Return the deposits with the make-up of their ores.

    Raises:
        ReferenceDataError: A fraction, country, element or source is wrong, or a used
            composition does not sum to 1.
    """
    fractions: dict[str, dict[str, TextRecord]] = {}
    for line in read_csv_table(
        root / FRACTIONS_FILE,
        ("deposit", "element", "printed", "used", "filled"),
        optional=("printed", "used"),
        name=FRACTIONS_FILE,
    ):
        of_deposit = fractions.setdefault(line.text("deposit"), {})
        if of_deposit.setdefault(read_element(line, "element"), line) is not line:
            raise line.error("the element is repeated")
    records = read_csv_table(
        root / DEPOSITS_FILE,
        ("id", "name", "countries", "ore", "tonnes_reo_2025", "status", "sources", "method",
         "note", "elements"),
        optional=("tonnes_reo_2025", "note"),
        name=DEPOSITS_FILE,
    )  # fmt: skip
    deposits = gather(
        records,
        lambda record: _deposit(record, fractions.get(record.text("id"), {}), known_sources),
    )
    found = unique(DEPOSITS_FILE, [(deposit.id, deposit) for deposit in deposits])
    for deposit in fractions:
        if deposit not in found:
            raise ReferenceDataError(f"{FRACTIONS_FILE}: {deposit!r} is no deposit")
    return deposits


def _deposit(
    record: TextRecord, lines: Mapping[str, TextRecord], known_sources: AbstractSet[str]
) -> Deposit:
    """Return one deposit."""
    if len(lines) != record.integer("elements"):
        raise ReferenceDataError(
            f"{FRACTIONS_FILE}: {record.text('id')!r} has {len(lines)} lines, "
            f"but {record.place} counts {record.text('elements')}"
        )
    used = {symbol: line.share("used") for symbol, line in lines.items() if line.has("used")}
    if used and abs(math.fsum(used.values()) - 1) > _COMPOSITION_TOLERANCE:
        raise ReferenceDataError(f"{FRACTIONS_FILE}: {record.text('id')!r} does not sum to 1")
    tonnes = record.number_or_none("tonnes_reo_2025")
    if tonnes is not None and tonnes < 0:
        raise record.error("'tonnes_reo_2025' is negative")
    return Deposit(
        id=record.text("id"),
        name=record.text("name"),
        countries=tuple(
            check_country(record, code, also=WITH_UNSPECIFIED) for code in record.words("countries")
        ),
        ore=record.text("ore"),
        tonnes_reo=tonnes,
        printed={
            symbol: line.share("printed") for symbol, line in lines.items() if line.has("printed")
        },
        used=used,
        filled=frozenset(symbol for symbol, line in lines.items() if line.flag("filled")),
        provenance=read_provenance(record, known_sources),
    )


def load_capacities(root: Path, known_sources: AbstractSet[str]) -> tuple[PlantCapacity, ...]:
    """Return plants with their capacity in words.

    Raises:
        ReferenceDataError: A field is missing or wrong.
    """
    records = read_csv_table(
        root / CAPACITIES_FILE,
        ("company", "site", "country", "stages", "capacity", "status", "sources", "note"),
        optional=("note",),
        name=CAPACITIES_FILE,
    )
    plants = gather(
        records,
        lambda record: PlantCapacity(
            company=record.text("company"),
            site=record.text("site"),
            country=read_country(record, "country"),
            stages=record.words("stages"),
            capacity=record.text("capacity"),
            provenance=read_provenance(record, known_sources),
        ),
    )
    unique(CAPACITIES_FILE, [((plant.company, plant.site), plant) for plant in plants])
    return plants


def load_imports(root: Path, known_sources: AbstractSet[str]) -> tuple[ImportFigure, ...]:
    """Return figures on imports by destination and origin.

    Raises:
        ReferenceDataError: A field is wrong, or a figure stands there twice.
    """
    records = read_csv_table(
        root / IMPORTS_FILE, IMPORT_COLUMNS, optional=("origin", "note"), name=IMPORTS_FILE
    )

    def parse(record: TextRecord) -> ImportFigure:
        measure = record.text("measure")
        if measure not in _MEASURES:
            raise record.error(f"'measure' must be one of {', '.join(sorted(_MEASURES))}")
        absolute = measure in _ABSOLUTE_MEASURES
        if record.has("origin") == absolute:
            raise record.error("a share needs an 'origin', a total has none")
        value = record.number("value") if absolute else record.share("value")
        if value < 0:
            raise record.error("'value' is negative")
        return ImportFigure(
            destination=read_country(record, "destination", also=WITH_EU | WITH_UNSPECIFIED),
            origin=None if absolute else read_country(record, "origin", also=WITH_UNSPECIFIED),
            product=record.text("product"),
            period=record.text("period"),
            measure=measure,
            value=value,
            provenance=read_provenance(record, known_sources),
        )

    figures = gather(records, parse)
    unique(
        IMPORTS_FILE,
        [
            ((item.destination, item.origin, item.product, item.period, item.measure), item)
            for item in figures
        ],
    )
    return figures


def load_eu_assessments(root: Path, known_sources: AbstractSet[str]) -> Mapping[str, EuAssessment]:
    """Return the EU's assessment of 2017 by element.

    Raises:
        ReferenceDataError: A field is missing or wrong.
    """
    records = read_csv_table(
        root / EU_FILE,
        ("element", "supply_risk", "economic_importance", "import_reliance_percent",
         "recycling_input_rate_percent", "substitution_index_importance",
         "substitution_index_supply_risk", "hhi_global", "hhi_eu", "supply_risk_global_only",
         "supply_risk_eu_sourcing_only", "stage", "status", "sources"),
        name=EU_FILE,
    )  # fmt: skip

    def parse(record: TextRecord) -> EuAssessment:
        return EuAssessment(
            element=read_element(record, "element"),
            supply_risk=record.number("supply_risk"),
            economic_importance=record.number("economic_importance"),
            import_reliance=record.number("import_reliance_percent") / 100,
            recycling_input_rate=record.number("recycling_input_rate_percent") / 100,
            substitution_index_importance=record.share("substitution_index_importance"),
            substitution_index_supply_risk=record.share("substitution_index_supply_risk"),
            hhi_global=record.number("hhi_global"),
            hhi_eu=record.number("hhi_eu"),
            supply_risk_global_only=record.number("supply_risk_global_only"),
            supply_risk_eu_sourcing_only=record.number("supply_risk_eu_sourcing_only"),
            stage=record.text("stage"),
            provenance=read_provenance(record, known_sources),
        )

    return unique(EU_FILE, [(item.element, item) for item in gather(records, parse)])
