"""What a known program's table export looks like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.readers.fields import Field


def _never(_cells: Mapping[Field, str]) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Dialect:
    """The columns of one program's export.

    Attributes:
        name: Name of the format in `FileFacts.format`.
        signature: Header texts, folded to lower case, that must all be there.
        fields: Field by folded header text; goes before the general words.
        is_product_row: Tells a row that states the product and no line.
    """

    name: str
    signature: frozenset[str]
    fields: Mapping[str, Field] = field(default_factory=dict)
    is_product_row: Callable[[Mapping[Field, str]], bool] = _never
