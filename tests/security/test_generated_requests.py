"""Some generated requests to every operation with keys on; `make fuzz-api` sends 20,000."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from tests.contract.openapi_schemas import operations
from tests.security import fuzz_hooks  # noqa: F401 - it registers files and right refusals
from tests.security.conftest import MakeApp

CASES = 2


@pytest.fixture(scope="module")
def schema(make_app: MakeApp, keys_file: Path) -> Any:
    # Each operation is tried with wrong keys, which must all be answered with 401.
    app = make_app(host="0.0.0.0", auth="keys", auth_keys=keys_file, auth_failures="9999/minute")
    return schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_answers_to_good_and_bad_requests_fit_the_document(
    schema: Any, keys: dict[str, str], mode: GenerationMode
) -> None:
    headers = {"X-API-Key": keys["everything"]}
    statuses: set[int] = set()
    asked = 0

    for path, method, operation in operations(schema.raw_schema):
        if mode is GenerationMode.NEGATIVE and not _takes_anything(operation):
            continue
        statuses |= _statuses_of(schema[path][method].as_strategy(generation_mode=mode), headers)
        asked += 1

    assert asked == {GenerationMode.POSITIVE: 24, GenerationMode.NEGATIVE: 19}[mode]
    assert statuses >= {GenerationMode.POSITIVE: {200}, GenerationMode.NEGATIVE: {422}}[mode]


def _statuses_of(cases: Any, headers: dict[str, str]) -> set[int]:
    """Send the requests of a strategy, check each answer, and return the statuses."""
    statuses: set[int] = set()

    @settings(
        max_examples=CASES, derandomize=True, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases)
    def ask(case: Any) -> None:
        answer = case.call(headers=headers)
        case.validate_response(answer, headers=headers)
        statuses.add(answer.status_code)

    ask()
    return statuses


def _takes_anything(operation: Any) -> bool:
    """Return whether there is anything in a request that could be wrong."""
    return bool(operation.get("parameters") or operation.get("requestBody"))
