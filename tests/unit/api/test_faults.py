"""Pointers and echoes in the faults of a request."""

from __future__ import annotations

import pytest
from babel import Locale
from pydantic import BaseModel, ConfigDict, ValidationError

from app.api.codes import COUNTRY_CODES, suggest_country
from app.api.faults import echo, faults_of, pointer_to
from app.api.schemas.bom import LineBody


def test_a_pointer_escapes_slash_and_tilde() -> None:
    assert pointer_to(["a/b", "c~d", 0]) == "/a~1b/c~0d/0"


def test_an_echo_is_short() -> None:
    assert echo("x" * 500) == "'" + "x" * 56 + "..."
    assert echo(1.5) == "1.5"


def test_an_error_without_a_description_of_ours_keeps_its_own() -> None:
    class Body(BaseModel):
        model_config = ConfigDict(frozen=True)
        at: complex

    with pytest.raises(ValidationError) as caught:
        Body.model_validate({"at": "x"})

    fault = faults_of(caught.value.errors(), known_fields=())[0]
    assert fault.code == "complex_type"
    assert fault.pointer == "/at"


def test_a_misspelt_field_gets_a_hint_from_the_known_ones() -> None:
    with pytest.raises(ValidationError) as caught:
        LineBody.model_validate({"quantty": 1})

    fault = faults_of(caught.value.errors(), known_fields=tuple(LineBody.model_fields))[0]
    assert fault.detail == "there is no field 'quantty' here; did you mean 'quantity'?"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Japan", "JP"),
        ("日本", "JP"),
        ("德国", "DE"),
        ("uk", "GB"),
        ("jp", "JP"),
        ("Atlantis", None),
    ],
)
def test_a_country_is_suggested_by_any_of_its_names(word: str, code: str | None) -> None:
    assert suggest_country(word) == code


def test_every_country_code_of_ours_is_one_of_the_cldr() -> None:

    territories = Locale("en").territories

    assert len(COUNTRY_CODES) == 249
    assert set(territories) >= COUNTRY_CODES
