"""Countries and customs blocs. Names and validation of codes live outside the core."""

from __future__ import annotations

CHINA = "CN"
UNSPECIFIED = "ZZ"
EU = "EU"

#: Supplier "countries" of a sourcing mix that are not countries.
UNKNOWN = "UNKNOWN"
RECYCLED = "RECYCLED"

#: Members of the customs union that the core treats as one bloc (as of 2026).
EU_MEMBERS: frozenset[str] = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)


def bloc(country: str) -> str:
    """Return the customs bloc of a country: "EU" for its members, else the country itself."""
    return EU if country in EU_MEMBERS else country
