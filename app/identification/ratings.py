"""Reads the rating of a machine from its text, for components whose mass goes by rating."""

from __future__ import annotations

import re

_POWER = re.compile(r"(?<![\d.,])(\d{1,6}(?:[.,]\d{1,3})?) ?(kW|KW|MW|W|HP|hp|PS)(?![A-Za-z])")
_TORQUE = re.compile(r"(?<![\d.,])(\d{1,6}(?:[.,]\d{1,3})?) ?(Nm|N\u00b7m|N\.m|NM)(?![A-Za-z])")

_KILOWATT = {"kW": 1.0, "KW": 1.0, "MW": 1e3, "W": 1e-3, "HP": 0.7457, "hp": 0.7457, "PS": 0.7355}

#: Units of a rating by unit of a component.
_POWER_UNITS = {"kW": 1.0, "MW": 1e-3}
_TORQUE_UNIT = "Nm"


def rating_of(text: str, unit: str) -> float | None:
    """Return the first rating in a text in a unit (kW, MW or Nm), or None.

    Examples:
        >>> rating_of("AC servo motor 400 W", "kW"), rating_of("DD motor 12,5 Nm", "Nm")
        (0.4, 12.5)
    """
    if unit == _TORQUE_UNIT:
        match = _TORQUE.search(text)
        return _number(match.group(1)) if match else None
    if unit in _POWER_UNITS:
        match = _POWER.search(text)
        if match is not None:
            return _number(match.group(1)) * _KILOWATT[match.group(2)] * _POWER_UNITS[unit]
    return None


def _number(text: str) -> float:
    """Return a number with a decimal point or comma."""
    return float(text.replace(",", "."))
