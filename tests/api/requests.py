"""Requests that work, to be changed by the tests in one place each."""

from __future__ import annotations

import copy
from typing import Any

_LINE: dict[str, Any] = {
    "line_id": "10",
    "part_number": "MAG-42",
    "description": "Sintered NdFeB magnet N42SH 20x10x5",
    "quantity": 48,
    "unit": "pc",
    "unit_mass_kg": 0.0075,
    "unit_price": 1.9,
    "currency": "EUR",
    "hs_code": "8505.11",
    "category": None,
    "sector": None,
    "materials": [{"name": "NdFeB 42SH", "cas": None, "formula": None, "mass_fraction": 1.0}],
    "supplier": {"name": "Sample Magnetics", "country": "JP"},
    "sourcing": [
        {"stage": "separation", "country": "CN", "share": 0.8},
        {"stage": "separation", "country": "MY", "share": 0.2},
    ],
    "stock_days": 45,
    "lead_time_days": 60,
    "parent_line_id": None,
}


def magnet_line(**changes: Any) -> dict[str, Any]:
    """Return the line of the contract's example, changed; a value of ... drops the field."""
    line = copy.deepcopy(_LINE) | changes
    return {name: value for name, value in line.items() if value is not ...}


def steel_line(line_id: str = "20", **changes: Any) -> dict[str, Any]:
    """Return a line without rare earths."""
    return {"line_id": line_id, "description": "Hexagon bolt M8x30, steel", **changes}


def assessment(*lines: Any, **changes: Any) -> dict[str, Any]:
    """Return the request of the contract's example with other lines or context."""
    request: dict[str, Any] = {
        "destination": "JP",
        "end_use": "civil",
        "as_of": "2026-03-01",
        "bom": {
            "id": "TM-1",
            "name": "Traction motor",
            "sector": "automotive",
            "annual_units": 10000,
            "lines": list(lines) if lines else [magnet_line()],
        },
        **changes,
    }
    return {name: value for name, value in request.items() if value is not ...}
