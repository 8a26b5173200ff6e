"""Loads the smaller tables of the supply side: governance, reliance, mines, importers, prices."""

from __future__ import annotations

import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path

from app.domain.elements import Element
from app.domain.supply import GovernanceRisk, ImportRelianceRow, LargestMine, Price, Stage
from app.errors import ReferenceDataError
from app.refdata.countries import WITH_EU, read_country, read_element, read_elements
from app.refdata.csv_table import read_csv_table
from app.refdata.sources import read_provenance
from app.refdata.text_record import TextRecord, gather, unique

GOVERNANCE_FILE = "supply/governance.csv"
RELIANCE_FILE = "supply/import_reliance.csv"
MINES_FILE = "supply/largest_mines.csv"
MINE_VINTAGES_FILE = "supply/largest_mine_vintages.csv"
IMPORTERS_FILE = "supply/importers.csv"
PRICES_FILE = "supply/prices.csv"

DIMENSIONS = (
    "voice_and_accountability", "political_stability", "government_effectiveness",
    "regulatory_quality", "rule_of_law", "control_of_corruption",
)  # fmt: skip

#: Scale of the World Bank estimates: -2.5 bad to 2.5 good.
ESTIMATE_MAX = 2.5

#: The printed risk is rounded to four decimals, from estimates rounded to three.
_RISK_TOLERANCE = 1.5e-4

#: Importer weights are printed with four decimals; the largest takes up the rounding of all.
_WEIGHT_TOLERANCE = 5e-4

#: How far the importer weights may be from a sum of 1.
_WEIGHT_SUM_TOLERANCE = 1e-9

#: Prices per kg of contained element are printed with two decimals or more.
_PRICE_TOLERANCE = 0.0051


def load_governance(root: Path) -> Mapping[str, GovernanceRisk]:
    """Return the governance risk by country.

    Raises:
        ReferenceDataError: A country is unknown or repeated, or a risk does not follow from the
            estimates beside it.
    """
    records = read_csv_table(
        root / GOVERNANCE_FILE,
        ("country", "risk", "dimensions", *DIMENSIONS),
        optional=DIMENSIONS,
        name=GOVERNANCE_FILE,
    )
    return unique(GOVERNANCE_FILE, [(risk.country, risk) for risk in gather(records, _governance)])


def _governance(record: TextRecord) -> GovernanceRisk:
    """Return the governance risk of one country."""
    risk = record.share("risk")
    found = [(name, record.number_or_none(name)) for name in DIMENSIONS]
    estimates = {name: value for name, value in found if value is not None}
    country = read_country(record, "country", also=WITH_EU)
    if estimates:
        if record.integer("dimensions") != len(estimates):
            raise record.error(f"'dimensions' must be {len(estimates)}")
        mean = math.fsum(estimates.values()) / len(estimates)
        derived = min(1.0, max(0.0, (ESTIMATE_MAX - mean) / (2 * ESTIMATE_MAX)))
        if abs(derived - risk) > _RISK_TOLERANCE:
            raise record.error(f"'risk' is {risk}, but the estimates give {derived:.4f}")
    elif country not in WITH_EU:
        raise record.error("no estimate is given")
    return GovernanceRisk(
        country=country,
        value=risk,
        dimensions=record.integer("dimensions"),
        estimates=estimates,
    )


def load_import_reliance(
    root: Path, known_sources: AbstractSet[str]
) -> tuple[ImportRelianceRow, ...]:
    """Return import reliance by destination, stage and elements.

    Raises:
        ReferenceDataError: A field is wrong, or two rows speak of the same.
    """
    records = read_csv_table(
        root / RELIANCE_FILE,
        ("destination", "stage", "elements", "low", "nominal", "high", "status", "sources",
         "method"),
        name=RELIANCE_FILE,
    )  # fmt: skip

    def parse(record: TextRecord) -> ImportRelianceRow:
        value = record.ordered(
            "nominal", record.share("low"), record.share("nominal"), record.share("high")
        )
        return ImportRelianceRow(
            destination=read_country(record, "destination", also=WITH_EU),
            stage=record.choice("stage", Stage),
            elements=frozenset(read_elements(record, "elements")),
            value=value,
            provenance=read_provenance(record, known_sources),
        )

    rows = gather(records, parse)
    unique(
        RELIANCE_FILE,
        [((row.destination, row.stage, element), row) for row in rows for element in row.elements],
    )
    return rows


