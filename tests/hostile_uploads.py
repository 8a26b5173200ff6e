"""Files that mean harm, as an upload sends them: name, bytes, and the code of the refusal."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tests.unit.readers import test_hostile_files as hostile
from tests.unit.readers.reference_product import binary_workbook

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_MEGABYTE = 1024 * 1024


def _packed(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _ods(rows: str) -> bytes:
    content = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0">'
        f"<table:table>{rows}</table:table></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return _packed({"mimetype": mimetype, "content.xml": content.encode()})


def zip_bomb_xlsx() -> bytes:
    """Return a workbook whose sheet is 300 MB of blanks."""
    return hostile.book(hostile.HEADER + " " * (300 * _MEGABYTE))


def zip_bomb_ods() -> bytes:
    """Return a sheet of 300 MB of blanks."""
    return _ods(" " * (300 * _MEGABYTE))


def zip_bomb_chemsherpa() -> bytes:
    """Return a chemSHERPA container whose XML is 300 MB of blanks."""
    root = b'<Main xmlns="http://std.iec.ch/iec62474">' + b" " * (300 * _MEGABYTE) + b"</Main>"
    return _packed({"declaration.xml": root})


def zip_in_zip() -> bytes:
    """Return a container that holds containers."""
    return _packed({f"{number}.zip": _packed({"x": bytes(_MEGABYTE)}) for number in range(16)})


def gzip_bomb() -> bytes:
    """Return 300 MB of commas, compressed."""
    return gzip.compress(b"," * (300 * _MEGABYTE), compresslevel=1)


def gigabyte_cell() -> bytes:
    """Return a workbook with a cell of a gigabyte by its directory, 60 MB in truth."""
    data = bytearray(
        hostile.book(
            hostile.HEADER + f'<row r="2"><c t="str"><v>{"x" * (60 * _MEGABYTE)}</v></c></row>'
        )
    )
    at = data.rindex(hostile.SHEET.encode()) - 46
    data[at + 24 : at + 28] = struct.pack("<I", 1024 * _MEGABYTE)
    return bytes(data)


def far_cells_ods() -> bytes:
    """Return a sheet of two cells, one of them in the last row and column."""
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    blank = '<table:table-cell table:number-columns-repeated="16382"/>'
    return _ods(
        f"<table:table-row>{cell}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/>'
        f"</table:table-row><table:table-row>{blank}{cell}</table:table-row>"
    )


def far_cells_xlsb() -> bytes:
    """Return a binary workbook of two cells, one of them in the last row and column."""
    source = zipfile.ZipFile(io.BytesIO(binary_workbook()))
    members = {name: source.read(name) for name in source.namelist()}
    text = struct.pack("<I", 1) + "x".encode("utf-16-le")

    def row(number: int) -> bytes:
        return b"\x00\x19" + struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0) + bytes(8)

    def cell(column: int) -> bytes:
        payload = struct.pack("<II", column, 0) + text
        return b"\x06" + bytes([len(payload)]) + payload

    extent = struct.pack("<IIII", 0, 1_048_575, 0, 16_383)
    members["xl/worksheets/sheet1.bin"] = (
        b"\x81\x01\x00" + b"\x94\x01\x10" + extent + b"\x91\x01\x00"
        + row(0) + cell(0) + row(1_048_575) + cell(16_383) + b"\x92\x01\x00" + b"\x82\x01\x00"
    )  # fmt: skip
    return _packed(members)


def recursive_parents() -> bytes:
    """Return lines each of which is part of another, in a circle of a thousand."""
    rows = (f"{n},{(n + 1) % 1000},part {n},1" for n in range(1000))
    return ("line_id,parent_line_id,description,quantity\n" + "\n".join(rows)).encode()


def million_empty_rows() -> bytes:
    """Return a workbook with a line and a million empty rows."""
    rows = "".join(f'<row r="{n}" ht="15"/>' for n in range(3, 1_048_577))
    line = '<row r="2"><c t="str"><v>Magnet</v></c><c><v>3</v></c></row>'
    return hostile.book(hostile.HEADER + line + rows)


#: Build and the codes that may answer; none where the file is read.
BOMBS: Mapping[str, tuple[Callable[[], bytes], tuple[str, ...]]] = MappingProxyType(
    {
        "zip bomb, XLSX": (zip_bomb_xlsx, ("limit_expansion_ratio", "limit_expanded_bytes")),
        "zip bomb, ODS": (zip_bomb_ods, ("limit_expansion_ratio", "limit_expanded_bytes")),
        "zip bomb, chemSHERPA": (
            zip_bomb_chemsherpa,
            ("limit_expansion_ratio", "limit_expanded_bytes"),
        ),
        "zip bomb, XLSB": (
            hostile.swollen_binary_book,
            ("limit_expansion_ratio", "limit_expanded_bytes"),
        ),
        "zip in zip": (zip_in_zip, ("unknown_format",)),
        "20,000 members": (hostile.many_members, ("limit_zip_members",)),
        "gzip bomb": (gzip_bomb, ("unknown_format",)),
        "gigabyte cell": (gigabyte_cell, ("limit_expanded_bytes", "limit_expansion_ratio")),
        "30 MB cell": (hostile.giant_cell, ("limit_cell_chars", "limit_expansion_ratio")),
        "30 MB attribute": (hostile.giant_attribute, ("limit_cell_chars", "limit_expansion_ratio")),
        "one string 200,000 times": (hostile.repeated_string, ("limit_text_chars", "limit_cells")),
        "billion laughs": (hostile.laughs, ("dtd_refused",)),
        "billion laughs in XLSX": (hostile.laughing_book, ("dtd_refused",)),
        "external entity": (hostile.outside_entity, ("dtd_refused",)),
        "16,384 columns": (hostile.wide_row, ("limit_columns",)),
        "500 columns, CSV": (hostile.wide_table, ("limit_columns",)),
        "20 million commas": (hostile.commas, ("limit_columns",)),
        "a million empty rows": (million_empty_rows, ()),
        "200,000 rows": (hostile.deep_column, ("limit_rows",)),
        "far cells, XLS": (hostile.far_cells_of_old_workbook, ("limit_child_bytes",)),
        "far cells, XLSX": (hostile.far_cell, ("limit_columns",)),
        "far cells, ODS": (far_cells_ods, ("limit_columns",)),
        "far cells, XLSB": (far_cells_xlsb, ("limit_child_bytes",)),
        "repeated rows, ODS": (hostile.repeated_rows, ("limit_rows", "limit_columns")),
        "recursive parents": (recursive_parents, ("parent_circle",)),
        "NUL bytes": (hostile.nul_bytes, ("nul_bytes",)),
        "a million brackets": (hostile.deep_json, ("limit_json_depth", "limit_cells")),
        "70 objects deep": (hostile.rather_deep_json, ("limit_json_depth",)),
        "8 million objects": (hostile.wide_json, ("limit_cells",)),
        "100,000 elements deep": (hostile.deep_xml, ("limit_xml_depth",)),
        "5 million elements": (hostile.wide_xml, ("limit_cells",)),
        "a line of 20 MB": (hostile.one_long_line, ("limit_cell_chars",)),
        "a quotation mark never closed": (hostile.open_quote, ()),
    }
)
