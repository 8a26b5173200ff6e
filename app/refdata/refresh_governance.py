"""Newer governance estimates from the programming interface of the World Bank."""

from __future__ import annotations

import math
import re
from pathlib import Path

from app.domain.places import EU, EU_MEMBERS
from app.refdata.csv_table import read_csv_table
from app.refdata.measure_answers import SourceAnswer
from app.refdata.refresh_fetch import Fetcher, field_of
from app.refdata.refresh_places import alpha_2
from app.refdata.refresh_proposal import Change, Proposal, Wanted, csv_lines
from app.refdata.supply_tables import DIMENSIONS, ESTIMATE_MAX, GOVERNANCE_FILE

NAME = "world-bank"
TABLES_FILE = "supply/tables.yaml"

_ADDRESS = "https://api.worldbank.org/v2/country/all/indicator/GOV_WGI_{code}.EST"
_CODES = dict(zip(DIMENSIONS, ("VA", "PV", "GE", "RQ", "RL", "CC"), strict=True))

#: The edition of an autumn ends with the year before.
_LAG_YEARS = 2

#: Pages of one indicator; one page holds all countries of a year.
_MOST_PAGES = 5

#: Countries that an edition must have, at least; the World Bank covers over 200.
_LEAST_COUNTRIES = 150


def propose_governance(root: Path, fetcher: Fetcher, wanted: Wanted) -> Proposal:
    """Return the governance table of a year, all six dimensions from one edition.

    Raises:
        RefreshError: The World Bank cannot be asked, or its answer is not what we know.
    """
    year = wanted.year_behind(_LAG_YEARS)
    by_country: dict[str, dict[str, float]] = {}
    for dimension, code in _CODES.items():
        for country, value in _estimates(fetcher, code, year).items():
            by_country.setdefault(country, {})[dimension] = value
    if len(by_country) < _LEAST_COUNTRIES:
        raise fetcher.error(
            f"only {len(by_country)} countries have estimates for {year}; is the year published?"
        )
    rows = [_row(country, by_country[country]) for country in sorted(by_country)]
    members = [float(row[1]) for row in rows if row[0] in EU_MEMBERS]
    rows.append([EU, _text(math.fsum(members) / len(members), 4), "6", *[""] * len(DIMENSIONS)])
    rows.sort()
    key = f"wgi_{year}_api"
    proposal = Proposal(
        name="the World Bank, Worldwide Governance Indicators",
        source=SourceAnswer(
            key=key, publisher="World Bank", verified=False, read="fetched by lodestone refresh",
            title=f"Worldwide Governance Indicators, six dimensions, estimates for {year} (API)",
            url="https://api.worldbank.org/v2/sources/3/indicators",
        ),
        rows=len(rows),
    )  # fmt: skip
    header = ["country", "risk", "dimensions", *DIMENSIONS]
    proposal.files[GOVERNANCE_FILE] = csv_lines([header, *rows])
    proposal.files[TABLES_FILE] = _tables(root, key, year)
    proposal.changes = _changes(root, rows)
    proposal.notes = [
        (
            "The whole table is renewed, since editions must not be mixed. If the World Bank has "
            "changed its method, say so in `supply/tables.yaml` and in the changelog."
        ),
        (
            f"Set `valid_from` of `governance` in `{TABLES_FILE}` to the day of publication; the "
            "table has one edition only, so questions about earlier days see it from that day on."
        ),
    ]
    return proposal


def _estimates(fetcher: Fetcher, code: str, year: int) -> dict[str, float]:
    """Return the estimates of one dimension by country."""
    url = _ADDRESS.format(code=code)
    found: dict[str, float] = {}
    for page in range(1, _MOST_PAGES + 1):
        answer = fetcher.document(
            url,
            {"source": "3", "format": "json", "date": str(year), "per_page": "400",
             "page": str(page)},
        )  # fmt: skip
        rows, pages = _page(fetcher, url, answer)
        for row in rows:
            country, value = _estimate(fetcher, row, year)
            if country is not None and value is not None:
                found[country] = value
        if page >= pages:
            return found
    raise fetcher.error(f"{url} has more than {_MOST_PAGES} pages")


def _page(fetcher: Fetcher, url: str, answer: object) -> tuple[list[object], int]:
    """Return the rows of a page and the number of pages; an error comes with status 200."""
    if not isinstance(answer, list) or not answer:
        raise fetcher.error(f"{url} answered no list")
    message = field_of(answer[0], "message")
    if message is not None:
        raise fetcher.error(f"{url}: {message}")
    pages = field_of(answer[0], "pages")
    if len(answer) != 2 or not isinstance(answer[1], list) or not isinstance(pages, int):
        raise fetcher.error(f"{url} answered neither rows nor a message")
    return answer[1], pages


def _estimate(fetcher: Fetcher, row: object, year: int) -> tuple[str | None, float | None]:
    """Return country and estimate of a row; None for groups of countries and missing values."""
    code = field_of(row, "countryiso3code") or field_of(field_of(row, "country"), "id")
    value, date = field_of(row, "value"), field_of(row, "date")
    if not isinstance(code, str) or date != str(year):
        raise fetcher.error(f"a row has no country, or is of {date} instead of {year}")
    if value is None:
        return None, None
    if not isinstance(value, int | float) or not abs(value) <= 2 * ESTIMATE_MAX:
        raise fetcher.error(f"the estimate of {code} is {value!r}, which cannot be one")
    return alpha_2(code), float(value)


def _row(country: str, estimates: dict[str, float]) -> list[str]:
    shown = {name: round(value, 3) for name, value in estimates.items()}
    mean = math.fsum(shown.values()) / len(shown)
    risk = min(1.0, max(0.0, (ESTIMATE_MAX - mean) / (2 * ESTIMATE_MAX)))
    cells = [_text(shown[name], 3) if name in shown else "" for name in DIMENSIONS]
    return [country, _text(risk, 4), str(len(shown)), *cells]


def _text(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


def _changes(root: Path, rows: list[list[str]]) -> list[Change]:
    present = read_csv_table(
        root / GOVERNANCE_FILE, ("country", "risk", "dimensions", *DIMENSIONS),
        optional=DIMENSIONS, name=GOVERNANCE_FILE,
    )  # fmt: skip
    old = {record.text("country"): record.number("risk") for record in present}
    new = {row[0]: float(row[1]) for row in rows}
    return [
        Change(table=GOVERNANCE_FILE, subject=country, old=old.get(country), new=new.get(country))
        for country in sorted(old.keys() | new.keys())
        if old.get(country) != new.get(country)
    ]


def _tables(root: Path, key: str, year: int) -> str:
    """Return the notes on the tables, with source and year of the new estimates."""
    text = (root / TABLES_FILE).read_text(encoding="utf-8")
    start, end = text.index("governance:\n"), text.index("governance_missing:\n")
    block = re.sub(r"(?m)^  sources: .*$", f"  sources: [{key}]", text[start:end], count=1)
    block = re.sub(r"(?m)^  reference: .*$", f"  reference: estimates for {year}", block, count=1)
    return text[:start] + block + text[end:]
