"""What a known program's table export looks like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.readers.fields import Field


def _leave(_cells: dict[Field, str]) -> None:
    """Change nothing."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The columns of one program's export.

    Header texts are compared as `headers.header_key` writes them.

    Attributes:
        name: Name of the format in `FileFacts.format`.
        signature: Header texts that must all be there.
        fields: Field by header text; goes before the general words.
        carried: Fields of the parent that stand in the first row of each product only.
        tidy: Mends the cells of a row, such as "[CODE] Name" in one cell.
    """

    name: str
    signature: frozenset[str]
    fields: Mapping[str, Field] = field(default_factory=dict)
    carried: frozenset[Field] = frozenset()
    tidy: Callable[[dict[Field, str]], None] = _leave


class Carrier:
    """Carries what stands in the first row of a product only to its further rows."""

    def __init__(self, dialect: Dialect | None) -> None:
        self._dialect = dialect
        self.carried: dict[Field, str] = {}
        self.states_product = False

    def complete(self, cells: dict[Field, str]) -> dict[Field, str]:
        """Return the cells of a row with those of its product."""
        if self._dialect is None:
            return cells
        self._dialect.tidy(cells)
        own = {held: cells[held] for held in self._dialect.carried if held in cells}
        self.states_product = not {Field.PRODUCT, Field.PARENT}.isdisjoint(own)
        if self.states_product:
            self.carried = own
        return {**self.carried, **cells}


def split_display_name(cells: dict[Field, str], source: Field) -> None:
    """Turn "[CODE] Name" in the cell of `source` into a part number and a name, in place."""
    text = cells.pop(source, None)
    if text is None:
        return
    code, name = display_name(text)
    if code is not None:
        cells.setdefault(Field.PART_NUMBER, code)
    if name is not None:
        cells.setdefault(Field.NAME, name)


def display_name(text: str) -> tuple[str | None, str | None]:
    """Return code and name of "[CODE] Name".

    Examples:
        >>> display_name("[M-42] Magnet"), display_name("Magnet")
        (('M-42', 'Magnet'), (None, 'Magnet'))
    """
    stripped = text.strip()
    if stripped.startswith("[") and "]" in stripped:
        code, _, name = stripped[1:].partition("]")
        return code.strip() or None, name.strip() or None
    return None, stripped or None
