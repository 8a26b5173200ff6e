"""Loads figures of the sectors that no score reads: applications, their spread, facts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.background import Application, ApplicationSplit, ElementUse, Fact
from app.domain.elements import RARE_EARTH_SET, WITHOUT_MARKET
from app.errors import ReferenceDataError
from app.refdata.countries import check_element, read_element
from app.refdata.keyed_records import read_keyed_records
from app.refdata.sources import read_provenance
from app.refdata.text_record import TextRecord, gather, unique
from app.refdata.yaml_text import read_yaml_text

APPLICATIONS_FILE = "sectors/applications.yaml"
ELEMENT_APPLICATIONS_FILE = "sectors/element_applications.yaml"
APPLICATION_SECTORS_FILE = "sectors/application_sectors.yaml"

#: Files of facts, all with the same keys.
FACT_FILES = ("supply/facts.yaml", "sectors/facts.yaml")

#: Shares are printed with four decimals, up to 25 in a row.
_SUM_TOLERANCE = 1.5e-3

_KINDS = frozenset(
    "validation peer trade recycling licence gap remark recipe cross_check impact_study".split()
)


def load_applications(root: Path, known_sources: AbstractSet[str]) -> Mapping[str, Application]:
    """Return the applications by id.

    Raises:
        ReferenceDataError: A field is wrong, or shares sum to more than 1.
    """
    records = read_keyed_records(
        root,
        APPLICATIONS_FILE,
        required=("name", "status", "sources"),
        optional=("volume_share", "composition", "note"),
    )

    def parse(item: tuple[str, TextRecord]) -> Application:
        key, record = item
        composition = record.numbers("composition")
        for symbol in composition:
            check_element(record, symbol)
        _check_sum(record, composition, at_most=True)
        return Application(
            id=key,
            name=record.text("name"),
            volume_share=record.share("volume_share") if record.has("volume_share") else None,
            composition=composition,
            provenance=read_provenance(record, known_sources),
        )

    return {application.id: application for application in gather(records, parse)}


def load_element_uses(
    root: Path, *, applications: AbstractSet[str], known_sources: AbstractSet[str]
) -> Mapping[str, ElementUse]:
    """Return where the use of each of the seventeen elements goes.

    Raises:
        ReferenceDataError: An element is missing, an application is not known, or shares do not
            sum to 1.
    """
    name = ELEMENT_APPLICATIONS_FILE
    records = read_keyed_records(
        root, name, required=("shares", "method", "status", "sources"), optional=("band", "note")
    )

    def parse(item: tuple[str, TextRecord]) -> ElementUse:
        key, record = item
        shares = record.numbers("shares")
        for application in shares:
            if application not in applications:
                raise record.error(f"{application!r} is no application")
        if check_element(record, key) not in WITHOUT_MARKET:
            _check_sum(record, shares)
        return ElementUse(
            element=key,
            shares=shares,
            band=record.number_or_none("band"),
            provenance=read_provenance(record, known_sources),
        )

    uses = {use.element: use for use in gather(records, parse)}
    if uses.keys() != RARE_EARTH_SET:
        raise ReferenceDataError(f"{name}: lacks {' '.join(sorted(RARE_EARTH_SET - uses.keys()))}")
    return uses


def load_application_splits(
    root: Path,
    *,
    applications: AbstractSet[str],
    sectors: AbstractSet[str],
    known_sources: AbstractSet[str],
) -> tuple[ApplicationSplit, ...]:
    """Return how the applications are spread over sectors.

    Raises:
        ReferenceDataError: An application or sector is not known, or shares do not sum to 1.
    """
    name = APPLICATION_SECTORS_FILE
    top = TextRecord(name, read_yaml_text(root / name, name=name), required=("rows",))
    records = top.records(
        "rows",
        required=("application", "shares", "status", "sources"),
        optional=("element", "range", "note"),
    )

    def parse(record: TextRecord) -> ApplicationSplit:
        application = record.text("application")
        shares, ranges = record.numbers("shares"), record.number_lists("range")
        if application not in applications:
            raise record.error(f"{application!r} is no application")
        for sector in (*shares, *ranges):
            if sector not in sectors:
                raise record.error(f"{sector!r} is no sector")
        for sector, ends in ranges.items():
            if len(ends) != 2 or not ends[0] <= shares.get(sector, -1.0) <= ends[1]:
                raise record.error(f"the range of {sector!r} must enclose its share")
        _check_sum(record, shares)
        return ApplicationSplit(
            application=application,
            element=read_element(record, "element") if record.has("element") else None,
            shares=shares,
            ranges=ranges,
            provenance=read_provenance(record, known_sources),
        )

    splits = gather(records, parse)
    unique(name, [((split.application, split.element), split) for split in splits])
    return splits


def load_facts(root: Path, known_sources: AbstractSet[str]) -> tuple[Fact, ...]:
    """Return the facts of all files, each with an id of its own.

    Raises:
        ReferenceDataError: A field is missing or wrong, or an id stands there twice.
    """
    facts: list[tuple[str, Fact]] = []
    for name in FACT_FILES:
        top = TextRecord(name, read_yaml_text(root / name, name=name), required=("facts",))
        records = top.records(
            "facts",
            required=("id", "kind", "text", "values", "items", "status", "sources"),
            optional=("note",),
        )
        facts += [(fact.id, fact) for fact in gather(records, lambda r: _fact(r, known_sources))]
        unique(name, facts)
    return tuple(fact for _, fact in facts)


def _fact(record: TextRecord, known_sources: AbstractSet[str]) -> Fact:
    """Return one fact."""
    kind = record.text("kind")
    if kind not in _KINDS:
        raise record.error(f"'kind' must be one of {', '.join(sorted(_KINDS))}, not {kind!r}")
    return Fact(
        id=record.text("id"),
        kind=kind,
        text=record.text("text"),
        values=record.number_lists("values"),
        items=record.words("items"),
        provenance=read_provenance(record, known_sources),
    )


def _check_sum(record: TextRecord, shares: Mapping[str, float], *, at_most: bool = False) -> None:
    """Refuse shares that are negative, or do not sum to 1 within their rounding."""
    total = math.fsum(shares.values())
    if min(shares.values(), default=0.0) < 0:
        raise record.error("a share is negative")
    if total > 1 + _SUM_TOLERANCE or (not at_most and total < 1 - _SUM_TOLERANCE):
        raise record.error(f"shares sum to {total:.4f}, not 1")
