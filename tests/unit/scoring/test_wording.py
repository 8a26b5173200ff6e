"""Sentences say what was seen, in figures that a purchaser knows, never in symbols."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.observations import Observation, ObservationBasis
from app.domain.triple import Triple
from app.scoring.wording import practice_words
from tests import factories as make

SEEN = Observation(
    id="OB-1",
    measure="A-1",
    exporter="A",
    basis=ObservationBasis.APPROVALS,
    known_from=date(2026, 2, 8),
    observed_to=date(2026, 2, 8),
    valid_days=30,
    elements=frozenset(),
    forms=frozenset(),
    destinations=frozenset(),
    end_use="civil",
    arithmetic="1 - 0.5",
    provenance=make.SURE,
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"effect": "near_halt", "refusal": Triple(0.4, 0.5, 0.8)},
            (
                "in practice nearly a halt, about 50% of applications granted "
                "(seen by 2026-02-08, OB-1)"
            ),
        ),
        (
            {"effect": "slows", "flow_ratio": Triple(0.1, 0.25, 0.5)},
            (
                "in practice exports are slowed, about 25% of the usual exports "
                "(seen by 2026-02-08, OB-1)"
            ),
        ),
        ({"effect": "halt", "kind": "stalled"}, "in practice a halt (seen by 2026-02-08, OB-1)"),
        ({}, "practice was observed (seen by 2026-02-08, OB-1)"),
    ],
)
def test_practice_is_told_in_words_and_per_cent(changes: dict[str, object], expected: str) -> None:
    observation = replace(SEEN, **changes)  # type: ignore[arg-type]  # each case names real fields

    assert practice_words(observation) == expected
