"""Check digits of CAS and EC numbers."""

from __future__ import annotations

import re

_CAS = re.compile(r"[1-9]\d{1,6}-\d\d-\d")
_EC = re.compile(r"[1-9]\d\d-\d{3}-\d")

_EC_MODULUS = 11


def is_cas_number(text: str) -> bool:
    """Return whether the text is a CAS number with a right check digit.

    Examples:
        >>> is_cas_number("1313-97-9"), is_cas_number("1313-97-8"), is_cas_number("201-004-7")
        (True, False, False)
    """
    if not _CAS.fullmatch(text):
        return False
    digits = text.replace("-", "")
    total = sum(place * int(digit) for place, digit in enumerate(reversed(digits[:-1]), start=1))
    return total % 10 == int(digits[-1])


def is_ec_number(text: str) -> bool:
    """Return whether the text is an EC number (EINECS, ELINCS, NLP) with a right check digit.

    Examples:
        >>> is_ec_number("215-233-5"), is_ec_number("215-233-6")
        (True, False)
    """
    if not _EC.fullmatch(text):
        return False
    digits = text.replace("-", "")
    total = sum(place * int(digit) for place, digit in enumerate(digits[:-1], start=1))
    return total % _EC_MODULUS == int(digits[-1])
