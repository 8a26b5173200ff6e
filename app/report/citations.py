"""Sources by number, in the order in which a report first names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.provenance import Source
from app.report.markup import NOTHING, Markup, joined, tag


class Citations:
    """Gives each cited source a number."""

    def __init__(self, known: Mapping[str, Source]) -> None:
        self._known = known
        self._numbers: dict[str, int] = {}

    def numbers(self, keys: Iterable[str]) -> list[int]:
        """Return the numbers of sources, ascending; a key without a source is left out."""
        known = (key for key in keys if key in self._known)
        return sorted({self._numbers.setdefault(key, len(self._numbers) + 1) for key in known})

    def mark(self, keys: Iterable[str]) -> Markup:
        """Return the numbers of sources in brackets, runs drawn together, linked to the list."""
        runs = _runs(self.numbers(keys))
        if not runs:
            return NOTHING
        links = [
            tag(
                "a",
                f"{first}" if first == last else f"{first}–{last}",
                href=f"#source-{first}",
            )
            for first, last in runs
        ]
        inner = joined(*(joined(", " if place else "", link) for place, link in enumerate(links)))
        return tag("span", "[", inner, "]", class_="cite")

    def listed(self) -> list[tuple[int, Source]]:
        """Return every cited source with its number."""
        return [(number, self._known[key]) for key, number in self._numbers.items()]


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as runs.

    Examples:
        >>> _runs([1, 2, 3, 7, 9, 10])
        [(1, 3), (7, 7), (9, 10)]
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
