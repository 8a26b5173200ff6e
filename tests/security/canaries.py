"""Puts words and numbers that stand nowhere else into every field of requests and files.

Two ways. Soft: only free texts and quantities change, so that the request is still good and is
scored. Hard: every text, number and header changes and unknown fields come, so that it is refused
and the problem quotes it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any

#: A word that stands in no program, law, header or library.
MARK = "qzx7canary"
#: First digits of every number that is put in place of a quantity.
DIGITS = "47114793"

#: Fields whose text is free; the soft way changes these.
FREE_TEXTS = frozenset(
    {
        "category", "description", "end_user", "id", "line_id", "manufacturer", "name",
        "names", "parent_line_id", "part_number", "product_type", "title",
    }
)  # fmt: skip
_QUANTITIES = frozenset(
    {"annual_units", "daily_revenue", "quantity", "revenue_at_risk", "unit_price"}
)
#: A line gets these even where the request had none.
_LINE_TEXTS = ("part_number", "description", "category", "manufacturer")
_LONGEST = 120
_OLE = b"\xd0\xcf\x11\xe0"
#: Headers of tables are short and hold no digit; other cells are free texts.
_CELL = re.compile(r"(?=.*[^\W\d_]).{18,}|(?=.*[^\W\d_])(?=.*\d).{4,}", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_XML_TEXT = re.compile(r">([^<>]+)</")
_XML_VALUE = re.compile(r'((?:name|value|description|comment|id)=")([^"<]+)(")', re.IGNORECASE)
_XML_NAME = re.compile(r'(name=")([^"<]+)(")', re.IGNORECASE)
#: Larger members are bombs, and hold nothing.
_MOST_BYTES = 500_000
#: Other programs have names of their own for fields with free texts.
_FOREIGN = re.compile(r".*(?:name|description|component|part[ _]?number)", re.IGNORECASE)


class Planter:
    """Makes words and numbers, each only once, and puts them into what is sent.

    Args:
        hard: Change everything, or only what leaves the request good.
    """

    def __init__(self, *, hard: bool) -> None:
        self.hard = hard
        self.planted = 0
        self._foreign = False
        self._known: dict[str, str] = {}

    def word(self, old: str = "") -> str:
        """Return a text with a word of ours; the same one for the same text of one request."""
        if old not in self._known:
            self.planted += 1
            self._known[old] = f"{old[:_LONGEST]} {MARK}{self.planted:07d}".strip()
        return self._known[old]

    def number(self) -> int:
        """Return a number that begins with our digits."""
        self.planted += 1
        return int(f"{DIGITS}{self.planted % 10_000:04d}")

    # ------------------------------------------------------------------------------- JSON

    def json_value(self, value: Any, name: str = "") -> Any:
        """Return a value with our words in it; `name` is the field that holds it."""
        if isinstance(value, dict):
            return self._object(value, name)
        if isinstance(value, list):
            return [self.json_value(one, name) for one in value]
        if isinstance(value, str):
            return self.word(value) if self._is_free(value, name) else value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number() if self.hard or name in _QUANTITIES else value
        return value

    def _is_free(self, value: str, name: str) -> bool:
        if self.hard or name in FREE_TEXTS:
            return True
        if not self._foreign or value.startswith("/Date"):
            return False
        return bool(_FOREIGN.fullmatch(name) or " " in value)

    def _object(self, value: dict[str, Any], name: str) -> dict[str, Any]:
        is_line = "part_number" in value or "quantity" in value
        inner = {
            key: self.json_value(one, name if name == "product_type" else key)
            for key, one in value.items()
        }
        if is_line:
            for key in _LINE_TEXTS:
                inner[key] = inner.get(key) or self.word(key)
            if not inner.get("suppliers"):
                inner["supplier"] = inner.get("supplier") or {"name": self.word("supplier")}
        if self.hard:
            inner[self.word("unknown field")] = self.word("unknown value")
        return inner

    def json_bytes(self, raw: bytes) -> bytes:
        """Return a JSON document, or one a line, with our words; other bytes with a word behind."""
        try:
            return json.dumps(self.json_value(json.loads(raw))).encode()
        except (ValueError, RecursionError):
            pass
        try:
            lines = [self.json_value(json.loads(line)) for line in raw.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            return raw + self.word().encode()
        return b"\n".join(json.dumps(line).encode() for line in lines)

    # ------------------------------------------------------------------------------ files

    def file(self, content: bytes) -> bytes:
        """Return a file of any format that is read, with our words in its cells and texts."""
        if len(content) > _MOST_BYTES:
            return content + self.word().encode()
        if content[:2] == b"PK":
            return self._zip(content)
        if content[:4] == _OLE:
            return self._old_workbook(content)
        text, encoding = _decoded(content)
        if text.lstrip()[:1] in {"{", "["}:
            self._foreign = True
            return self.json_bytes(text.encode()).decode().encode(encoding)
        if text.lstrip()[:1] == "<":
            return self._xml(text).encode(encoding)
        return self._table(text).encode(encoding, "replace")

    def _table(self, text: str) -> str:
        delimiter = max(",;\t|", key=text.split("\n", 1)[0].count)
        rows = list(csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter))
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter)
        for number, row in enumerate(rows):
            cells = [self._cell(cell, header=number == 0) for cell in row]
            if self.hard:
                cells.append(self.word("unknown column" if number == 0 else f"unknown {number}"))
            writer.writerow(cells)
        return out.getvalue()

    def _cell(self, cell: str, *, header: bool) -> str:
        if self.hard:
            return self.word(cell)
        if header or not cell.strip():
            return cell
        if _NUMBER.fullmatch(cell):
            return str(self.number())
        return self.word(cell) if _CELL.fullmatch(cell) else cell

    def _xml(self, text: str) -> str:
        def text_of(found: re.Match[str]) -> str:
            old = found[1]
            free = old.strip() and (self.hard or _CELL.fullmatch(old))
            return f">{self.word(old) if free else old}</"

        def value_of(found: re.Match[str]) -> str:
            free = self.hard or " " in found[2]
            return found[1] + (self.word(found[2]) if free else found[2]) + found[3]

        values = _XML_VALUE if self.hard else _XML_NAME
        return values.sub(value_of, _XML_TEXT.sub(text_of, text))

    def _zip(self, content: bytes) -> bytes:
        out = io.BytesIO()
        try:
            with (
                zipfile.ZipFile(io.BytesIO(content)) as old,
                zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
            ):
                if sum(entry.file_size for entry in old.infolist()) > _MOST_BYTES:
                    return content + self.word().encode()
                for entry in old.infolist():
                    data = old.read(entry)
                    name = entry.filename
                    if name.endswith(".bin"):
                        data = self._old_workbook(data)
                    elif name.startswith(("xl/shared", "xl/worksheets/", "content")) or (
                        "/" not in name and name.endswith(".xml") and not name.startswith("[")
                    ):
                        data = self._xml(data.decode()).encode()
                    new.writestr(entry, data)
        except (zipfile.BadZipFile, OSError, UnicodeDecodeError, NotImplementedError):
            return content + self.word().encode()
        return out.getvalue()

    def _old_workbook(self, content: bytes) -> bytes:
        """Write over the end of each longer text, in one or two bytes a letter."""
        self.planted += 1
        for unit in (b"", b"\0"):
            word = b"".join(bytes([letter]) + unit for letter in MARK.encode())
            run = re.compile(rb"(?:[A-Za-z0-9 ,./-]" + unit + rb"){%d,}" % (len(MARK) + 2))
            for found in list(run.finditer(content)):
                content = content[: found.end() - len(word)] + word + content[found.end() :]
        return content


def _decoded(content: bytes) -> tuple[str, str]:
    for encoding in ("utf-16", "utf-8-sig", "utf-8", "gb18030", "cp932"):
        if encoding == "utf-16" and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            continue
        if encoding == "utf-8-sig" and content[:3] != b"\xef\xbb\xbf":
            continue
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"
