"""CAS and EC numbers: form and check digit, so that a column's label is not taken as proof."""

from __future__ import annotations

import re

_CAS = re.compile(r"(\d{2,7})-(\d{2})-(\d)")
_EC = re.compile(r"(\d{3})-(\d{3})-(\d)")


def is_cas(text: str) -> bool:
    """Return whether `text` is a CAS number with a right check digit.

    Examples:
        >>> is_cas("1309-48-4"), is_cas("201-004-7"), is_cas("1309-48-5")
        (True, False, False)
    """
    match = _CAS.fullmatch(text.strip())
    if match is None:
        return False
    digits = match[1] + match[2]
    total = sum(place * int(digit) for place, digit in enumerate(reversed(digits), start=1))
    return total % 10 == int(match[3])


def is_ec(text: str) -> bool:
    """Return whether `text` is an EC number with a right check digit.

    Examples:
        >>> is_ec("201-004-7"), is_ec("201-004-8")
        (True, False)
    """
    match = _EC.fullmatch(text.strip())
    if match is None:
        return False
    total = sum(place * int(digit) for place, digit in enumerate(match[1] + match[2], start=1))
    return total % 11 % 10 == int(match[3])
