"""The one folder whose files an agent may have read, and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.errors import InvalidInputError, LimitExceededError

#: Most names that are listed.
_MOST_NAMES = 200


class Folder:
    """Files below a folder. Links are followed only to what lies below it as well.

    Args:
        place: The folder.
        most_bytes: Largest file that is read [bytes].

    Raises:
        InvalidInputError: There is no such folder.
    """

    def __init__(self, place: Path, *, most_bytes: int) -> None:
        if not place.is_dir():
            raise InvalidInputError(f"there is no folder '{place}'")
        self._root = place.resolve()
        self._most_bytes = most_bytes

    def file(self, name: str) -> Path:
        """Return the path of a file by its name below the folder.

        Raises:
            InvalidInputError: It lies elsewhere, is hidden, or there is no such file.
            LimitExceededError: It is too large.
        """
        if "\0" in name:
            raise InvalidInputError("a file name holds no NUL")
        path = (self._root / name).resolve()
        # Whether anything lies elsewhere is none of the agent's business: one answer for both.
        if not self._holds(path) or not path.is_file():
            raise InvalidInputError(
                f"there is no file '{name}' in the folder; list_bom_files names all that can be "
                "read, and nothing outside the folder can"
            )
        if path.stat().st_size > self._most_bytes:
            raise LimitExceededError(
                f"'{name}' is larger than {self._most_bytes:,} bytes, the limit "
                "LODESTONE_MAX_UPLOAD_BYTES"
            )
        return path

    def names(self) -> list[str]:
        """Return the names of the files, in order; of very many the first."""
        return sorted(self._below())[:_MOST_NAMES]

    def _below(self) -> Iterator[str]:
        for path in self._root.rglob("*"):
            if path.is_file() and self._holds(path.resolve()):
                relative = path.relative_to(self._root)
                if not any(part.startswith(".") for part in relative.parts):
                    yield relative.as_posix()

    def _holds(self, path: Path) -> bool:
        if not path.is_relative_to(self._root):
            return False
        return not any(part.startswith(".") for part in path.relative_to(self._root).parts)
