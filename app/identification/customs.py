"""Looks up customs codes and codes of other classifications."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.domain.materials import ClassificationHint, HsHint, Precision

_NOT_DIGIT = re.compile(r"\D")
_LENGTHS = (10, 8, 6)
_CERTAIN = frozenset((Precision.CERTAIN_ELEMENT, Precision.CERTAIN_REE))

#: Heading of permanent magnets, which makes a magnet grade readable.
MAGNET_HEADING = "8505"

#: UNSPSC codes end in zeros where they name a class or family.
_UNSPSC = "UNSPSC"


class CustomsTable:
    """Finds what the longest known part of a code says; built once, never changed."""

    def __init__(
        self, hints: Iterable[HsHint], classifications: Iterable[ClassificationHint]
    ) -> None:
        by_code: dict[str, HsHint] = {}
        for hint in hints:
            known = by_code.get(hint.code)
            # The same six digits stand world-wide and for Japan; the first row is the former.
            if known is None:
                by_code[hint.code] = hint
        self._by_code: Mapping[str, HsHint] = by_code
        self._classes: Mapping[str, ClassificationHint] = {
            item.code.rstrip("0"): item for item in classifications if item.system == _UNSPSC
        }

    def find(self, code: str | None) -> HsHint | None:
        """Return what a customs code says, or None.

        Args:
            code: With or without dots and blanks; 6 digits or more.
        """
        if code is None:
            return None
        digits = _NOT_DIGIT.sub("", code)
        for length in _LENGTHS:
            if len(digits) >= length and digits[:length] in self._by_code:
                return self._by_code[digits[:length]]
        return None

    def find_certain(self, digits: str) -> HsHint | None:
        """Return what a code of 8 or 10 digits in a text says, if it names rare earths."""
        hint = self._by_code.get(digits)
        return hint if hint is not None and hint.precision in _CERTAIN else None

    def find_class(self, code: str) -> ClassificationHint | None:
        """Return what a UNSPSC code says, or None."""
        digits = _NOT_DIGIT.sub("", code)
        if len(digits) != 8:
            return None
        for prefix, hint in self._classes.items():
            if digits.startswith(prefix):
                return hint
        return None


def is_magnet_code(code: str | None) -> bool:
    """Return whether a customs code is one of magnets.

    Examples:
        >>> is_magnet_code("8505.11.00"), is_magnet_code("8501")
        (True, False)
    """
    return code is not None and _NOT_DIGIT.sub("", code).startswith(MAGNET_HEADING)
