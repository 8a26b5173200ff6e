"""Files that mean harm, through the upload route: a problem that names the limit, never a 5xx.

Time and memory of each are measured by `tests/benchmarks/bench_upload_bombs.py`.
"""

from __future__ import annotations

import gzip

import pytest
from fastapi.testclient import TestClient

from tests.hostile_uploads import BOMBS

#: Bombs that take seconds to make; the benchmark has them all.
SLOW = frozenset(
    {
        "zip bomb, XLSX",
        "zip bomb, ODS",
        "zip bomb, chemSHERPA",
        "gzip bomb",
        "gigabyte cell",
        "a million empty rows",
        "200,000 rows",
        "8 million objects",
        "5 million elements",
        "one string 200,000 times",
        "a quotation mark never closed",
    }
)
URL = "/v1/assessments/upload"


@pytest.mark.parametrize("name", sorted(set(BOMBS) - SLOW))
def test_a_bomb_answers_with_a_problem_that_names_the_limit(client: TestClient, name: str) -> None:
    build, codes = BOMBS[name]

    response = client.post(URL, files={"file": ("bom", build())}, data={"destination": "JP"})

    assert response.status_code in {400, 413}, response.text[:500]
    assert response.headers["content-type"] == "application/problem+json"
    (error, *_) = response.json()["errors"]
    assert error["code"] in codes
    if response.status_code == 413:
        assert f"the limit max_{error['code'].removeprefix('limit_')}" in response.json()["detail"]


def test_a_packed_request_is_refused_unopened(client: TestClient) -> None:
    response = client.post(
        URL,
        content=gzip.compress(b"," * 10_000_000),
        headers={"content-type": "multipart/form-data; boundary=x", "content-encoding": "gzip"},
    )

    assert response.status_code == 415
