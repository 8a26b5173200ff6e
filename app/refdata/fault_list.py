"""Collects what is wrong with a file, so that all of it comes out at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from app.errors import ReferenceDataError

_Part = TypeVar("_Part")


class FaultList:
    """Faults found so far. Nothing that was read may be used before `raise_if_any`."""

    def __init__(self) -> None:
        self._messages: list[str] = []

    def attempt(self, read: Callable[[], _Part]) -> _Part | None:
        """Return what `read` returns; after a fault, which is kept, None."""
        try:
            return read()
        except ReferenceDataError as error:
            self._messages.append(str(error))
            return None

    def extend(self, messages: Iterable[str]) -> None:
        """Add faults that were found without reading."""
        self._messages.extend(messages)

    def raise_if_any(self) -> None:
        """Raise all faults as one error.

        Raises:
            ReferenceDataError: There was at least one; a line for each.
        """
        if self._messages:
            raise ReferenceDataError("\n".join(self._messages))

    def result(self, part: _Part | None) -> _Part:
        """Return what was read once nothing is wrong.

        Raises:
            ReferenceDataError: There was a fault, or there is nothing.
        """
        self.raise_if_any()
        if part is None:
            raise ReferenceDataError("nothing was read")
        return part
