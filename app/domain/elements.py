"""The seventeen rare earth elements. Figures about them live in the reference data."""

from __future__ import annotations

from dataclasses import dataclass

#: All 17, in order of atomic number; every answer lists them in this order.
RARE_EARTHS: tuple[str, ...] = (
    "Sc", "Y", "La", "Ce", "Pr", "Nd", "Pm", "Sm", "Eu",
    "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu",
)  # fmt: skip

RARE_EARTH_SET: frozenset[str] = frozenset(RARE_EARTHS)

#: Promethium has no natural commercial supply, hence no market and no score.
WITHOUT_MARKET: frozenset[str] = frozenset({"Pm"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One rare earth and its fixed facts.

    Attributes:
        symbol: Chemical symbol, one of `RARE_EARTHS`.
        atomic_number: Number of protons.
        names: Name by language code (en, de, ja, zh).
        oxide: Formula of the oxide that is traded.
        oxide_factor: Mass of element per mass of that oxide [1], 0-1.
        group: light, heavy, scandium or none.
        feed_group: Elements of one feed group come out of the same separation plants.
        sources: Source keys.
    """

    symbol: str
    atomic_number: int
    names: dict[str, str]
    oxide: str
    oxide_factor: float
    group: str
    feed_group: str
    sources: tuple[str, ...]
