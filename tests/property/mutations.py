"""Files that were right once: bytes, lines and members of containers changed at random."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence

#: What breaks parsers: marks, numbers at the edge, markup, controls, formulas, odd scripts.
TOKENS: tuple[bytes, ...] = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n\n",
    b'"',
    b"'",
    b",",
    b";",
    b"\t",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b"</a>",
    b"<!DOCTYPE a>",
    b"&amp;",
    b"&#0;",
    b"NaN",
    b"Infinity",
    b"-1",
    b"1e999",
    b"-1e999",
    b"0x10",
    b"9" * 400,
    b"1.000",
    b"1,000,000.0.0",
    b"=1+1",
    b"true",
    b"null",
    b"Level",
    b"Parent",
    b"Total",
    "合計".encode(),
    "若干".encode("gb18030"),
    b"\x81\x40",
    "\U0001f9f2".encode(),
    "\u202e".encode(),
    b" " * 300,
    b"sep=;\n",
    b"#REF!",
)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Return `data` after one to six random changes."""
    for _ in range(chance.randint(1, 6)):
        data = chance.choice(_CHANGES)(data, chance)
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
    return data[:start] + data[end:] if chance.random() < 0.7 else data[:end]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 20)) + data[at:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
    return data[:end] + data[start:end] * chance.randint(1, 4) + data[end:]


def _shuffle_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _swap_words(data: bytes, chance: random.Random) -> bytes:
    words = data.split(b",")
    for _ in range(min(len(words), 4)):
        words[chance.randrange(len(words))] = chance.choice((*TOKENS, *words[:20]))
    return b",".join(words)


def _inside_zip(data: bytes, chance: random.Random) -> bytes:
    """Change one member of a container and pack it again."""
    if not data.startswith(b"PK"):
        return _flip(data, chance)
    out = io.BytesIO()
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as source:
            warnings.simplefilter("ignore", UserWarning)
            names = source.namelist()
            chosen = chance.choice(names) if names else ""
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in names:
                    body = source.read(name)
                    changed = chance.choice(_PLAIN)(body, chance) if name == chosen else body
                    archive.writestr(name, changed)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        return data
    return out.getvalue()


Change = Callable[[bytes, random.Random], bytes]
_PLAIN: Sequence[Change] = (_flip, _cut, _insert, _repeat, _shuffle_lines, _swap_words)
_CHANGES: Sequence[Change] = (*_PLAIN, _inside_zip, _inside_zip, _inside_zip)
