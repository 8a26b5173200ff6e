"""Bodies that are no JSON, come in a wrong form, or ask a question that does not fit."""

from __future__ import annotations

from tests.api.requests import assessment, magnet_line
from tests.api.wrong_case import IDENTIFY, JSON, LINE, Wrong, body, raw, text_of

UNREADABLE = [
    raw("no body", 400, "unreadable_json", "", b""),
    raw("cut off", 400, "unreadable_json", "", b'{"bom": {"lines": ['),
    raw("trailing comma", 400, "unreadable_json", "", b'{"destination": "JP",}'),
    raw("two documents", 400, "unreadable_json", "", b"{} {}"),
    raw("single quotes", 400, "unreadable_json", "", b"{'destination': 'JP'}"),
    raw("a comment", 400, "unreadable_json", "", b'{/* x */ "destination": "JP"}'),
    raw("leading zero", 400, "unreadable_json", "", b'{"horizon_days": 0180}'),
    raw("broken UTF-8", 400, "unreadable_json", "", b'{"destination": "\xff"}'),
    raw("UTF-16", 400, "unreadable_json", "", '{"destination": "JP"}'.encode("utf-16")),
    raw("half a surrogate pair", 400, "unreadable_json", "", b'{"destination": "\\ud800"}'),
    raw("nested 5000 deep", 400, "unreadable_json", "", b"[" * 5000 + b"]" * 5000),
    raw("nested 100 deep", 422, "wrong_type", "", b"[" * 100 + b"]" * 100),
    raw(
        "a number of 5000 digits",
        400,
        "unreadable_json",
        "",
        b'{"horizon_days": ' + b"9" * 5000 + b"}",
    ),
    raw("a list", 422, "wrong_type", "", b"[]"),
    raw("null", 422, "wrong_type", "", b"null"),
    raw("a text", 422, "wrong_type", "", b'"bom"'),
    raw(
        "a field twice",
        422,
        "duplicate_key",
        "",
        text_of(assessment())
        .replace('"destination"', '"destination": "DE", "destination"', 1)
        .encode(),
    ),
    raw(
        "a field of a line twice",
        422,
        "duplicate_key",
        "",
        text_of(assessment()).replace('"quantity"', '"quantity": 1, "quantity"', 1).encode(),
    ),
    raw(
        "NaN",
        422,
        "not_finite",
        f"{LINE}/quantity",
        text_of(assessment(magnet_line(quantity=float("nan")))).encode(),
    ),
    raw(
        "Infinity",
        422,
        "not_finite",
        f"{LINE}/quantity",
        text_of(assessment(magnet_line(quantity=float("inf")))).encode(),
    ),
    raw(
        "1e400",
        422,
        "not_finite",
        f"{LINE}/unit_mass_kg",
        text_of(assessment(magnet_line(unit_mass_kg=7)))
        .replace('"unit_mass_kg": 7', '"unit_mass_kg": 1e400')
        .encode(),
    ),
    raw(
        "1e400 as price",
        422,
        "not_finite",
        f"{LINE}/unit_price",
        text_of(assessment(magnet_line(unit_price=7)))
        .replace('"unit_price": 7', '"unit_price": 1e400')
        .encode(),
    ),
]

