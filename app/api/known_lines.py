"""Products of one catalogue whose parts come again: each line is validated once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import orjson
from pydantic import ValidationError

from app.api.checks import LineKeys, keys_of, line_faults, sector_fault
from app.api.json_body import adapter_of, count_name_ends, count_names
from app.api.requests import bom_from, lines_from
from app.api.schemas.bom import LineBody
from app.api.schemas.catalogue import CatalogueProduct
from app.api.schemas.context import ContextBody
from app.batch.vocabulary import Vocabulary
from app.domain.bom import Bom, BomLine

#: Lines that are kept before the memory begins anew; some kilobytes each.
MOST_KEPT = 8_192

#: Stands for the lines while the rest of a product is validated.
_ANY_LINES = [{"description": "-"}]


class _Line(NamedTuple):
    """A line that is in order, with what the checks across lines ask of it."""

    line: BomLine
    keys: LineKeys
    names: int


@dataclass(frozen=True, slots=True)
class Product:
    """A product in order, and its own context."""

    bom: Bom
    context: ContextBody | None


class KnownLines:
    """Reads products in which all is well; what it does not read needs the long way.

    Equal lines give the same object, by which identification and scoring know them again. What
    it remembers belongs to one catalogue of one customer and goes with it. A price written as a
    number of more digits than a double holds counts as the nearest double.

    Args:
        vocabulary: Sectors of the reference data.
        most_lines: Most lines of one product.
    """

    def __init__(self, vocabulary: Vocabulary, *, most_lines: int) -> None:
        self._vocabulary = vocabulary
        self._most_lines = most_lines
        self._kept: dict[tuple[bytes, str | None, str | None], _Line] = {}

    def product(self, raw: bytes, place: int) -> Product | None:
        """Return a product, or None where anything about it is unusual or wrong.

        Args:
            raw: One JSON object.
            place: Place of the product in the catalogue, counted from 1; its id if it has none.
        """
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None
        lines = value.get("lines") if isinstance(value, dict) else None
        if not isinstance(lines, list) or not 0 < len(lines) <= self._most_lines:
            return None
        try:
            body = adapter_of(CatalogueProduct).validate_json(
                orjson.dumps({**value, "lines": _ANY_LINES})
            )
            read = self._lines(lines, body.currency)
        except (ValidationError, orjson.JSONEncodeError):
            return None
        if read is None or not self._fits(value, lines, body, read, raw):
            return None
        shell = bom_from(body.model_copy(update={"id": body.id or str(place)}), self._vocabulary)
        whole = replace(shell, lines=tuple([one.line for one in read]))
        return Product(whole, body.context)

    def _lines(self, lines: list[object], currency: str | None) -> list[_Line] | None:
        """Return the lines, or None where one of them has a fault of its own."""
        read: list[_Line] = []
        for place, value in enumerate(lines, start=1):
            if not isinstance(value, dict):
                return None
            # A line without an id is named by its place, so that it is another line elsewhere.
            name = None if value.get("line_id") is not None else str(place)
            key = (orjson.dumps(value), currency, name)
            known = self._kept.get(key)
            if known is None:
                known = self._validated(value, key)
                if known is None:
                    return None
                if len(self._kept) >= MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = known
            read.append(known)
        return read

    def _validated(
        self, value: dict[str, object], key: tuple[bytes, str | None, str | None]
    ) -> _Line | None:
        text, currency, name = key
        body = adapter_of(LineBody).validate_json(text)
        keys = keys_of(body)
        alone = keys if keys.parent is None else keys_of(body.model_copy(update=_NO_PARENT))
        if line_faults([alone], self._vocabulary, path=()):
            return None
        named = body if name is None else body.model_copy(update={"line_id": name})
        (line,) = lines_from([named], self._vocabulary, currency=currency)
        return _Line(line, keys, count_names(value))

    def _fits(
        self,
        value: dict[str, object],
        lines: list[object],
        body: CatalogueProduct,
        read: list[_Line],
        raw: bytes,
    ) -> bool:
        """Return whether the lines go together, and no name stands twice."""
        if len({one.line.line_id for one in read}) < len(lines):
            return False
        if any(one.keys.parent is not None for one in read):
            keys = [one.keys for one in read]
            if line_faults(keys, self._vocabulary, path=()):
                return False
        if body.sector is not None and sector_fault(body.sector, self._vocabulary, ()):
            return False
        names = count_names({**value, "lines": None}) + sum(one.names for one in read)
        return names == count_name_ends(raw)


_NO_PARENT = {"parent_line_id": None}
