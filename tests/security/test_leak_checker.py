"""The leak test itself: our words get into every field and format, and a leak would be seen."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.api.schemas.bom import AssessmentRequest
from app.readers import read_bom
from tests.api.requests import assessment, magnet_line
from tests.property.fuzz_readers import originals
from tests.security.canaries import DIGITS, FREE_TEXTS, MARK, Planter
from tests.security.leak_search import Search
from tests.security.planted_requests import FORM_TYPE, Sent, form_of, planted

#: Texts that mean something to the service; the hard way alone changes these.
MEANINGFUL = {
    "as_of", "cas", "category", "currency", "destination", "ec", "end_use", "formula",
    "general_licence_valid_to", "hs_code", "known_on", "language", "sector", "stage", "unit",
    "country", "daily_revenue", "revenue_at_risk", "share", "unit_price", "usd_per_currency",
}  # fmt: skip


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, name)
    else:
        yield name, value


def text_fields() -> set[str]:
    """Return the names of all fields of a request that may hold a text."""
    schema = AssessmentRequest.model_json_schema()
    parts = [schema, *schema["$defs"].values()]
    return {
        name
        for part in parts
        for name, field in part.get("properties", {}).items()
        if '"string"' in str(field).replace("'", '"')
    }


def test_each_field_with_a_text_is_free_or_means_something() -> None:
    assert text_fields() - FREE_TEXTS <= MEANINGFUL
    assert {"part_number", "description", "line_id", "manufacturer"} <= text_fields()


def test_the_hard_way_leaves_no_text_and_no_number_as_it_was() -> None:
    made = Planter(hard=True).json_value(assessment(magnet_line(category="c", sector="s")))

    for name, value in leaves(made):
        if isinstance(value, str):
            assert MARK in value, name
        elif value is not None:
            assert str(value).startswith(DIGITS), name


def test_the_soft_way_changes_free_texts_and_quantities_alone() -> None:
    before = assessment(magnet_line(manufacturer="Maker", end_user="Works", sourcing=[]))
    made = Planter(hard=False).json_value(before)
    after: dict[str, list[object]] = {}
    for name, value in leaves(made):
        after.setdefault(name, []).append(value)

    for name, value in leaves(before):
        if name in FREE_TEXTS and value:
            assert all(MARK in str(one) for one in after[name]), name
        elif name in MEANINGFUL - {"unit_price"} and value is not None:
            assert value in after[name], name
    assert str(after["quantity"][0]).startswith(DIGITS)


@pytest.mark.parametrize(("name", "content"), originals(None), ids=lambda one: str(one)[:20])
def test_a_file_of_every_format_is_read_with_our_words_in_it(name: str, content: bytes) -> None:
    made = Planter(hard=False).file(content)

    assert MARK in repr(read_bom(made)), name
    assert Planter(hard=True).file(content) != content


def test_a_form_has_them_in_the_name_of_the_file_and_in_its_cells() -> None:
    form = form_of("bom.csv", b"part_number,quantity\nMAG-42,3\n", end_user="Works")
    sent = Sent("POST", "/v1/assessments/upload", {"content-type": FORM_TYPE}, form)

    soft = planted(sent, Planter(hard=False)).body
    hard = planted(sent, Planter(hard=True))

    assert f'filename="bom.csv" {MARK}'.encode() not in soft
    assert f"MAG-42 {MARK}".encode() in soft
    assert soft.count(MARK.encode()) == 3
    assert soft.count(DIGITS.encode()) == 1
    assert MARK in hard.target
    assert MARK in hard.headers["x-api-key"]


def zipped(raw: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.gz", gzip.compress(raw))
    return out.getvalue()


@pytest.mark.parametrize(
    "write",
    [
        lambda raw: raw,
        bytes.upper,
        lambda raw: raw.hex().encode(),
        lambda raw: raw.decode().encode("utf-16-le"),
        lambda raw: raw.decode().encode("utf-16-be"),
        base64.b64encode,
        lambda raw: base64.b64encode(b"x" + raw),
        lambda raw: base64.b64encode(b"xy" + raw + b"z"),
        gzip.compress,
        zipped,
        lambda _: f'"quantity": {DIGITS}0001.0'.encode(),
        lambda _: b"ACME bearing 6204",
    ],
)
def test_a_word_is_found_however_it_is_written(write: Callable[[bytes], bytes]) -> None:
    search = Search(["Acme Bearing 6204"])

    search.look("somewhere", b"before" * 50 + b"after")
    assert search.hits == []
    search.look("somewhere", write(f"{MARK}0000001".encode()))

    assert search.hits


def test_names_of_files_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / f"upload-{MARK}.tmp").touch()
    search = Search()

    assert search.look_in_folder(tmp_path) == 1
    assert search.hits
