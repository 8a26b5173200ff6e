"""What would help a product, as its report shows it."""

from __future__ import annotations

from app.batch.pipeline import Engine
from app.domain.answer import AssessedBom
from app.report.subject import HelpfulAction

#: Below this many points an action is not worth a row.
_LEAST_POINTS = 0.5
#: How many actions a report shows unless asked otherwise.
USUAL_ACTIONS = 5
#: Products with more lines, or more lines that hold rare earths, take too long to look for what
#: helps; `POST /v1/mitigations` does so for any.
MOST_LINES = 300
MOST_EXPOSED_LINES = 60


def helpful_actions(
    assessed: AssessedBom, engine: Engine, *, most: int
) -> tuple[HelpfulAction, ...]:
    """Return the actions that remove most of the score, best first.

    Args:
        assessed: The product.
        engine: The engine that assessed it.
        most: How many to return; none are looked for where this is 0.
    """
    exposed = sum(1 for line in assessed.identified if line.elements)
    too_long = len(assessed.identified) > MOST_LINES or exposed > MOST_EXPOSED_LINES
    if most == 0 or exposed == 0 or too_long:
        return ()
    from app.batch.what_ifs import inputs_of, workbench_of  # noqa: PLC0415 - only where asked for
    from app.scoring.mitigation import all_candidates, ranked_actions  # noqa: PLC0415 - as above

    inputs = inputs_of(assessed.bom, assessed.identified, engine, assessed.context)
    with workbench_of(inputs, engine) as bench:
        ranked = ranked_actions(bench, all_candidates(bench))
    return tuple(
        HelpfulAction(
            kind=one.candidate.kind.value,
            text=one.candidate.text,
            trade_off=one.candidate.trade_off,
            line_ids=tuple(sorted(one.candidate.line_ids)),
            before=one.before,
            after=one.after,
            stockout_days_removed=one.stockout_days_removed,
            lead_time_months=one.candidate.lead_time_months,
            readiness=one.candidate.readiness.value,
            sources=one.candidate.sources,
        )
        for one in ranked[:most]
        if one.risk_removed >= _LEAST_POINTS
    )
