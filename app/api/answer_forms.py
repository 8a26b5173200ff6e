"""An assessment in the form that the caller wants: JSON, HTML, Excel, CSV or PDF."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fastapi import Response

from app.api.answers.assessment import assessment_answer
from app.api.helpful_actions import USUAL_ACTIONS, helpful_actions
from app.api.json_answer import JsonAnswer
from app.api.negotiation import CSV, HTML, JSON, MEDIA_TYPES, PDF, XLSX
from app.api.reports import report_subject
from app.api.schemas.queries import Detail
from app.batch.pipeline import Engine
from app.domain.answer import AssessedBom
from app.report.pdf import PdfMaker, can_make_pdf

if TYPE_CHECKING:
    from app.report.csv_lines import DecimalSign

#: One worker for the process.
_PDF_MAKER = PdfMaker()
_UNFIT_FOR_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 60

#: Forms that show what would help.
_WITH_ACTIONS = frozenset({HTML, XLSX, PDF})
#: What the documentation says of each form.
_SCHEMAS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        HTML: {"type": "string"},
        XLSX: {"type": "string", "format": "binary"},
        CSV: {"type": "string"},
        PDF: {"type": "string", "format": "binary"},
    }
)


def offered_forms() -> tuple[str, ...]:
    """Return the forms that are made here, the default first."""
    forms = (JSON, HTML, XLSX, CSV)
    return (*forms, PDF) if can_make_pdf() else forms


def with_forms(documented: dict[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    """Return what documents a good answer, with every form beside JSON added."""
    content = documented[200]["content"]
    for form, schema in _SCHEMAS.items():
        content[MEDIA_TYPES[form]] = {"schema": dict(schema)}
    return documented


def answer_in(
    form: str,
    assessed: AssessedBom,
    engine: Engine,
    *,
    detail: Detail,
    decimal: DecimalSign = "point",
) -> Response:
    """Return an assessment as a response.

    Args:
        form: One of the forms.
        assessed: The assessment; its lines are explained unless the form is JSON.
        engine: The engine that assessed it.
        detail: Depth of JSON; the other forms show everything.
        decimal: Sign of the numbers in CSV.

    Raises:
        ServiceBusyError: Another PDF is being made.
        UnknownAnswerFormatError: No PDF can be made here.
    """
    if form == JSON:
        return JsonAnswer(
            assessment_answer(assessed, engine.reference, detail=detail, ready=engine.ready_made)
        )
    content = report_in(form, assessed, engine, decimal=decimal)
    way = "inline" if form == HTML else "attachment"
    headers = {"content-disposition": f'{way}; filename="{_name(assessed, form)}"'}
    if form == HTML:
        from app.report.html_report import policy  # noqa: PLC0415 - loaded at its first use

        headers["content-security-policy"] = f"{policy()}; frame-ancestors 'none'"
    charset = "; charset=utf-8" if form in {HTML, CSV} else ""
    return Response(content, media_type=f"{MEDIA_TYPES[form]}{charset}", headers=headers)


def report_in(
    form: str,
    assessed: AssessedBom,
    engine: Engine,
    *,
    most_actions: int = USUAL_ACTIONS,
    decimal: DecimalSign = "point",
) -> bytes:
    """Return an assessment as a file; errors as for `answer_in`.

    Args:
        form: One of the forms but JSON.
        assessed: The assessment with its lines explained.
        engine: The engine that assessed it.
        most_actions: How many actions that would help it shows at most.
        decimal: Sign of the numbers in CSV.
    """
    if form == CSV:
        from app.report.csv_lines import lines_as_csv  # noqa: PLC0415 - loaded at its first use

        return lines_as_csv(assessed, decimal=decimal)
    most = most_actions if form in _WITH_ACTIONS else 0
    actions = helpful_actions(assessed, engine, most=most)
    subject = report_subject(assessed, engine.reference, actions=actions)
    if form == XLSX:
        from app.report.workbook import xlsx_report  # noqa: PLC0415 - loaded at its first use

        return xlsx_report(subject)
    from app.report.html_report import html_report  # noqa: PLC0415 - as above

    page = html_report(subject)
    return _PDF_MAKER.pdf(page) if form == PDF else page


def _name(assessed: AssessedBom, form: str) -> str:
    """Return a name for the file that every system takes."""
    product = _UNFIT_FOR_NAMES.sub("-", assessed.bom.id).strip("-.")[:_LONGEST_NAME]
    return f"{product or 'assessment'}-{assessed.context.as_of.isoformat()}.{form}"
