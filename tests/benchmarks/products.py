"""Products that the benchmarks score: the same every time, as varied as a real catalogue is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

import orjson

_MAGNETS: Final = ("NdFeB 42SH", "NdFeB N38UH", "Sm2Co17", "SmCo5")
_OTHERS: Final = ("steel DC04", "epoxy resin", "nickel coating", "copper winding", "PA66-GF30")
_TEXTS: Final = (
    "sintered NdFeB magnet N42SH block",
    "stainless steel screw M4",
    "ceramic capacitor 10 uF X7R",
    "brushless DC motor 24 V",
    "aluminium housing, anodised",
    "SmCo magnet ring, radial",
    "PA66-GF30 bracket",
    "cerium oxide polishing powder",
    "loudspeaker 8 ohm",
    "copper wire, enamelled",
)
_COUNTRIES: Final = ("CN", "JP", "DE", "US", "VN", "MY", "KR", "FR")
_STOCKS: Final = (None, 0.0, 14.0, 30.0, 45.0, 60.0, 90.0)


def _magnet(chance: random.Random) -> dict[str, object]:
    """Return a declared material with the mass fractions of its elements."""
    if chance.random() < 0.7:
        elements = {
            "Nd": round(chance.uniform(0.2, 0.3), 4),
            "Pr": round(chance.uniform(0.01, 0.07), 4),
            "Dy": round(chance.uniform(0.0, 0.05), 4),
            "Tb": round(chance.uniform(0.0, 0.02), 4),
            "Fe": 0.5,
        }
        name = chance.choice(_MAGNETS[:2])
    else:
        elements = {"Sm": round(chance.uniform(0.22, 0.36), 4), "Co": 0.6}
        name = chance.choice(_MAGNETS[2:])
    return {"name": name, "mass_fraction": 0.9, "elements": elements}


def _declared(chance: random.Random, place: int) -> dict[str, object]:
    materials: list[dict[str, object]] = [_magnet(chance)]
    materials.extend(
        {"name": name, "mass_fraction": 0.05}
        for name in chance.sample(_OTHERS, chance.choice((0, 1, 2)))
    )
    line: dict[str, object] = {
        "line_id": str(place),
        "part_number": f"MAG-{chance.randrange(10**6):06d}",
        "description": f"Magnet assembly {chance.randrange(10**4)}, coated",
        "quantity": float(chance.randrange(1, 50)),
        "unit": "pc",
        "unit_mass_kg": round(chance.uniform(0.001, 0.2), 5),
        "hs_code": "8505.11",
        "supplier": {"name": None, "country": chance.choice(_COUNTRIES)},
        "materials": materials,
    }
    stock = chance.choice(_STOCKS)
    if stock is not None:
        line["stock_days"] = stock
    return line


def _described(chance: random.Random, place: int) -> dict[str, object]:
    return {
        "line_id": str(place),
        "part_number": f"P-{chance.randrange(10**6):06d}",
        "description": f"{chance.choice(_TEXTS)} {chance.randrange(5, 60)}x"
        f"{chance.randrange(5, 60)}",
        "quantity": float(chance.randrange(1, 50)),
        "unit": "pc",
        "unit_mass_kg": round(chance.uniform(0.001, 0.2), 5),
        "supplier": {"name": None, "country": chance.choice(_COUNTRIES)},
    }


def product(lines: int, *, declared: bool = True, seed: int = 0) -> dict[str, object]:
    """Return one bill of materials as a request holds it."""
    chance = random.Random(seed)
    build = _declared if declared else _described
    return {
        "id": f"P{seed}",
        "sector": "automotive",
        "lines": [build(chance, place) for place in range(1, lines + 1)],
    }


def request_body(lines: int, *, declared: bool = True, seed: int = 0) -> bytes:
    """Return the body of an assessment request."""
    question = {"destination": "JP", "end_use": "civil", "as_of": "2026-03-01"}
    return orjson.dumps({**question, "bom": product(lines, declared=declared, seed=seed)})


def catalogue(products: int, *, lines: int, declared: bool = True) -> Iterator[bytes]:
    """Yield the lines of an NDJSON catalogue, each with its line end."""
    for seed in range(products):
        yield orjson.dumps(product(lines, declared=declared, seed=seed)) + b"\n"
