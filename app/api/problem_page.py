"""A problem as a page, for a browser that sent the form without script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import Request

from app.api.page_texts import language_for, language_tag, page_texts
from app.errors import Fault
from app.report.markup import Markup, joined, tag

_UPLOAD = "/v1/assessments/upload"
#: Nothing but the style of the pages.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def wants_page(request: Request) -> bool:
    """Return whether a browser sent the form and will show what comes back."""
    accepted = request.headers.get("accept", "")
    return (
        request.method == "POST"
        and request.url.path.endswith(_UPLOAD)
        and "text/html" in accepted
        and "json" not in accepted
    )


def problem_page(request: Request, detail: str, faults: Sequence[Fault]) -> bytes:
    """Return the problem as UTF-8 HTML."""
    code = language_for(None, request.headers.get("accept-language", ""))
    texts = page_texts(code)
    # The page is at the address of the route, three steps below the service.
    home = "../../"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{texts['problem.title']} – Lodestone"),
        tag("link", rel="stylesheet", href=f"{home}page/upload.css"),
    )
    main = tag(
        "main",
        tag("h1", texts["problem.title"]),
        tag("p", texts["failed"]),
        tag("div", _table(texts, detail, faults), id="errors"),
        tag("p", tag("a", texts["back"], href=home)),
        class_="page",
    )
    body = tag("body", main)
    page = tag("html", head, body, lang=language_tag(code))
    return joined(Markup("<!doctype html>\n"), page).encode()


def _table(texts: Mapping[str, str], detail: str, faults: Sequence[Fault]) -> Markup:
    rows = [(fault.row, fault.column, fault.pointer, fault.detail) for fault in faults]
    head = tag("tr", [tag("th", texts[key], scope="col") for key in ("row", "column", "problem")])
    cells = [
        tag(
            "tr",
            tag("td", "" if row is None else str(row)),
            tag("td", column or ("" if row is not None else (pointer or "").lstrip("/"))),
            tag("td", text, lang="en"),
        )
        for row, column, pointer, text in rows or [(None, None, None, detail)]
    ]
    return tag("table", tag("thead", head), tag("tbody", cells))
