"""Encodings and delimiters."""

from __future__ import annotations

import codecs

import pytest

from app.errors import LimitExceededError, UnreadableFileError
from app.readers import ReadOptions, read_bom
from app.readers.encoding import decode
from app.readers.headers import is_header_word
from app.readers.options import Guard, ReadLimits

TEXTS = [
    ("品名,数量,備考\nネオジム磁石,3,直径6mm\n", "cp932"),
    ("品名,数量\n磁石,3\n", "cp932"),
    ("ﾓｰﾀ,数量\nﾏｸﾞﾈｯﾄ,3\n", "cp932"),
    ("名称,数量\n磁铁,3\n", "gb18030"),
    ("序号,名称,数量,备注\n1,钕铁硼磁铁,12,直径6mm\n", "gb18030"),
    ("Pos.;Benennung;Stück;Größe\n1;Müller Schraube;3;5\n", "cp1252"),
    ("Teil;Stück\nMagnet;5\n", "cp1252"),
    ("Désignation;Quantité\nécrou carré;3\nœillet;2\n", "cp1252"),
    ("Part;Qty;Note\nMotor;1;80°C ±5 µm\n", "cp1252"),
    ("Part;Qty;Note\nFoil;1;5 µm\n", "cp1252"),
    ("Part;Qty;Note\nBolt;1;Ø8\n", "cp1252"),
    ("Lp.;Nazwa;Ilość\n1;złącza śrubowego;3\n2;łożysko ściana;5\n", "cp1250"),
    ("Pol.;Název;Množství\n1;Šroub;3\n2;Ložisko příruba žlutá;1\n", "cp1250"),
    ("№;Наименование;Количество\n1;Магнит неодимовый;4\n", "cp1251"),
    ("品名,數量,備註\n釹鐵硼磁鐵,3,直徑\n", "big5"),
    ("品名,数量,備考\nネオジム磁石,3,直径6mm\n", "euc_jp"),
]


@pytest.mark.parametrize(("text", "encoding"), TEXTS)
def test_a_legacy_encoding_is_detected(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), known=is_header_word)

    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, encoding, True)


MARKED = [
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
]


@pytest.mark.parametrize(("mark", "codec", "name"), MARKED)
def test_a_byte_order_mark_settles_the_encoding(mark: bytes, codec: str, name: str) -> None:
    decoded = decode(mark + "品名,数量".encode(codec), known=is_header_word)

    assert (decoded.text, decoded.encoding, decoded.guessed) == ("品名,数量", name, False)


def test_a_latin_file_is_never_read_as_utf_16() -> None:
    data = "Quantity,Description\n14,2.2µF\n".encode("latin-1")

    bom = read_bom(data)

    assert bom.file is not None
    assert bom.file.encoding == "cp1252"
    assert bom.lines[0].description == "2.2µF"


def test_utf_16_without_a_mark_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="byte-order mark") as caught:
        read_bom("Part,Qty\nA,1\n".encode("utf-16-le"))

    assert caught.value.faults[0].code == "nul_bytes"


def test_a_named_encoding_is_used_and_must_fit() -> None:
    data = "品名,数量\n磁石,3\n".encode("euc_jp")

    assert read_bom(data, options=ReadOptions(encoding="euc_jp")).lines[0].description == "磁石"
    with pytest.raises(UnreadableFileError, match="not utf-8"):
        read_bom(data, options=ReadOptions(encoding="utf-8"))


@pytest.mark.parametrize("name", ["klingon", "hex", "punycode", "unicode_escape", "\0", "rot13"])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFileError, match="no known encoding"):
        read_bom(b"Part,Qty\nA,1\n", options=ReadOptions(encoding=name))


def test_bytes_that_no_candidate_explains_are_still_text() -> None:
    decoded = decode(b"a\x81\xff\xfe\x90b", known=is_header_word)

    assert decoded.guessed


DIALECTS = [
    ("Part;Qty;Price\nA,B;2;5,29\nC,D;3;1,10\n", ";"),
    ("Part\tQty\nA, B\t2\n", "\t"),
    ("Part|Qty\nA, B|2\n", "|"),
    ('Part,Qty\n"A;B",2\n', ","),
    ("sep=;\nPart;Qty\nA;2\n", ";"),
    ('"sep=|"\nPart|Qty\nA|2\n', "|"),
]


@pytest.mark.parametrize(("text", "delimiter"), DIALECTS)
def test_the_delimiter_is_found(text: str, delimiter: str) -> None:
    bom = read_bom(text.encode())

    assert bom.file is not None
    assert bom.file.delimiter == delimiter
    assert bom.lines[0].quantity == 2.0


def test_a_named_delimiter_is_used() -> None:
    bom = read_bom(b"Part:Qty\nA:2\n", options=ReadOptions(delimiter=":"))

    assert (bom.lines[0].description, bom.lines[0].quantity) == ("A", 2.0)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_physical_lines_whatever_ends_them(end: str) -> None:
    text = end.join(["Name,Qty,Note", '"two', 'lines",1,"a', "b", 'c"', "next,2,"])

    bom = read_bom(text.encode())

    assert [(line.description, line.row) for line in bom.lines] == [("two lines", 2), ("next", 6)]


def test_mixed_line_ends_inside_quotes_do_not_break_a_row() -> None:
    bom = read_bom(b'Name,Qty,Remark\r\nJ1,1,"one\ntwo"\r\nJ2,2,\r\n')

    assert [(line.row, line.quantity) for line in bom.lines] == [(2, 1.0), (4, 2.0)]


def test_an_open_quotation_mark_does_not_swallow_the_file() -> None:
    rows = "".join(f"part {number},{number}\n" for number in range(1, 30))

    bom = read_bom(f'Name,Qty\n"27.5 rim,1\n{rows}'.encode())

    assert len(bom.lines) == 30
    assert bom.file is not None
    assert "unbalanced_quotes" in dict(bom.file.notes)


def test_a_quotation_mark_inside_a_cell_is_an_inch() -> None:
    bom = read_bom(b'Name,Qty\n1/8" dia,3\n27.5\\" rim,1\n')

    assert [line.description for line in bom.lines] == ['1/8" dia', '27.5\\" rim']


def test_rows_may_be_longer_or_shorter_than_the_header() -> None:
    bom = read_bom(b"Name,Qty,Note\nA,1\nB,2,x,y,z\n")

    assert [line.quantity for line in bom.lines] == [1.0, 2.0]


def test_an_endless_cell_is_refused() -> None:
    with pytest.raises(LimitExceededError, match="max_cell_chars"):
        read_bom(b"Name,Qty\n" + b"x" * 40_000 + b",1\n")


def test_a_guard_stops_at_the_time_limit() -> None:
    guard = Guard(ReadLimits(max_seconds=-1.0))
    for _ in range(999):
        guard.add_row(1)

    with pytest.raises(LimitExceededError, match="max_seconds"):
        guard.add_row(1)
    assert guard.seconds_left > 0
