"""Field types that several request schemas share, each with its range."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.api.codes import COUNTRY_CODES, CURRENCY_CODES, OneOf

#: First and last day that a question may name.
FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2100, 12, 31)

LONGEST_HORIZON_DAYS = 1095
LONGEST_ID = 200
LONGEST_NAME = 500
LONGEST_DESCRIPTION = 4000
LONGEST_STOCK_DAYS = 36_500
LARGEST_NUMBER = 1e15
LARGEST_MONEY = Decimal(10**15)
#: No currency is worth less than this many US dollars.
LOWEST_RATE = Decimal("0.00000001")
MOST_DIGITS = 38
MOST_MATERIALS = 500

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class StrictModel(BaseModel):
    """A request object: no coercion, no unknown field, no infinite number."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        frozen=True,
        defer_build=True,  # the first request builds the validators, not the start
    )


def _day(value: object) -> object:
    """Return the day in range that a text YYYY-MM-DD names; other values pass as they are.

    Left to pydantic, a text of digits would be read as seconds since 1970.
    """
    if not isinstance(value, str):
        return value
    if not _ISO_DATE.fullmatch(value):
        raise PydanticCustomError("not_a_date", "expected a date as YYYY-MM-DD")
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("not_a_date", "expected a day of the calendar") from error
    if day < FIRST_DAY:
        raise PydanticCustomError("greater_than_equal", "too early", {"ge": str(FIRST_DAY)})
    if day > LAST_DAY:
        raise PydanticCustomError("less_than_equal", "too late", {"le": str(LAST_DAY)})
    return day


def _whole(value: object) -> object:
    """Return 612.0 as 612: JSON knows one kind of number, and both are whole."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


#: Goes last among the annotations of a whole number, after its range.
WHOLE = BeforeValidator(_whole)
IsoDate = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date",
            "pattern": "^(199[0-9]|20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}$",
        }
    ),
]
CountryCode = Annotated[str, OneOf(COUNTRY_CODES, pattern="^[A-Z]{2}$")]
CurrencyCode = Annotated[str, OneOf(CURRENCY_CODES, pattern="^[A-Z]{3}$")]

Identifier = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
Name = Annotated[str, Field(max_length=LONGEST_NAME)]
Description = Annotated[str, Field(max_length=LONGEST_DESCRIPTION)]
Fraction = Annotated[float, Field(ge=0.0, le=1.0)]
Amount = Annotated[float, Field(ge=0.0, le=LARGEST_NUMBER)]
Days = Annotated[float, Field(ge=0.0, le=LONGEST_STOCK_DAYS)]
Money = Annotated[Decimal, Field(ge=0, le=LARGEST_MONEY, max_digits=MOST_DIGITS)]
Rate = Annotated[Decimal, Field(ge=LOWEST_RATE, le=LARGEST_MONEY, max_digits=MOST_DIGITS)]
ExactShare = Annotated[Decimal, Field(ge=0, le=1, max_digits=MOST_DIGITS)]
HsCode = Annotated[str, Field(pattern=r"^[0-9]{2}[0-9. ]{0,16}$", max_length=18)]
Unit = Annotated[str, Field(min_length=1, max_length=40)]
HorizonDays = Annotated[int, Field(ge=1, le=LONGEST_HORIZON_DAYS), WHOLE]

EndUseName = Literal["civil", "military", "unknown"]
Language = Literal["en", "ja", "zh", "de"]
StageName = Literal["mining", "separation", "metal", "magnet", "compound", "device"]
ElementSymbol = Literal[
    "Sc", "Y", "La", "Ce", "Pr", "Nd", "Pm", "Sm", "Eu",
    "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu",
]  # fmt: skip
FormName = Literal[
    "ore", "concentrate", "oxide", "salt", "metal", "alloy", "target", "magnet",
    "compound", "device_magnet", "device_compound", "device_metal",
]  # fmt: skip