MEDIA = [
    Wrong("no media type", 415, sent={"content": b"{}"}),
    Wrong("text", 415, sent={"content": b"{}", "headers": {"content-type": "text/plain"}}),
    Wrong("XML", 415, sent={"content": b"<a/>", "headers": {"content-type": "application/xml"}}),
    Wrong("a form", 415, sent={"data": {"destination": "JP"}}),
    Wrong(
        "compressed",
        415,
        sent={"content": b"\x1f\x8b", "headers": JSON | {"content-encoding": "gzip"}},
    ),
    Wrong("wants a picture", 406, sent={"json": assessment(), "headers": {"accept": "image/png"}}),
    Wrong(
        "wants a form that is not made",
        406,
        sent={"json": assessment(), "headers": {"accept": "application/json;q=0, text/plain"}},
    ),
    Wrong(
        "identify as CSV",
        406,
        path=IDENTIFY,
        sent={"json": {"lines": [magnet_line()]}, "headers": {"accept": "text/csv"}},
    ),
    Wrong("identify as text", 415, path=IDENTIFY, sent={"content": b"NdFeB"}),
    raw("6 MB", 413, "too_large", None, b'{"destination": "' + b"J" * 6_000_000 + b'"}'),
    Wrong(
        "a 10 MB description",
        413,
        "too_large",
        sent={"json": assessment(magnet_line(description="x" * 10_000_000))},
    ),
    Wrong("unknown path", 404, method="GET", path="/v1/nothing"),
    Wrong("a path that ends in a slash", 404, path="/v1/assessments/", sent={"json": assessment()}),
    Wrong("wrong method", 405, method="GET"),
    Wrong("deleted", 405, method="DELETE", path="/v1/controls"),
    Wrong("put", 405, method="PUT", path="/healthz"),
]

CONTEXT = [
    body("no destination", "missing", "/destination", assessment(destination=...)),
    body("destination null", "missing", "/destination", assessment(destination=None)),
    body("unknown country", "unknown_country", "/destination", assessment(destination="XX")),
    body("country by name", "unknown_country", "/destination", assessment(destination="Japan")),
    body(
        "country in small letters", "unknown_country", "/destination", assessment(destination="jp")
    ),
    body("alpha-3", "unknown_country", "/destination", assessment(destination="JPN")),
    body("country as number", "wrong_type", "/destination", assessment(destination=392)),
    body("unknown end use", "not_one_of", "/end_use", assessment(end_use="peaceful")),
    body("end use in capitals", "not_one_of", "/end_use", assessment(end_use="Civil")),
    body("end use null", "wrong_type", "/end_use", assessment(end_use=None)),
    body("end user as list", "wrong_type", "/end_user", assessment(end_user=["TDK"])),
    body("end user too long", "too_long", "/end_user", assessment(end_user="x" * 501)),
    body("year 1900", "too_small", "/as_of", assessment(as_of="1900-01-01")),
    body("year 2200", "too_large", "/as_of", assessment(as_of="2200-01-01")),
    body("no such day", "not_a_date", "/as_of", assessment(as_of="2026-02-30")),
    body("German date", "not_a_date", "/as_of", assessment(as_of="01.03.2026")),
    body("date with time", "not_a_date", "/as_of", assessment(as_of="2026-03-01T00:00:00Z")),
    body("date as number", "wrong_type", "/as_of", assessment(as_of=20260301)),
    body("date as digits", "not_a_date", "/as_of", assessment(as_of="20260301")),
    body("empty date", "not_a_date", "/as_of", assessment(as_of="")),
    body("known in 1900", "too_small", "/known_on", assessment(known_on="1900-01-01")),
    body("horizon 0", "too_small", "/horizon_days", assessment(horizon_days=0)),
    body("horizon -1", "too_small", "/horizon_days", assessment(horizon_days=-1)),
    body("horizon 1096", "too_large", "/horizon_days", assessment(horizon_days=1096)),
    body("horizon as text", "wrong_type", "/horizon_days", assessment(horizon_days="180")),
    body("horizon 180.5", "wrong_type", "/horizon_days", assessment(horizon_days=180.5)),
    body("horizon true", "wrong_type", "/horizon_days", assessment(horizon_days=True)),
    body("unknown language", "not_one_of", "/language", assessment(language="fr")),
    body("unknown field", "unknown_field", "/destinaton", assessment(destinaton="JP")),
    Wrong(
        "unknown detail",
        422,
        "not_one_of",
        "/detail",
        sent={"json": assessment(), "params": {"detail": "all"}},
    ),
    Wrong(
        "unknown parameter",
        422,
        "unknown_field",
        "/details",
        sent={"json": assessment(), "params": {"details": "full"}},
    ),
    Wrong(
        "context in the query",
        422,
        "unknown_field",
        "/destination",
        sent={"json": assessment(), "params": {"destination": "JP"}},
    ),
]
