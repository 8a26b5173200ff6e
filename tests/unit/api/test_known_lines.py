"""The short way into a catalogue: the same product as by the long way, or none at all."""

from __future__ import annotations

import copy
import json
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.api import known_lines
from app.api.json_body import parse
from app.api.known_lines import KnownLines
from app.api.requests import KNOWN_FIELDS, bom_from
from app.api.schemas.catalogue import CatalogueProduct
from app.batch.vocabulary import Vocabulary, vocabulary_of
from app.refdata.load import load_reference_data

WORDS: Vocabulary = vocabulary_of(load_reference_data())

LINE: dict[str, Any] = {
    "line_id": "1", "description": "magnet", "quantity": 2.0, "unit": "pc",
    "unit_price": 1.5, "supplier": {"country": "JP"},
    "materials": [{"name": "NdFeB", "mass_fraction": 0.9, "elements": {"Nd": 0.3}}],
}  # fmt: skip
PRODUCT: dict[str, Any] = {
    "id": "P", "currency": "EUR", "sector": "automotive",
    "lines": [LINE, {"line_id": "2", "part_number": "X-1", "parent_line_id": "1"}],
}  # fmt: skip


def known(most_lines: int = 100) -> KnownLines:
    return KnownLines(WORDS, most_lines=most_lines)


def changed(**fields: Any) -> dict[str, Any]:
    return {**copy.deepcopy(PRODUCT), **fields}


def first_line(**fields: Any) -> dict[str, Any]:
    return changed(lines=[{**LINE, **fields}, PRODUCT["lines"][1]])


def by_the_long_way(raw: bytes) -> object:
    parsed = parse(raw, CatalogueProduct, known_fields=KNOWN_FIELDS)
    assert parsed.body is not None
    return bom_from(parsed.body, WORDS)


@pytest.mark.parametrize(
    "product",
    [
        PRODUCT,
        changed(lines=[{"description": "a"}, {"description": "a"}]),
        changed(usd_per_currency={"EUR": "1.08"}, daily_revenue="12.50", name="Pump"),
        first_line(unit_price="2.50", currency="USD", recycled_share=0.25),
        first_line(description='a "quoted": word', product_type={"a": "b"}),
    ],
)
def test_it_is_the_product_of_the_long_way_new_and_known(product: dict[str, Any]) -> None:
    short, raw = known(), orjson.dumps(product)

    for _ in range(2):
        found = short.product(raw, 7)
        if b'\\":' in raw:  # looks like a name that stands twice: the long way decides
            assert found is None
        else:
            assert found is not None
            assert found.bom == by_the_long_way(raw)


def test_equal_lines_are_the_same_object_in_the_next_product() -> None:
    short = known()

    first = short.product(orjson.dumps(PRODUCT), 1)
    second = short.product(orjson.dumps(changed(id="Q")), 2)

    assert first is not None
    assert second is not None
    assert second.bom.id == "Q"
    assert [one is other for one, other in zip(first.bom.lines, second.bom.lines, strict=True)] == [
        True,
        True,
    ]


def test_a_line_without_an_id_is_named_by_its_place() -> None:
    short, nameless = known(), {"description": "screw"}

    found = short.product(orjson.dumps({"lines": [nameless, nameless]}), 3)

    assert found is not None
    assert found.bom.id == "3"
    assert [line.line_id for line in found.bom.lines] == ["1", "2"]


def test_a_context_of_its_own_comes_along() -> None:
    found = known().product(orjson.dumps(changed(context={"destination": "DE"})), 1)

    assert found is not None
    assert found.context is not None
    assert found.context.destination == "DE"


@pytest.mark.parametrize(
    "raw",
    [
        b"{no json",
        b"[]",
        b'{"lines": 3}',
        b'{"lines": []}',
        b'{"lines": [3]}',
        orjson.dumps(changed(sector="nowhere")),
        orjson.dumps(changed(unknown_field=1)),
        orjson.dumps(first_line(quantity="many")),
        orjson.dumps(first_line(unit="furlongz")),
        orjson.dumps(first_line(sector="nowhere")),
        orjson.dumps(first_line(materials=[{"name": "x", "elements": {"Nd": 0.7, "Dy": 0.7}}])),
        orjson.dumps(changed(lines=[LINE, LINE])),
        orjson.dumps(changed(lines=[{**LINE, "line_id": "2"}, {"description": "a"}])),
        orjson.dumps(first_line(parent_line_id="2")),
        orjson.dumps(first_line(parent_line_id="9")),
        orjson.dumps(PRODUCT).replace(b'"id":"P"', b'"id":"P","id":"Q"'),
        orjson.dumps(PRODUCT).replace(b'"unit":"pc"', b'"unit":"pc","unit" :"kg"'),
        orjson.dumps(PRODUCT).replace(b'"quantity":2.0', b'"quantity":NaN'),
    ],
)
def test_what_is_unusual_or_wrong_takes_the_long_way(raw: bytes) -> None:
    short = known()

    assert short.product(raw, 1) is None
    assert short.product(raw, 1) is None


def test_too_many_lines_take_the_long_way() -> None:
    assert known(most_lines=1).product(orjson.dumps(PRODUCT), 1) is None


def test_a_full_memory_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_lines, "MOST_KEPT", 1)
    short, raw = known(), orjson.dumps(PRODUCT)

    for _ in range(2):
        found = short.product(raw, 1)
        assert found is not None
        assert found.bom == by_the_long_way(raw)


@settings(max_examples=150, deadline=None)
@given(
    some.dictionaries(
        some.sampled_from(["description", "quantity", "unit", "stock_days", "hs_code", "sector"]),
        some.one_of(
            some.none(), some.booleans(), some.text(max_size=8), some.floats(), some.integers(),
            some.sampled_from(["pc", "kg", "automotive", "8505.11"]),
        ),
    )
)  # fmt: skip
def test_the_short_way_never_takes_what_the_long_way_refuses(fields: dict[str, Any]) -> None:
    raw = json.dumps(first_line(**fields)).encode()  # writes any integer, and NaN

    found = known().product(raw, 1)

    if found is not None:
        assert found.bom == by_the_long_way(raw)
