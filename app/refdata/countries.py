"""Checks codes of countries and elements in a record."""

from __future__ import annotations

import functools
from collections.abc import Set as AbstractSet

from babel import Locale

from app.domain.elements import RARE_EARTH_SET
from app.domain.places import EU, UNSPECIFIED
from app.refdata.text_record import TextRecord

#: Two-letter codes of the locale data that are no ISO 3166-1 entries, and codes of our own.
_NOT_ISO = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())


@functools.cache
def country_codes() -> frozenset[str]:
    """Return all ISO 3166-1 alpha-2 codes, and XK for Kosovo."""
    codes = {str(code) for code in Locale.parse("en").territories}
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NOT_ISO


def read_country(record: TextRecord, key: str, *, also: AbstractSet[str] = frozenset()) -> str:
    """Return a country code; `also` names further codes that are allowed here.

    Raises:
        ReferenceDataError: The code is neither ISO 3166-1 alpha-2 nor among `also`.
    """
    return check_country(record, record.text(key), also=also)


def check_country(record: TextRecord, code: str, *, also: AbstractSet[str] = frozenset()) -> str:
    """Return the code where it is known.

    Raises:
        ReferenceDataError: The code is neither ISO 3166-1 alpha-2 nor among `also`.
    """
    if code in country_codes() or code in also:
        return code
    raise record.error(f"{code!r} is no country code (ISO 3166-1 alpha-2)")


#: A share of nobody in particular.
WITH_UNSPECIFIED = frozenset({UNSPECIFIED})

#: The customs bloc beside countries.
WITH_EU = frozenset({EU})


def read_element(record: TextRecord, key: str) -> str:
    """Return the symbol of a rare earth.

    Raises:
        ReferenceDataError: It is not one of the 17.
    """
    return check_element(record, record.text(key))


def read_elements(record: TextRecord, key: str) -> tuple[str, ...]:
    """Return symbols of rare earths, each once.

    Raises:
        ReferenceDataError: One is not among the 17, or stands there twice.
    """
    symbols = record.words(key)
    if len(set(symbols)) != len(symbols):
        raise record.error(f"{key!r} names an element twice")
    return tuple(check_element(record, symbol) for symbol in symbols)


def check_element(record: TextRecord, symbol: str) -> str:
    """Return the symbol where it is one of the 17 rare earths.

    Raises:
        ReferenceDataError: It is not.
    """
    if symbol in RARE_EARTH_SET:
        return symbol
    raise record.error(f"{symbol!r} is not the symbol of a rare earth")
