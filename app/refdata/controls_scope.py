"""Reads the scope of a measure: which goods, to where."""

from __future__ import annotations

import re
from decimal import Decimal

from app.domain.controls import (
    ControlledItems,
    DeMinimis,
    DestinationMode,
    DestinationScope,
    ElementsMode,
    Extraterritorial,
    ItemCondition,
    RegisterStage,
    Scope,
)
from app.domain.elements import RARE_EARTHS, WITHOUT_MARKET
from app.domain.places import EU, EU_MEMBERS
from app.refdata.countries import WITH_EU, check_country, read_elements
from app.refdata.text_record import TextRecord, gather

#: What "all rare earths" means for a measure: those that are traded at all.
TRADED = frozenset(RARE_EARTHS) - WITHOUT_MARKET

#: Modes in which a measure names goods itself.
NAMING_MODES = frozenset({ElementsMode.EXPLICIT, ElementsMode.ALL})

_HEADING = re.compile(r"\d{6}")
_CUSTOMS_CODE = re.compile(r"\d{8}(\d{2})?")
_DECIMAL = re.compile(r"\d+(\.\d+)?")
_ALL = "all"


def read_scope(measure: TextRecord) -> Scope:
    """Return the scope of a measure.

    A measure without `items` controls each of its elements in each of its stages.

    Raises:
        ReferenceDataError: A field is missing, unknown, or contradicts another.
    """
    record = measure.record(
        "scope",
        required=("elements_mode", "destinations"),
        optional=(
            "elements", "stages", "extraterritorial", "de_minimis", "hs6", "cn_codes",
            "control_codes", "condition", "items",
        ),
    )  # fmt: skip
    mode = record.choice("elements_mode", ElementsMode)
    stages = _stages(record, "stages")
    return Scope(
        elements_mode=mode,
        items=_items(record, mode, stages),
        stages=stages,
        destinations=_destinations(record),
        extraterritorial=frozenset(record.choices("extraterritorial", Extraterritorial)),
        de_minimis=_de_minimis(record),
        hs6=_codes(record, "hs6", _HEADING),
        cn_codes=_codes(record, "cn_codes", _CUSTOMS_CODE),
        control_codes=record.words("control_codes"),
    )


def _stages(record: TextRecord, key: str) -> frozenset[RegisterStage]:
    stages = record.choices(key, RegisterStage)
    if len(set(stages)) != len(stages):
        raise record.error(f"{key!r} names a product form twice")
    return frozenset(stages)


def _items(
    record: TextRecord, mode: ElementsMode, stages: frozenset[RegisterStage]
) -> tuple[ControlledItems, ...]:
    elements = read_elements(record, "elements")
    if (mode is ElementsMode.EXPLICIT) != bool(elements):
        raise record.error("'elements' must be there for the mode explicit, and only then")
    if mode not in NAMING_MODES:
        if record.has("items") or record.has("condition"):
            raise record.error(f"the mode {mode} has neither 'items' nor 'condition'")
        return ()
    if not stages:
        raise record.error("'stages' is empty")
    named = frozenset(elements) if elements else TRADED
    condition = _condition(record)
    items = gather(
        record.records(
            "items",
            required=("elements", "stages", "complete"),
            optional=("label", "control_codes", "cn_codes"),
        ),
        lambda item: _item(item, named, stages, condition),
    )
    if not items:
        return (ControlledItems(elements=named, stages=stages, condition=condition),)
    missing = named.difference(*(item.elements for item in items))
    if missing:
        raise record.error(f"no item for {' '.join(sorted(missing))}")
    return items


def _item(
    record: TextRecord,
    named: frozenset[str],
    stages: frozenset[RegisterStage],
    condition: ItemCondition | None,
) -> ControlledItems:
    if record.words("elements") == (_ALL,):
        elements = named
    else:
        elements = frozenset(read_elements(record, "elements"))
    own = _stages(record, "stages")
    if not elements or not elements <= named:
        raise record.error("'elements' must be some of those of the scope")
    if not own or not own <= stages:
        raise record.error("'stages' must be some of those of the scope")
    return ControlledItems(
        elements=elements,
        stages=own,
        label=record.text("label", ""),
        complete=record.flag("complete"),
        condition=condition,
        control_codes=record.words("control_codes"),
        cn_codes=_codes(record, "cn_codes", _CUSTOMS_CODE),
    )


def _condition(record: TextRecord) -> ItemCondition | None:
    if not record.has("condition"):
        return None
    inner = record.record("condition", required=("property",), optional=("below", "at_least"))
    return ItemCondition(
        property=inner.text("property"),
        below=_decimal(inner, "below") if inner.has("below") else None,
        at_least=_decimal(inner, "at_least") if inner.has("at_least") else None,
    )


def _de_minimis(record: TextRecord) -> DeMinimis | None:
    if not record.has("de_minimis"):
        return None
    inner = record.record("de_minimis", required=("basis", "threshold"))
    threshold = _decimal(inner, "threshold")
    if not 0 < threshold <= 1:
        raise inner.error("'threshold' must be a share of more than 0 and at most 1")
    return DeMinimis(basis=inner.text("basis"), threshold=threshold)


def _decimal(record: TextRecord, key: str) -> Decimal:
    text = record.text(key)
    if not _DECIMAL.fullmatch(text):
        raise record.error(f"{key!r} must be a decimal number, not {text!r}")
    return Decimal(text)


def _destinations(record: TextRecord) -> DestinationScope:
    inner = record.record("destinations", required=("mode",), optional=("countries",))
    mode = inner.choice("mode", DestinationMode)
    countries = read_countries(inner, "countries")
    if (mode is DestinationMode.ALL) == bool(countries):
        raise inner.error("'countries' must be empty for the mode all, and only then")
    return DestinationScope(mode=mode, countries=countries)


def read_countries(record: TextRecord, key: str) -> frozenset[str]:
    """Return country codes, each once; "EU" stands for the members of the Union.

    Raises:
        ReferenceDataError: A code is not known or stands there twice.
    """
    codes = record.words(key)
    countries: set[str] = set()
    for code in codes:
        added = EU_MEMBERS if code == EU else {check_country(record, code, also=WITH_EU)}
        if countries & added:
            raise record.error(f"{key!r} names {code} twice")
        countries |= added
    return frozenset(countries)


def _codes(record: TextRecord, key: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    codes = record.words(key)
    for code in codes:
        if not pattern.fullmatch(code):
            raise record.error(f"{key!r} holds {code!r}, which is no such code")
    if len(set(codes)) != len(codes):
        raise record.error(f"{key!r} names a code twice")
    return codes
