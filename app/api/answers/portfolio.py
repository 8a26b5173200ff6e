"""What several products share, as it is answered."""

from __future__ import annotations

from collections.abc import Sequence

from app.api.answers.mitigations import signed
from app.api.schemas.what_if_answers import PortfolioAnswer
from app.domain.rounding import rounded
from app.scoring.portfolio import SharedAction, SharedPoint


def portfolio_answer(
    points: Sequence[SharedPoint], actions: Sequence[SharedAction]
) -> PortfolioAnswer:
    """Return shared points and the actions that help most products."""
    return {
        "shared_points": [
            {
                "kind": point.kind.value,
                "key": point.key,
                "products": list(point.products),
                "weight": rounded(point.weight),
            }
            for point in points
        ],
        "shared_actions": [
            {
                "id": action.id,
                "text": action.text,
                "risk_removed": {key: signed(value) for key, value in action.risk_removed.items()},
                "total": signed(action.total),
            }
            for action in actions
        ],
    }
