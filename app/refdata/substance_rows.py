"""Loads substances, customs codes and codes of other classifications."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from app.domain.materials import ClassificationHint, HsHint, Precision, Substance
from app.domain.registry_numbers import is_cas_number, is_ec_number
from app.domain.vocabulary import Name
from app.refdata.countries import check_element, read_elements
from app.refdata.csv_table import read_csv_table
from app.refdata.identification_rows import check_count, check_form, read_names
from app.refdata.sources import read_provenance
from app.refdata.text_record import TextRecord, gather, unique

SUBSTANCES_FILE = "substances/substances.csv"
NAMES_FILE = "substances/names.csv"
HS_FILE = "substances/hs_codes.csv"
CLASSIFICATIONS_FILE = "substances/classifications.csv"

_COLUMNS = (
    "id", "name", "kind", "form", "formula", "fractions", "cas", "cas_status", "ec", "ec_status",
    "hs6", "status", "sources", "note",
)  # fmt: skip
_OPTIONAL = ("formula", "cas", "cas_status", "ec", "ec_status", "hs6", "note")

_HS_COLUMNS = (
    "code", "jurisdiction", "description", "elements", "kind", "form", "precision", "status",
    "sources", "note",
)  # fmt: skip
_CLASS_COLUMNS = (
    "system", "code", "description", "elements", "precision", "status", "sources", "note",
)  # fmt: skip

_JURISDICTIONS = ("HS", "CN", "EU", "US", "JP")
_HS_CODE = re.compile(r"\d{6}(\d{2}|\d{4})?")
_NUMBER_STATUS = ("dataset", "document", "unverified")

_MINIMUM_SUBSTANCES = 312
_MINIMUM_HS = 178


def load_substances(root: Path, known_sources: AbstractSet[str]) -> Mapping[str, Substance]:
    """Return every substance by its id.

    Raises:
        ReferenceDataError: A fraction, a registry number or a name cannot be right.
    """
    records = read_csv_table(
        root / SUBSTANCES_FILE, _COLUMNS, optional=_OPTIONAL, name=SUBSTANCES_FILE
    )
    check_count(SUBSTANCES_FILE, len(records), _MINIMUM_SUBSTANCES)
    names = read_names(root, NAMES_FILE, "substance", frozenset(row.text("id") for row in records))
    rows = gather(
        records, lambda row: _substance(row, known_sources, names.get(row.text("id"), ()))
    )
    return unique(SUBSTANCES_FILE, [(substance.id, substance) for substance in rows])


def _substance(
    row: TextRecord, known_sources: AbstractSet[str], names: tuple[Name, ...]
) -> Substance:
    """Return one substance."""
    cas, ec = row.text_or_none("cas"), row.text_or_none("ec")
    for number, kind, right in ((cas, "cas", is_cas_number), (ec, "ec", is_ec_number)):
        if number is not None and not right(number):
            raise row.error(f"{number!r} is no {kind.upper()} number")
        status = row.text_or_none(f"{kind}_status")
        if (status is None) != (number is None) or status not in (None, *_NUMBER_STATUS):
            raise row.error(f"'{kind}_status' must be one of {', '.join(_NUMBER_STATUS)}")
    return Substance(
        id=row.text("id"),
        name=row.text("name"),
        kind=row.text("kind"),
        form=check_form(row, row.text("form")),
        fractions=_fractions(row),
        names=names,
        provenance=read_provenance(row, known_sources),
        formula=row.text_or_none("formula"),
        cas=cas,
        ec=ec,
        hs6=row.text_or_none("hs6"),
    )


def _fractions(row: TextRecord) -> Mapping[str, float]:
    """Return the mass fractions of a cell written `Ce:0.65 La:0.35`."""
    fractions: dict[str, float] = {}
    for word in row.words("fractions"):
        symbol, _, figure = word.partition(":")
        share = TextRecord(row.place, {"fraction": figure}, required=("fraction",))
        if check_element(row, symbol) in fractions:
            raise row.error(f"'fractions' names {symbol} twice")
        fractions[symbol] = share.share("fraction")
    if sum(fractions.values()) > 1:
        raise row.error("'fractions' add up to more than 1")
    return fractions


def load_hs_hints(root: Path, known_sources: AbstractSet[str]) -> tuple[HsHint, ...]:
    """Return what customs codes say about rare earths.

    Raises:
        ReferenceDataError: A code or jurisdiction cannot be right, or one is repeated.
    """
    records = read_csv_table(
        root / HS_FILE, _HS_COLUMNS, optional=("elements", "form", "note"), name=HS_FILE
    )
    check_count(HS_FILE, len(records), _MINIMUM_HS)

    def hint(row: TextRecord) -> HsHint:
        precision = row.choice("precision", Precision)
        elements = read_elements(row, "elements")
        if not _HS_CODE.fullmatch(row.text("code")):
            raise row.error("'code' must have 6, 8 or 10 digits")
        if row.text("jurisdiction") not in _JURISDICTIONS:
            raise row.error(f"'jurisdiction' must be one of {', '.join(_JURISDICTIONS)}")
        if (precision is Precision.UNLIKELY) != (not elements):
            raise row.error("a code without elements is unlikely to hold any, and the reverse")
        return HsHint(
            code=row.text("code"),
            jurisdiction=row.text("jurisdiction"),
            description=row.text("description"),
            elements=elements,
            kind=row.text("kind"),
            form=check_form(row, row.text("form")) if row.has("form") else None,
            precision=precision,
            provenance=read_provenance(row, known_sources),
        )

    rows = gather(records, hint)
    pairs = [((row.jurisdiction, row.code), row) for row in rows]
    return tuple(unique(HS_FILE, pairs).values())


def load_classifications(
    root: Path, known_sources: AbstractSet[str]
) -> tuple[ClassificationHint, ...]:
    """Return what codes of other classifications say about rare earths.

    Raises:
        ReferenceDataError: A code is repeated or names no element.
    """
    records = read_csv_table(
        root / CLASSIFICATIONS_FILE, _CLASS_COLUMNS, optional=("note",), name=CLASSIFICATIONS_FILE
    )

    def hint(row: TextRecord) -> ClassificationHint:
        return ClassificationHint(
            system=row.text("system"),
            code=row.text("code"),
            description=row.text("description"),
            elements=read_elements(row, "elements"),
            precision=row.choice("precision", Precision),
            provenance=read_provenance(row, known_sources),
        )

    rows = gather(records, hint)
    pairs = [((row.system, row.code), row) for row in rows]
    return tuple(unique(CLASSIFICATIONS_FILE, pairs).values())
