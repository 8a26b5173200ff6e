"""The parts of an XLSX workbook beside its sheets: sheet list, shared strings, number formats."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from enum import Enum

from app.errors import Fault, UnreadableFileError
from app.readers.options import Guard, limit_error
from app.readers.xml_parser import parse_xml
from app.readers.xml_tree import Element, parse_tree
from app.readers.zip_container import ZipContainer

_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_PERCENT_FORMATS = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class CellFormat(Enum):
    """How a number is shown, as far as it changes what it means."""

    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of the workbook."""

    name: str
    path: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets need to be read.

    Attributes:
        formats: Cell format by style index.
        uses_1904: True where dates count from 1904.
    """

    sheets: tuple[SheetPart, ...]
    strings: tuple[str, ...]
    formats: tuple[CellFormat, ...]
    uses_1904: bool


def is_xlsx(container: ZipContainer) -> bool:
    """Return whether a container is an XLSX workbook."""
    return _workbook_path(container) is not None


def _workbook_path(container: ZipContainer) -> str | None:
    return next((name for name in container.names if name.endswith("xl/workbook.xml")), None)


def read_workbook(container: ZipContainer, guard: Guard) -> Workbook:
    """Return the workbook's parts.

    Raises:
        UnreadableFileError: A part is missing or broken.
    """
    path = _workbook_path(container)
    if path is None:
        raise UnreadableFileError("the workbook has no list of sheets")
    root = parse_tree(container.chunks(path), guard)
    folder = posixpath.dirname(path)
    relations = _relations(container, folder, guard)
    properties = root.child("workbookPr")
    strings = _part(container, folder, relations, "sharedStrings")
    styles = _part(container, folder, relations, "styles")
    return Workbook(
        sheets=_sheets(root, container=container, folder=folder, relations=relations),
        strings=_shared_strings(container, strings, guard) if strings else (),
        formats=_formats(parse_tree(container.chunks(styles), guard)) if styles else (),
        uses_1904=properties is not None and properties.attribute("date1904") in {"1", "true"},
    )


def _relations(container: ZipContainer, folder: str, guard: Guard) -> dict[str, tuple[str, str]]:
    """Return (type, path) by relation id."""
    path = f"{folder}/_rels/workbook.xml.rels"
    if path not in container:
        return {}
    root = parse_tree(container.chunks(path), guard)
    relations = {}
    for entry in root.all("Relationship"):
        target = entry.attributes.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = entry.attributes.get("Type", "").rpartition("/")[2]
        relations[entry.attributes.get("Id", "")] = (kind, posixpath.normpath(full))
    return relations


def _part(
    container: ZipContainer, folder: str, relations: dict[str, tuple[str, str]], kind: str
) -> str | None:
    for found, path in relations.values():
        if found == kind and path in container:
            return path
    usual = f"{folder}/{kind}.xml"
    return usual if usual in container else None


def _sheets(
    root: Element, *, container: ZipContainer, folder: str, relations: dict[str, tuple[str, str]]
) -> tuple[SheetPart, ...]:
    sheets = []
    listed = root.child("sheets")
    for number, entry in enumerate(listed.all("sheet") if listed is not None else (), start=1):
        kind, path = relations.get(entry.attributes.get("id", ""), ("worksheet", ""))
        if not path:
            path = f"{folder}/worksheets/sheet{number}.xml"
        if kind == "worksheet" and path in container:
            hidden = entry.attributes.get("state", "visible") != "visible"
            sheets.append(SheetPart(entry.attributes.get("name", ""), path, hidden))
    if not sheets:
        detail = "the workbook holds no worksheet"
        raise UnreadableFileError(detail, (Fault(code="no_sheet", detail=detail),))
    return tuple(sheets)


class _Strings:
    """Collects shared strings; phonetic readings (furigana) are no part of the text."""

    def __init__(self, guard: Guard) -> None:
        self.strings: list[str] = []
        self._guard = guard
        self._locals: dict[str, str] = {}
        self._text = ""
        self._in_text = False
        self._phonetic = 0

    def _local(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self._locals) < 100:
            self._locals[name] = local
        return local

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._locals.get(name) or self._local(name)
        if local == "sst":
            unique = attributes.get("uniqueCount", "")
            if unique.isdecimal() and len(unique) < 10:
                self._refuse_more_than(int(unique))
        elif local == "t":
            self._in_text = not self._phonetic
        elif local == "si":
            self._text = ""
        elif local == "rPh":
            self._phonetic += 1

    def end(self, name: str) -> None:
        local = self._locals.get(name) or self._local(name)
        if local == "t":
            self._in_text = False
        elif local == "si":
            self.strings.append(self._text)
            if len(self.strings) % 1000 == 0:
                self._check()
        elif local == "rPh":
            self._phonetic -= 1

    def text(self, data: str) -> None:
        if self._in_text:
            self._text = self._text + data if self._text else data
            if len(self._text) > self._guard.limits.max_cell_chars:
                self._guard.check_cell(self._text)

    def _check(self) -> None:
        self._refuse_more_than(len(self.strings))
        self._guard.add_text(sum(map(len, self.strings[-1000:])))

    def _refuse_more_than(self, count: int) -> None:
        most = self._guard.limits.max_cells
        if count > most:
            raise limit_error("max_cells", f"{most:,} strings", "number of strings")


def _shared_strings(container: ZipContainer, path: str, guard: Guard) -> tuple[str, ...]:
    collector = _Strings(guard)
    parse_xml(container.chunks(path), collector, guard=guard)
    return tuple(collector.strings)


def _formats(root: Element) -> tuple[CellFormat, ...]:
    own: dict[int, str] = {}
    for entry in root.descendants("numFmt"):
        number = entry.attributes.get("numFmtId", "")
        if number.isdecimal() and len(number) < 6:
            own[int(number)] = entry.attributes.get("formatCode", "")
    cells = root.child("cellXfs")
    if cells is None:
        return ()
    return tuple(_format(entry.attributes.get("numFmtId", "0"), own) for entry in cells.all("xf"))


def _format(number: str, own: dict[int, str]) -> CellFormat:
    if not number.isdecimal() or len(number) > 5:
        return CellFormat.PLAIN
    code = own.get(int(number))
    if code is not None:
        bare = _QUOTED.sub("", code).casefold().split(";")[0]
        if "%" in bare:
            return CellFormat.PERCENT
        is_date = any(sign in bare for sign in "yd") or ("h" in bare and "m" in bare)
        return CellFormat.DATE if is_date and "general" not in bare else CellFormat.PLAIN
    if int(number) in _PERCENT_FORMATS:
        return CellFormat.PERCENT
    return CellFormat.DATE if int(number) in _DATE_FORMATS else CellFormat.PLAIN
