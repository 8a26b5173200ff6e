"""Finds words in bytes: as they are, in other encodings, and inside packed members."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.security.canaries import DIGITS, MARK

_DEEPEST = 3


def forms_of(word: str) -> list[bytes]:
    """Return a word as logs, protocols and files may write it, in lower case."""
    raw = word.encode()
    forms = [raw, raw.hex().encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    for shift in range(3):
        # The letters at both ends depend on their neighbours.
        packed = base64.b64encode(b"\0" * shift + raw)
        forms.append(packed[0 if shift == 0 else 4 : -4])
    return [form.lower() for form in forms]


class Search:
    """Looks for our words, and for texts that requests held.

    Args:
        texts: Texts that stood in requests before we put ours in.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._needles = dict.fromkeys(forms_of(MARK), MARK)
        self._needles[DIGITS.encode()] = DIGITS
        self._texts = {text.lower().encode(): text for text in texts}
        self.bytes = 0
        self.hits: list[str] = []

    @property
    def needles(self) -> int:
        """Return how many different sequences of bytes are looked for."""
        return len(self._needles) + len(self._texts)

    def look(self, place: str, data: bytes) -> None:
        """Look into bytes and remember each hit with what stands around it."""
        for depth, part in _unpacked(data):
            self.bytes += len(part)
            low = part.lower()
            where = place if depth == 0 else f"{place} (unpacked)"
            for needles in (self._needles, self._texts):
                for form in needles:
                    at = low.find(form)
                    if at >= 0:
                        around = part[max(0, at - 60) : at + len(form) + 60]
                        self.hits.append(f"{where}: ...{around!r}...")

    def look_in_folder(self, folder: Path, *, but: Iterable[Path] = ()) -> int:
        """Look at names and contents of all files below a folder; return how many there are."""
        left_out, count = set(but), 0
        for path in sorted(folder.rglob("*")):
            self.look(f"name of {path.name}", str(path.relative_to(folder)).encode())
            if path.is_file() and path not in left_out:
                count += 1
                self.look(f"file {path.name}", path.read_bytes())
        return count


def _unpacked(data: bytes, depth: int = 0) -> Iterator[tuple[int, bytes]]:
    yield depth, data
    if depth == _DEEPEST:
        return
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    yield from _unpacked(archive.read(name), depth + 1)
        except (zipfile.BadZipFile, zlib.error):
            return
    elif data[:2] == b"\x1f\x8b":
        try:
            yield from _unpacked(gzip.decompress(data), depth + 1)
        except (OSError, EOFError, zlib.error):
            return
