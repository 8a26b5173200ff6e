"""Colours of the report. Whatever they say is also said in words or figures."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

INK = "#1c2330"
MUTED = "#5a6372"
RULE = "#cdd3dc"
TRACK = "#eceff3"
ACCENT = "#1f4e79"
PAPER = "#ffffff"

#: Strong colour of a band, for bars; they differ in lightness as well as in hue.
BAND: Mapping[str, str] = MappingProxyType(
    {"low": "#4f9a76", "moderate": "#b98a13", "high": "#c4581a", "severe": "#8b1a2f"}
)
#: The same as a background behind dark text.
BAND_TINT: Mapping[str, str] = MappingProxyType(
    {"low": "#e2f1e9", "moderate": "#fbf1cf", "high": "#fbdfcd", "severe": "#f0cdd3"}
)
#: Colour of a legal status on the timeline.
STATUS: Mapping[str, str] = MappingProxyType(
    {
        "in_force": "#8b1a2f",
        "suspended": "#8f98a6",
        "announced": "#b98a13",
        "unconfirmed": "#6a4a9c",
    }
)
