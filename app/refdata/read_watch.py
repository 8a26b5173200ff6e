"""Lets somebody watch how the loaders read YAML files: which keys they know, and as what.

Nobody does in the service. `lodestone schemas` does, so that the schemas for editors say exactly
what the loaders demand, and cannot say anything else.
"""

from __future__ import annotations

from collections.abc import Collection
from contextvars import ContextVar
from typing import Protocol


class ReadWatcher(Protocol):
    """Told of everything that is read."""

    def parsed(self, name: str, value: object) -> None:
        """Take note of the content of a file."""

    def opened(self, values: object, required: Collection[str], optional: Collection[str]) -> None:
        """Take note that a mapping is read as a record with these keys."""

    def read(self, values: object, key: str, kind: str, choices: tuple[str, ...]) -> None:
        """Take note that a key is read as a kind of value."""


WATCHER: ContextVar[ReadWatcher | None] = ContextVar("WATCHER", default=None)
