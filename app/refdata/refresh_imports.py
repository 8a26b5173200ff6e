"""Newer import shares from the preview interface of UN Comtrade.

Raw records may not be passed on, so shares are all that is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.places import UNSPECIFIED
from app.refdata.csv_table import read_csv_table
from app.refdata.measure_answers import SourceAnswer
from app.refdata.refresh_fetch import Fetcher, field_of
from app.refdata.refresh_mixes import MixSuccessors
from app.refdata.refresh_places import alpha_2
from app.refdata.refresh_proposal import Proposal, Wanted, rounded_shares, with_rows
from app.refdata.supply_background import IMPORT_COLUMNS, IMPORTS_FILE
from app.refdata.text_record import TextRecord

NAME = "comtrade"

_ADDRESS = "https://comtradeapi.un.org/public/v1/preview/C/A/HS"

#: Destinations that the data hold, by the number under which they report.
REPORTERS: Mapping[str, str] = {
    "JP": "392", "US": "842", "KR": "410", "IN": "699", "DE": "276", "GB": "826", "VN": "704",
    "TH": "764",
}  # fmt: skip
_HEADINGS = ("280530", "284610", "284690")

#: The preview cuts off without a word here.
_MOST_RECORDS = 500

#: Origins with less are added to the unspecified ones.
_LEAST_SHARE = 0.01

#: Source of the rows that were made in the same way before.
_BEFORE = "baci"

#: Most countries have reported a year two years later.
_LAG_YEARS = 2

#: How the method of a row names heading and measure: "imports HS 284690 (...) by weight".
_METHOD = re.compile(r"imports HS (\d{6})\b.* by (weight|value)\b")
_MEASURES = {"weight": "weight_share", "value": "value_share"}


@dataclass(frozen=True, slots=True)
class _Mix:
    """Shares of origins in what a destination imports under a heading."""

    destination: str
    heading: str
    measure: str
    shares: Mapping[str, float]


def propose_imports(root: Path, fetcher: Fetcher, wanted: Wanted) -> Proposal:
    """Return import shares of a year, and the sourcing rows that follow from them.

    Raises:
        RefreshError: UN Comtrade cannot be asked, or its answer is not what we know.
    """
    year, asked_on = wanted.year_behind(_LAG_YEARS), wanted.asked_on
    key = f"comtrade_{year}"
    mixes = [
        mix
        for destination, reporter in REPORTERS.items()
        for mix in _mixes(fetcher, destination, reporter, year)
    ]
    if not mixes:
        raise fetcher.error(f"nobody has reported imports of {year} yet")
    proposal = Proposal(
        name="UN Comtrade, annual imports",
        source=SourceAnswer(
            key=key, publisher="United Nations, UN Comtrade", verified=False,
            title=f"Annual imports of rare earths by origin, {year} (HS {', '.join(_HEADINGS)})",
            url="https://comtradeplus.un.org/", read="fetched by lodestone refresh; shares only",
        ),
    )  # fmt: skip
    imports = list(_import_rows(root, mixes, year, key))
    if imports:
        proposal.files[IMPORTS_FILE] = with_rows(root, IMPORTS_FILE, imports)
    sourcing = _sourcing(root, mixes, key, year=year, starts_on=asked_on)
    proposal.files |= sourcing.files()
    proposal.rows = len(imports) + sourcing.count
    proposal.changes = sourcing.changes
    missing = sorted(REPORTERS.keys() - {mix.destination for mix in mixes})
    proposal.notes = [
        ("The origin is the last shipping country. Names of transit countries (HK, SG, NL, BE) "
        "among the large origins are a reason to doubt a row."),
        (f"Not reported, or not yet: {' '.join(missing) or 'none'}. The bloc EU is not asked for: "
        "its row is the sum of 27 reporters without trade among them."),
        (f"New sourcing rows are valid from {asked_on}, the day on which they were asked for; they "
        "follow the newest row of the same heading, measure and elements."),
        "Terms of UN Comtrade: records may not be passed on; the files hold shares only.",
    ]  # fmt: skip
    return proposal


def _mixes(fetcher: Fetcher, destination: str, reporter: str, year: int) -> Iterator[_Mix]:
    answer = fetcher.document(
        _ADDRESS,
        {
            "period": str(year), "reporterCode": reporter, "cmdCode": ",".join(_HEADINGS),
            "flowCode": "M", "partner2Code": "0", "customsCode": "C00", "motCode": "0",
            "maxRecords": str(_MOST_RECORDS), "includeDesc": "true",
        },
    )  # fmt: skip
    records = field_of(answer, "data")
    said = field_of(answer, "error")
    if said or not isinstance(records, list):
        raise fetcher.error(f"{destination}: {said or 'the answer has no records'}")
    if len(records) >= _MOST_RECORDS:
        raise fetcher.error(f"{destination}: the preview cut off at {_MOST_RECORDS} records")
    amounts: dict[tuple[str, str], dict[str, float]] = {}
    for record in records:
        heading, origin, by_measure = _record(fetcher, destination, record)
        if origin is None or origin == destination:
            continue
        for measure, amount in by_measure.items():
            cell = amounts.setdefault((heading, measure), {})
            cell[origin] = cell.get(origin, 0.0) + amount
    for (heading, measure), by_origin in sorted(amounts.items()):
        if sum(by_origin.values()) > 0:
            yield _Mix(destination, heading, measure, _grouped(by_origin))


def _record(
    fetcher: Fetcher, destination: str, record: object
) -> tuple[str, str | None, dict[str, float]]:
    """Return heading, origin (None for the world) and amounts of one record."""
    heading = field_of(record, "cmdCode")
    partner = field_of(record, "partnerISO") or str(field_of(record, "partnerCode"))
    if heading not in _HEADINGS or not isinstance(partner, str):
        raise fetcher.error(f"{destination}: a record is of heading {heading!r}")
    amounts = {}
    for measure, key in (("value_share", "primaryValue"), ("weight_share", "netWgt")):
        amount = field_of(record, key)
        if amount is None:
            continue
        if not isinstance(amount, int | float) or amount < 0:
            raise fetcher.error(f"{destination}: {key} of {partner} is {amount!r}")
        amounts[measure] = float(amount)
    if partner in {"W00", "0"}:
        return str(heading), None, amounts
    return str(heading), alpha_2(partner) or UNSPECIFIED, amounts


def _grouped(amounts: Mapping[str, float]) -> dict[str, float]:
    """Return shares, the small ones with the unspecified."""
    total = sum(amounts.values())
    kept: dict[str, float] = {}
    for origin, amount in amounts.items():
        name = origin if amount / total >= _LEAST_SHARE else UNSPECIFIED
        kept[name] = kept.get(name, 0.0) + amount
    return {name: share for name, share in rounded_shares(kept).items() if share > 0}


def _import_rows(root: Path, mixes: list[_Mix], year: int, key: str) -> Iterator[list[str]]:
    """Yield rows of the import table; where the year is there already, its figures stay."""
    present = {
        (record.text("destination"), record.text("product"), record.text("measure"))
        for record in read_csv_table(
            root / IMPORTS_FILE, IMPORT_COLUMNS, optional=("origin", "note"), name=IMPORTS_FILE
        )
        if record.text("period") == str(year)
    }
    for mix in mixes:
        product = f"HS{mix.heading}"
        if (mix.destination, product, mix.measure) in present:
            continue
        for origin, share in mix.shares.items():
            yield [mix.destination, origin, product, str(year), mix.measure, f"{share:g}",
                   "derived", key, ""]  # fmt: skip


def _sourcing(
    root: Path, mixes: list[_Mix], key: str, *, year: int, starts_on: date
) -> MixSuccessors:
    """Return the sourcing rows that follow those made from the same heading and measure."""
    by_cell = {(mix.destination, mix.heading, mix.measure): mix for mix in mixes}
    sourcing = MixSuccessors(root, "destination", starts_on=starts_on)
    for cell, record in sourcing.newest(_cell_of).items():
        mix = by_cell.get(cell[:3])
        if mix is not None:
            sourcing.follow(record, mix.shares, {"reference": str(year), "sources": key})
    return sourcing


def _cell_of(record: TextRecord) -> tuple[str, str, str, str, str] | None:
    """Return place, heading, measure, stage and elements of a row made from trade alone."""
    found = _METHOD.match(record.text("method"))
    sources = record.text("sources")
    if found is None or not (sources == _BEFORE or sources.startswith("comtrade_")):
        return None
    place, stage, elements = (record.text(name) for name in ("place", "stage", "elements"))
    return place, found[1], _MEASURES[found[2]], stage, elements
