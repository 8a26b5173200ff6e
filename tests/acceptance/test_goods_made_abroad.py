"""The 0.1 per cent rule against values worked out by hand; prices are the table's own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.abroad import DeMinimisTest
from app.domain.bom import Bom, BomLine
from app.domain.controls import ControlMeasure
from app.domain.exposure import ElementContent, IdentifiedLine, LineOutcome
from app.domain.reference import ReferenceData
from app.domain.supply import Price
from app.domain.triple import ONE, Triple
from app.refdata.controls import load_register
from app.refdata.sources import load_sources
from app.refdata.supply_chains import load_chains
from app.refdata.yaml_text import YamlText, read_yaml_text
from app.scoring.de_minimis import line_test, product_test
from tests import factories as make

TABLE = read_yaml_text(Path(__file__).parent / "abroad" / "value_test.yaml")
#: Digits after the point to which the table gives ratios.
DIGITS = Decimal("1e-20")


def mapping(value: YamlText) -> dict[str, YamlText]:
    assert isinstance(value, dict)
    return value


def rows(key: str) -> list[dict[str, YamlText]]:
    found = mapping(TABLE)[key]
    assert isinstance(found, list)
    return [mapping(row) for row in found]


def text(row: dict[str, YamlText], key: str, default: str | None = None) -> str | None:
    value = row.get(key, default)
    assert value is None or isinstance(value, str)
    return value


def money(row: dict[str, YamlText], key: str) -> Decimal | None:
    value = text(row, key)
    return None if value is None else Decimal(value)


def triple(value: YamlText) -> Triple:
    assert isinstance(value, list)
    low, nominal, high = (float(str(part)) for part in value)
    return Triple(low, nominal, high)


def contents(row: dict[str, YamlText]) -> tuple[ElementContent, ...]:
    presence = triple(row["presence"]) if "presence" in row else ONE
    return tuple(
        ElementContent(
            symbol=symbol,
            mass_kg=None if mass is None else triple(mass),
            fraction=triple(row["fraction"]) if "fraction" in row else None,
            presence=presence,
        )
        for symbol, mass in mapping(row["mass_kg"]).items()
    )


def line(row: dict[str, YamlText], line_id: str = "1") -> BomLine:
    quantity = text(row, "quantity", "1")
    return BomLine(
        line_id=line_id,
        quantity=None if quantity is None else float(quantity),
        unit_price=money(row, "unit_price"),
        currency=text(row, "currency", "USD"),
    )


def found(row: dict[str, YamlText], line_id: str = "1") -> IdentifiedLine:
    return IdentifiedLine(
        line_id=line_id,
        outcome=LineOutcome.RARE_EARTHS_FOUND,
        confidence=1.0,
        elements=contents(row),
        forms=(str(row["form"]),),
        evidence=(),
        reason="",
    )


def bom(row: dict[str, YamlText], *lines: BomLine) -> Bom:
    rates = mapping(row.get("usd_per_currency", {}))
    return Bom(
        id="P",
        lines=lines,
        unit_price=money(row, "product_price"),
        currency=text(row, "product_currency", "USD"),
        usd_per_currency=tuple((code, Decimal(str(rate))) for code, rate in rates.items()),
    )


@pytest.fixture(scope="module")
def reference() -> ReferenceData:
    known = frozenset(load_sources(make.DATA))
    prices = {
        element: Price(
            element=element, usd_per_kg=triple(price), product="element", market="invented",
            reference="invented", known_from=make.LONG_AGO, provenance=make.SURE,
        )
        for element, price in mapping(mapping(TABLE)["usd_per_kg"]).items()
    }  # fmt: skip
    chains = load_chains(make.DATA, known).chains
    return replace(
        make.reference(),
        register=load_register(make.DATA, known),
        supply=replace(make.supply(), chains=chains, prices=prices),
    )


@pytest.fixture(scope="module")
def measure(reference: ReferenceData) -> ControlMeasure:
    return reference.register.measures[str(mapping(TABLE)["measure"])]


def check(test: DeMinimisTest | None, row: dict[str, YamlText]) -> None:
    assert (None if test is None else test.outcome.value) == row["expect"], row["because"]
    if test is None:
        return
    ratios = row["ratio"]
    assert isinstance(ratios, list)
    for found_ratio, wanted in zip((test.low, test.value, test.high), ratios, strict=True):
        if wanted is None:
            assert found_ratio is None
        else:
            assert found_ratio is not None
            assert abs(found_ratio - Decimal(str(wanted))) <= DIGITS
    assert test.lacks == row.get("lacks", test.lacks)
    assert test.why


@pytest.mark.parametrize("row", rows("cases"), ids=lambda row: str(row["name"]))
def test_value_of_a_line(
    row: dict[str, YamlText], measure: ControlMeasure, reference: ReferenceData
) -> None:
    tested = line(row)

    check(line_test(measure, tested, found(row), bom=bom(row, tested), reference=reference), row)


@pytest.mark.parametrize("row", rows("products"), ids=lambda row: str(row["name"]))
def test_value_of_a_product(
    row: dict[str, YamlText], measure: ControlMeasure, reference: ReferenceData
) -> None:
    parts = row["lines"]
    assert isinstance(parts, list)
    materials = [mapping(part) for part in parts]
    lines = tuple(line(part, str(n)) for n, part in enumerate(materials))
    identified = tuple(found(part, str(n)) for n, part in enumerate(materials))

    check(product_test(measure, bom(row, *lines), identified, reference=reference), row)
