"""What operators are told: the data in use, as JSON and as Prometheus metrics."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from app.api.data_watch import DataState
from app.api.schemas.operation import DataInUse
from app.domain.reference import ReferenceData
from app.refdata.stale import stale


def data_in_use(state: DataState, reference: ReferenceData, today_utc: date) -> DataInUse:
    """Return where the data in use come from and how old they are."""
    return {
        "origin": state.origin,
        "knowledge_cutoff": reference.register.knowledge_cutoff.isoformat(),
        "age_days": (today_utc - reference.register.knowledge_cutoff).days,
        "issued_at": state.issued_at,
        "loaded_at": _moment(state.loaded_at),
        "checked_at": None if state.checked_at is None else _moment(state.checked_at),
        "outcome": state.outcome,
    }


def metrics_text(state: DataState, reference: ReferenceData, today_utc: date) -> str:
    """Return the metrics of the data in the text format of Prometheus.

    They hold nothing of any request.
    """
    return "\n".join(_metrics(state, reference, today_utc)) + "\n"


def _metrics(state: DataState, reference: ReferenceData, today_utc: date) -> Iterator[str]:
    yield "# HELP lodestone_data_info Reference data in use; the value is always 1."
    yield "# TYPE lodestone_data_info gauge"
    yield f'lodestone_data_info{{version="{reference.version}",origin="{state.origin}"}} 1'
    yield "# HELP lodestone_data_age_days Days since the newest source of the register."
    yield "# TYPE lodestone_data_age_days gauge"
    yield f"lodestone_data_age_days {(today_utc - reference.register.knowledge_cutoff).days}"
    yield "# HELP lodestone_data_loaded_timestamp_seconds When the data in use were loaded."
    yield "# TYPE lodestone_data_loaded_timestamp_seconds gauge"
    yield f"lodestone_data_loaded_timestamp_seconds {state.loaded_at.timestamp():.0f}"
    yield "# HELP lodestone_data_due_records Records that a person should look at again."
    yield "# TYPE lodestone_data_due_records gauge"
    yield f"lodestone_data_due_records {len(stale(reference, today_utc))}"
    yield "# HELP lodestone_data_checks_total Looks for newer data by how they ended."
    yield "# TYPE lodestone_data_checks_total counter"
    for outcome, count in sorted(state.outcomes.items()):
        yield f'lodestone_data_checks_total{{outcome="{outcome}"}} {count}'


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
