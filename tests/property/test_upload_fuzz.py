"""A slice of the long run of damaged uploads (`make fuzz`): a few damages of each of our files."""

from __future__ import annotations

import random

import pytest
from fastapi.testclient import TestClient

from app.main import create_app, load_engine
from app.settings import Settings
from tests.property.fuzz_readers import originals
from tests.property.fuzz_uploads import EXAMPLES, MOST_LINES, Run, upload
from tests.property.mutations import mutate

ROUNDS = 2
#: XLS and XLSB start a process for each file; the long run covers them.
SLOW = ("binary_workbook", "old_workbook")


def test_damaged_uploads_are_read_or_refused_with_a_problem(
    capsys: pytest.CaptureFixture[str],
) -> None:
    application = create_app(Settings(max_lines=MOST_LINES), load_engine(Settings()))
    run = Run()
    with TestClient(application, raise_server_exceptions=False) as client:
        for number, (name, data) in enumerate(originals(EXAMPLES) * ROUNDS):
            if name not in SLOW:
                damaged = mutate(data, random.Random(f"slice/{number}"))
                status, document = upload(client, damaged)
                run.add(f"{name} #{number}", status, document, 0.0)

    assert run.broken == 0, capsys.readouterr().out
    assert set(run.statuses) <= {200, 400, 413, 422}
    assert run.statuses[200] > 10
