"""What the log and the metrics are told of an assessment: how many lines, and the band."""

from __future__ import annotations

from fastapi import Request

from app.api.metrics import BANDS, LINES
from app.api.middleware import COUNTS_NOTE
from app.domain.answer import AssessedBom


def count_scored(request: Request, assessed: AssessedBom) -> None:
    """Count an assessment, and leave the counts for the log line of the request."""
    lines, band = len(assessed.bom.lines), str(assessed.assessment.bom.score.band)
    LINES.inc(lines)
    BANDS.labels(band).inc()
    request.scope[COUNTS_NOTE] = {"lines": lines, "band": band}
