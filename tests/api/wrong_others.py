"""Wrong questions to the other routes, and wrong uploads."""

from __future__ import annotations

from tests.api.requests import assessment, steel_line
from tests.api.wrong_case import CSV_FILE, FORM, IDENTIFY, Wrong, query, upload

OTHERS = [
    Wrong(
        "identify nothing", 422, "too_few", "/lines", path=IDENTIFY, sent={"json": {"lines": []}}
    ),
    Wrong("identify without lines", 422, "missing", "/lines", path=IDENTIFY, sent={"json": {}}),
    Wrong(
        "identify a BOM",
        422,
        "unknown_field",
        "/bom",
        path=IDENTIFY,
        sent={"json": assessment()},
        others=4,
    ),
    Wrong(
        "identify with parameters",
        422,
        "unknown_field",
        "/detail",
        path=IDENTIFY,
        sent={"json": {"lines": [steel_line()]}, "params": {"detail": "full"}},
    ),
    Wrong(
        "identify twice the same id",
        422,
        "duplicate_line_id",
        "/lines/1/line_id",
        path=IDENTIFY,
        sent={"json": {"lines": [steel_line("1"), steel_line("1")]}},
    ),
    query(
        "unknown country", "unknown_country", "/destination", "/v1/elements", destination="Atlantis"
    ),
    query("unknown end use", "not_one_of", "/end_use", "/v1/elements", end_use="peaceful"),
    query(
        "date as seconds",
        "not_a_date",
        "/as_of",
        "/v1/elements",
        destination="JP",
        as_of="1772323200",
    ),
    query("year 1900", "too_small", "/as_of", "/v1/sectors", destination="JP", as_of="1900-01-01"),
    query("horizon in words", "wrong_type", "/horizon_days", "/v1/sectors", horizon_days="long"),
    query("unknown parameter", "unknown_field", "/destinaton", "/v1/elements", destinaton="JP"),
    query("unknown form", "not_one_of", "/form", "/v1/controls", form="ingot"),
    query("unknown symbol", "not_one_of", "/element", "/v1/controls", element="Fe"),
    query("no destination", "missing", "/destination", "/v1/controls/status"),
    query(
        "method with parameters", "unknown_field", "/as_of", "/v1/methodology", as_of="2026-03-01"
    ),
    Wrong("no rare earth", 404, method="GET", path="/v1/elements/Fe"),
    Wrong("no such sector", 404, method="GET", path="/v1/sectors/banking"),
    Wrong("no such measure", 404, method="GET", path="/v1/controls/CN-0-1999"),
    Wrong("path up", 404, method="GET", path="/v1/controls/..%2F..%2Fetc%2Fpasswd"),
]

UPLOADS = [
    upload("no form", 415, None, None, content=b"a,b", headers={"content-type": "text/csv"}),
    upload("JSON instead of a form", 415, None, None, json=assessment()),
    upload(
        "no boundary",
        400,
        "unreadable_form",
        None,
        content=b"x",
        headers={"content-type": "multipart/form-data"},
    ),
    upload(
        "a broken form",
        400,
        "unreadable_form",
        None,
        content=b"nothing of the kind",
        headers={"content-type": "multipart/form-data; boundary=x"},
    ),
    upload("no file", 422, "missing", "/file", files={"destination": (None, "JP")}),
    upload("file as text field", 422, "missing", "/file", files={"file": (None, "a,b")}, data=FORM),
    upload("empty file", 422, "empty_file", "/file", files={"file": ("a.csv", b"")}, data=FORM),
    upload(
        "two files",
        422,
        "too_many",
        "/file",
        files=[("file", ("a.csv", b"a")), ("file", ("b.csv", b"a"))],
        data=FORM,
    ),
    upload(
        "file under another name",
        422,
        "missing",
        "/file",
        files={"bom": ("a.csv", b"part\nA\n")},
        data=FORM,
    ),
    upload("no destination", 422, "missing", "/destination", files=CSV_FILE),
    upload(
        "unknown country",
        422,
        "unknown_country",
        "/destination",
        files=CSV_FILE,
        data={"destination": "Japan"},
    ),
    upload(
        "year 2200", 422, "too_large", "/as_of", files=CSV_FILE, data=FORM | {"as_of": "2200-01-01"}
    ),
    upload(
        "misspelt field",
        422,
        "unknown_field",
        "/enduse",
        files=CSV_FILE,
        data=FORM | {"enduse": "civil"},
    ),
    upload(
        "field twice",
        422,
        "repeated_field",
        "/destination",
        files=CSV_FILE,
        data={"destination": ["JP", "DE"]},
    ),
    upload(
        "a picture",
        400,
        "unknown_format",
        None,
        files={"file": ("a.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)},
        data=FORM,
    ),
    upload(
        "a PDF",
        400,
        "unknown_format",
        None,
        files={"file": ("bom.pdf", b"%PDF-1.7 nothing")},
        data=FORM,
    ),
    upload("as DOCX", 406, None, None, files=CSV_FILE, data=FORM, params={"format": "docx"}),
    upload("as XML", 406, None, None, files=CSV_FILE, data=FORM, params={"format": "xml"}),
    upload(
        "accepts ODS only",
        406,
        None,
        None,
        files=CSV_FILE,
        data=FORM,
        headers={"accept": "application/vnd.oasis.opendocument.spreadsheet"},
    ),
    upload(
        "26 MB", 413, "too_large", None, files={"file": ("a.csv", b"x" * 26_300_000)}, data=FORM
    ),
    upload(
        "a field of 20 kB",
        400,
        "unreadable_form",
        None,
        files=CSV_FILE,
        data=FORM | {"end_user": "x" * 20_000},
    ),
]
