"""The reference data as an answer: versions, counts, sources, what is due."""

from __future__ import annotations

from datetime import date

from app.api.schemas.reference import ReferenceAnswer, SourceAnswer
from app.api.versions import versions_from
from app.domain.provenance import Source, Status
from app.domain.reference import ReferenceData
from app.refdata.check import summarise
from app.refdata.stale import stale


def reference_answer(reference: ReferenceData, today_utc: date) -> ReferenceAnswer:
    """Return what the service knows, from where and of when.

    Args:
        reference: The reference data.
        today_utc: Day from which to tell what is due.
    """
    summary = summarise(reference)
    return {
        **versions_from(reference),
        "knowledge_cutoff": reference.register.knowledge_cutoff.isoformat(),
        "warn_after_days": reference.register.warn_after_days,
        "figures": summary.figures,
        "unverified_figures": summary.figures_of(Status.UNVERIFIED),
        "unread_sources": len(summary.unread_sources),
        "tables": [
            {
                "name": table.name,
                "rows": table.rows,
                "figures": table.figures,
                "unverified": table.by_status.get(Status.UNVERIFIED, 0),
            }
            for table in summary.tables
        ],
        "stale": [
            {
                "kind": item.kind,
                "subject": item.subject,
                "due_on": item.due_on.isoformat(),
                "text": item.text,
                "urls": list(item.urls),
            }
            for item in stale(reference, today_utc)
        ],
        "sources": [source_answer(source) for _, source in sorted(reference.sources.items())],
    }


def source_answer(source: Source) -> SourceAnswer:
    """Return one source."""
    return {
        "key": source.key,
        "publisher": source.publisher,
        "title": source.title,
        "year": source.year,
        "published_on": source.published_on,
        "url": source.url,
        "verified": source.verified,
        "read": source.read,
        "licence": source.licence,
    }
