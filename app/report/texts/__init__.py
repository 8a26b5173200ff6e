"""The texts of the report by language; a test holds the languages against each other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.report.texts.de import TEXTS as GERMAN
from app.report.texts.en import TEXTS as ENGLISH
from app.report.texts.ja import TEXTS as JAPANESE
from app.report.texts.zh import TEXTS as CHINESE

#: Text by language and name.
TEXTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": ENGLISH, "ja": JAPANESE, "de": GERMAN, "zh": CHINESE}
)
