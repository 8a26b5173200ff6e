"""The client's catalogue against the real route: order, own problems, the summary."""

from __future__ import annotations

from typing import Any

from app.client import Client
from tests.integrations.conftest import CONTEXT


def test_the_service_and_the_client_understand_each_other(lodestone: Client) -> None:
    magnet: dict[str, Any] = {"line_id": "1", "description": "Sintered NdFeB magnet N42SH",
                              "quantity": 1.5, "unit": "kg"}  # fmt: skip
    products: list[dict[str, Any]] = [
        {"id": f"P-{number}", "lines": [magnet | {"quantity": number + 1.0}]} for number in range(5)
    ]
    products[2] = {"id": "P-2", "lines": "none"}

    asked: dict[str, Any] = {**CONTEXT}
    run = lodestone.catalogue(products, part_size=2, **asked)
    answers = list(run)

    assert [answer.id for answer in answers] == ["P-0", "P-1", "P-2", "P-3", "P-4"]
    assert [answer.index for answer in answers if answer.problem] == [2]
    assert all(answer.score for answer in answers if answer.index != 2)
    summary = run.summary
    assert (summary.answered, summary.problems, summary.repeated) == (5, 1, 0)
    assert summary.unanswered == []
    alone = lodestone.assess({"id": "P-4", "lines": [magnet | {"quantity": 5.0}]}, **CONTEXT)
    assert answers[4].score == alone.bom.score
