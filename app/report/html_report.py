"""An assessment as one HTML file: no script, no foreign address, prints on A4."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from app.report.language import language
from app.report.markup import Markup, joined, tag
from app.report.sections.actions import actions_section
from app.report.sections.answer import head_section
from app.report.sections.causes import causes_section
from app.report.sections.controls import controls_section
from app.report.sections.elements import elements_section
from app.report.sections.lines import lines_section
from app.report.sections.open_points import open_section
from app.report.sections.page import page_of
from app.report.sections.sectors import sectors_section
from app.report.sections.sources import about_section, sources_section
from app.report.sections.stock import stock_section
from app.report.sections.supply import supply_section
from app.report.style import STYLE
from app.report.subject import ReportSubject

#: In the order of the report; sources come last, because the others number them.
_SECTIONS = (
    head_section,
    causes_section,
    elements_section,
    controls_section,
    stock_section,
    actions_section,
    supply_section,
    sectors_section,
    lines_section,
    open_section,
    sources_section,
    about_section,
)


def html_report(subject: ReportSubject) -> bytes:
    """Return the report as UTF-8 HTML; the same subject gives the same bytes."""
    words = language(subject.context.language)
    page = page_of(subject, words)
    body = [build(page) for build in _SECTIONS]
    bom = subject.assessed.bom
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy()),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{bom.name or bom.id} – {words.say('report.title')}"),
        tag("style", Markup(STYLE)),
    )
    main = tag("main", body, class_="report", lang=words.tag)
    document = tag("html", head, tag("body", main), lang=words.tag)
    return joined(Markup("<!doctype html>\n"), document, "\n").encode()


@cache
def style_hash() -> str:
    """Return the digest by which a content security policy admits the style of the report."""
    digest = hashlib.sha256(STYLE.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def policy() -> str:
    """Return the content security policy of a report: its own style, and nothing else."""
    return f"default-src 'none'; style-src {style_hash()}; base-uri 'none'; form-action 'none'"