def load_largest_mines(root: Path, known_sources: AbstractSet[str]) -> Mapping[str, LargestMine]:
    """Return the share of the largest single mine by element.

    Raises:
        ReferenceDataError: A field is wrong, or the vintages do not ascend.
    """
    vintages: dict[str, list[tuple[date, float]]] = {}
    for record in read_csv_table(
        root / MINE_VINTAGES_FILE, ("element", "valid_from", "value"), name=MINE_VINTAGES_FILE
    ):
        rows = vintages.setdefault(read_element(record, "element"), [])
        rows.append((record.day("valid_from"), record.share("value")))
        if len(rows) > 1 and rows[-1][0] <= rows[-2][0]:
            raise record.error("'valid_from' must ascend within an element")
    records = read_csv_table(
        root / MINES_FILE,
        ("element", "mine", "low", "nominal", "high", "status", "confidence", "sources", "note"),
        optional=("mine", "note"),
        name=MINES_FILE,
    )

    def parse(record: TextRecord) -> LargestMine:
        element = read_element(record, "element")
        if element not in vintages:
            raise ReferenceDataError(f"{MINE_VINTAGES_FILE}: no vintage for {element}")
        return LargestMine(
            element=element,
            mine=record.text_or_none("mine"),
            value=record.ordered(
                "nominal", record.share("low"), record.share("nominal"), record.share("high")
            ),
            vintages=tuple(vintages[element]),
            provenance=read_provenance(record, known_sources),
        )

    mines = unique(MINES_FILE, [(mine.element, mine) for mine in gather(records, parse)])
    if set(vintages) != set(mines):
        raise ReferenceDataError(f"{MINE_VINTAGES_FILE}: names an element without a mine")
    return mines


def load_importers(root: Path) -> Mapping[str, float]:
    """Return the weight of each reference importer; they sum to 1.

    Raises:
        ReferenceDataError: Weights do not sum to 1, or do not follow from the import values.
    """
    records = read_csv_table(
        root / IMPORTERS_FILE,
        ("country", "weight", "weight_with_processors", "import_value_kusd"),
        optional=("weight",),
        name=IMPORTERS_FILE,
    )
    by_country = unique(
        IMPORTERS_FILE, [(read_country(record, "country"), record) for record in records]
    )
    imports = {
        country: record.number("import_value_kusd") for country, record in by_country.items()
    }
    weights: dict[str, float] = {}
    for column in ("weight_with_processors", "weight"):
        weights = {
            country: record.share(column)
            for country, record in by_country.items()
            if record.has(column)
        }
        total = math.fsum(imports[country] for country in weights)
        for country, weight in weights.items():
            if abs(weight - imports[country] / total) > _WEIGHT_TOLERANCE:
                raise by_country[country].error(f"{column!r} does not follow from the imports")
        if abs(math.fsum(weights.values()) - 1) > _WEIGHT_SUM_TOLERANCE:
            raise ReferenceDataError(f"{IMPORTERS_FILE}: {column!r} does not sum to 1")
    return weights


def load_prices(
    root: Path, *, elements: Mapping[str, Element], known_sources: AbstractSet[str]
) -> Mapping[str, Price]:
    """Return the price of each element that has a free one, from that of its oxide.

    Rows without a figure say that none was found; rows of metals are for people.

    Raises:
        ReferenceDataError: A field is wrong, or the price per kg of element does not follow from
            that of the oxide.
    """
    records = read_csv_table(
        root / PRICES_FILE,
        ("element", "form", "product", "market", "reference", "low_usd_per_kg",
         "nominal_usd_per_kg", "high_usd_per_kg", "element_low_usd_per_kg",
         "element_nominal_usd_per_kg", "element_high_usd_per_kg", "known_from", "status",
         "sources", "reason"),
        optional=("product", "market", "reference", "low_usd_per_kg", "nominal_usd_per_kg",
                  "high_usd_per_kg", "element_low_usd_per_kg", "element_nominal_usd_per_kg",
                  "element_high_usd_per_kg", "known_from", "reason"),
        name=PRICES_FILE,
    )  # fmt: skip
    unique(PRICES_FILE, [((row.text("element"), row.text("form")), row) for row in records])
    prices = gather(records, lambda record: _price(record, elements, known_sources))
    return {price.element: price for price in prices if price is not None}


def _price(
    record: TextRecord, elements: Mapping[str, Element], known_sources: AbstractSet[str]
) -> Price | None:
    """Return the price of an oxide row with a figure, else None."""
    provenance = read_provenance(record, known_sources)
    known_from = record.day_or_none("known_from")
    if not record.has("nominal_usd_per_kg"):
        if not record.has("reason"):
            raise record.error("a row without a figure needs a 'reason'")
        return None
    if known_from is None:
        raise record.error("'known_from' is missing")
    product = _usd_per_kg(record, "")
    if record.text("element") == "NdPr" or record.text("form") != "oxide":
        return None
    element = elements[read_element(record, "element")]
    contained = _usd_per_kg(record, "element_")
    for printed, of_oxide in zip(contained, product, strict=True):
        if abs(printed - of_oxide / element.oxide_factor) > _PRICE_TOLERANCE:
            raise record.error(f"{printed} does not follow from {of_oxide} per kg of oxide")
    return Price(
        element=element.symbol,
        usd_per_kg=record.ordered("element_nominal_usd_per_kg", *contained),
        product=record.text("product"),
        market=record.text("market"),
        reference=record.text("reference"),
        known_from=known_from,
        provenance=provenance,
    )


def _usd_per_kg(record: TextRecord, prefix: str) -> tuple[float, float, float]:
    """Return low, nominal and high of a price [USD/kg]; all three are positive and ascend."""
    low, nominal, high = (
        record.number(f"{prefix}{end}_usd_per_kg") for end in ("low", "nominal", "high")
    )
    if low <= 0:
        raise record.error("a price must be positive")
    record.ordered(f"{prefix}nominal_usd_per_kg", low, nominal, high)
    return low, nominal, high
