"""Which reader reads a file: told by magic bytes, then by keys, root elements or header words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.domain.bom import Bom
from app.errors import Fault, UnfitFileOptionError, UnreadableFileError
from app.readers.calamine_bom import OLE_MAGIC, is_xlsb, read_xls_bom, read_xlsb_bom
from app.readers.csv_bom import read_csv_bom
from app.readers.cyclonedx_bom import is_cyclonedx, read_cyclonedx_bom
from app.readers.encoding import DecodedText, decode, is_usual
from app.readers.erpnext_bom import is_erpnext_json, read_erpnext_bom
from app.readers.granta_bom import is_granta, read_granta_bom
from app.readers.headers import is_header_word
from app.readers.iec62474_bom import (
    is_chemsherpa,
    is_iec62474,
    read_chemsherpa_bom,
    read_iec62474_bom,
)
from app.readers.inventree_bom import is_inventree_json, read_inventree_bom
from app.readers.ipc1752_bom import is_ipc1752, read_ipc1752_bom
from app.readers.json_bom import is_own_json, read_json_bom, read_ndjson_bom
from app.readers.json_rows import is_json_rows, read_json_rows
from app.readers.json_values import JsonValue, load_json
from app.readers.odoo_bom import is_odoo_json, read_odoo_bom
from app.readers.ods_bom import is_ods, read_ods_bom
from app.readers.passport_bom import (
    is_battery_pass,
    is_passport,
    read_battery_pass,
    read_passport_bom,
)
from app.readers.sap_bom import is_sap_json, read_sap_bom
from app.readers.source import Source, unused_options
from app.readers.tryton_bom import is_tryton_json, read_tryton_bom
from app.readers.xlsx_bom import read_xlsx_bom
from app.readers.xlsx_parts import is_xlsx
from app.readers.xml_tree import Element, parse_text
from app.readers.zip_container import ZipContainer

_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]*\sencoding=[\"']([A-Za-z0-9._-]{2,20})[\"']")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")

#: Files that people send by mistake, by their first bytes.
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "a database"),
)


@dataclass(frozen=True, slots=True)
class JsonReader:
    """A reader of one kind of JSON document."""

    name: str
    recognises: Callable[[JsonValue], bool]
    read: Callable[[Source, JsonValue], Bom]


@dataclass(frozen=True, slots=True)
class ZipReader:
    """A reader of one kind of zip container."""

    name: str
    recognises: Callable[[ZipContainer], bool]
    read: Callable[[Source, ZipContainer], Bom]


ZIP_READERS: tuple[ZipReader, ...] = (
    ZipReader("xlsx", is_xlsx, read_xlsx_bom),
    ZipReader("xlsb", is_xlsb, read_xlsb_bom),
    ZipReader("ods", is_ods, read_ods_bom),
    ZipReader("chemsherpa", is_chemsherpa, read_chemsherpa_bom),
)

#: In the order in which they are asked.
JSON_READERS: tuple[JsonReader, ...] = (
    JsonReader("json", is_own_json, read_json_bom),
    JsonReader("cyclonedx_json", is_cyclonedx, read_cyclonedx_bom),
    JsonReader("catenax_passport", is_passport, read_passport_bom),
    JsonReader("battery_pass", is_battery_pass, read_battery_pass),
    JsonReader("sap_json", is_sap_json, read_sap_bom),
    JsonReader("erpnext_json", is_erpnext_json, read_erpnext_bom),
    JsonReader("odoo_json", is_odoo_json, read_odoo_bom),
    JsonReader("inventree_json", is_inventree_json, read_inventree_bom),
    JsonReader("tryton_json", is_tryton_json, read_tryton_bom),
    JsonReader("json_rows", is_json_rows, read_json_rows),
)


@dataclass(frozen=True, slots=True)
class XmlReader:
    """A reader of one kind of XML document."""

    name: str
    recognises: Callable[[Element], bool]
    read: Callable[[Source, Element], Bom]


XML_READERS: tuple[XmlReader, ...] = (
    XmlReader("granta_xml", is_granta, read_granta_bom),
    XmlReader("ipc1752_xml", is_ipc1752, read_ipc1752_bom),
    XmlReader("iec62474_xml", is_iec62474, read_iec62474_bom),
)

#: Every format that is read, by the name that `FileFacts.format` gives, and what it is.
READERS: Mapping[str, str] = MappingProxyType(
    {
        "csv": "delimited text",
        "tsv": "tab-separated text",
        "xlsx": "Excel workbook",
        "xlsb": "Excel binary workbook",
        "xls": "Excel workbook of 1997-2003",
        "ods": "OpenDocument spreadsheet",
        "json": "JSON of this service",
        "ndjson": "line objects of this service, one a line",
        "json_rows": "a JSON list of flat objects whose keys are header words",
        "sap_material_bom": "SAP MaterialBOMItem result set",
        "sap_explode_bom": "rows of SAP's explodeBom",
        "erpnext_json": "ERPNext BOM documents",
        "erpnext_csv": "ERPNext data import file of BOMs",
        "erpnext_items_csv": "ERPNext item master",
        "odoo_json": "Odoo mrp.bom and mrp.bom.line records",
        "odoo_csv": "Odoo import and export table",
        "inventree_json": "InvenTree BOM items",
        "inventree_csv": "InvenTree BOM export",
        "tryton_json": "Tryton production.bom rows",
        "tryton_csv": "Tryton production.bom export",
        "django_bom_csv": "django-bom export",
        "business_central_csv": "Dynamics Business Central production BOM lines",
        "kicad_csv": "KiCad BOM",
        "altium_csv": "Altium BOM",
        "easyeda_csv": "EasyEDA and LCSC BOM",
        "orcad_bom": "OrCAD BOM",
        "granta_csv": "Granta MI multi-level table",
        "granta_xml": "Granta MI bill of materials",
        "cyclonedx_json": "CycloneDX hardware BOM",
        "ipc1752_xml": "IPC-1752A/B declaration, classes C and D",
        "iec62474_xml": "IEC 62474 declaration",
        "chemsherpa": "chemSHERPA container",
        "catenax_electric_drive_passport": "Catena-X electric drive passport",
        "catenax_chemical_material_passport": "Catena-X chemical material passport",
        "catenax_product_passport": "Catena-X product passport of another kind",
        "battery_pass": "battery passport",
        "rmi_amrt": "RMI minerals reporting template",
    }
)


def read_source(source: Source) -> Bom:
    """Return the BOM of a file whose format is told by its content.

    Raises:
        UnfitFileOptionError: The caller names columns, and the format has none.
        UnreadableFileError: The format is unknown, or the file is broken.
    """
    bom = _read(source)
    if bom.file is None:
        return bom
    if source.options.columns and not source.has_columns:
        detail = (
            f"a file of the format {bom.file.format} has no columns to override; "
            "leave `columns` out"
        )
        raise UnfitFileOptionError(
            detail, (Fault(code="no_columns", detail=detail, pointer="/columns"),)
        )
    unused = unused_options(source, bom.file)
    if not unused:
        return bom
    return replace(bom, file=replace(bom.file, notes=(*bom.file.notes, *unused)))


def _read(source: Source) -> Bom:
    data = source.data
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise _unreadable("empty_file", "the file is empty")
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            raise _unreadable(
                "unknown_format", f"the file is {kind}, which holds no readable table"
            )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_zip(source)
    if data.startswith(OLE_MAGIC):
        return read_xls_bom(source)
    encoding = source.options.encoding or _declared_encoding(data)
    decoded = decode(data, encoding=encoding, known=is_header_word)
    source.encoding = decoded.encoding
    return _read_text(source, decoded)


def _declared_encoding(data: bytes) -> str | None:
    """Return the encoding that an XML declaration names, where it is not UTF-8 or UTF-16."""
    match = _XML_ENCODING.match(data[:200])
    name = match[1].decode("ascii").casefold() if match is not None else "utf-8"
    return None if name.startswith("utf") or not is_usual(name) else name


def _read_zip(source: Source) -> Bom:
    container = ZipContainer(source.data, source.guard)
    for reader in ZIP_READERS:
        if reader.recognises(container):
            return reader.read(source, container)
    listed = ", ".join(container.names[:8])
    raise _unreadable(
        "unknown_format", f"the zip container is of no known format; it holds: {listed[:200]}"
    )


def _read_text(source: Source, decoded: DecodedText) -> Bom:
    start = decoded.text[:200].lstrip()
    if start.startswith("{") or (start.startswith("[") and not _is_bracketed_cell(decoded.text)):
        return _read_json(source, decoded.text)
    if start.startswith("<"):
        return _read_xml(source, decoded.text)
    return read_csv_bom(source, decoded)


def _read_xml(source: Source, text: str) -> Bom:
    head = text[:2000].lstrip().casefold()
    if head.startswith(("<!doctype html", "<html", "<table")):
        raise _unreadable(
            "html_table", "the file is a web page; open it in a spreadsheet and save it as XLSX"
        )
    # The mark is gone and the bytes may have been recoded: parse the text itself.
    declared = _DECLARATION.sub("", text, count=1)
    root = parse_text(declared, source.guard)
    for reader in XML_READERS:
        if reader.recognises(root):
            return reader.read(source, root)
    raise _unreadable(
        "unknown_format", f"the XML document <{root.name[:60]}> is of no known format"
    )


def _is_bracketed_cell(text: str) -> bool:
    """Return whether a text that begins with "[" is a table whose first cell does."""
    return text.lstrip()[1:40].lstrip()[:1] not in {"{", "[", "]", '"', "-", *"0123456789"}


def _read_json(source: Source, text: str) -> Bom:
    lines = text.strip().splitlines()
    if len(lines) > 1 and lines[0].strip().startswith("{") and lines[0].strip().endswith("}"):
        return read_ndjson_bom(source, _ndjson_values(source, text))
    value = load_json(text, source.guard)
    for reader in JSON_READERS:
        if reader.recognises(value):
            return reader.read(source, value)
    keys = ", ".join(list(value)[:12]) if isinstance(value, dict) else "a list"
    raise _unreadable(
        "unknown_format", f"the JSON document is of no known format; it holds: {keys[:200]}"
    )


def _ndjson_values(source: Source, text: str) -> list[tuple[int, JsonValue]]:
    values: list[tuple[int, JsonValue]] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            values.append((number, load_json(line, source.guard)))
        except UnreadableFileError as error:
            faults += [
                Fault(code=f.code, detail=f.detail, row=number, column=f.column)
                for f in error.faults
            ]
        if len(values) > source.guard.limits.max_rows:
            break  # the count of rows refuses the file below
    if faults:
        raise UnreadableFileError("some lines are no valid JSON", tuple(faults[:100]))
    return values


def _unreadable(code: str, detail: str) -> UnreadableFileError:
    return UnreadableFileError(detail, (Fault(code=code, detail=detail),))
