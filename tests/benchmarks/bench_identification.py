"""How many lines a second identification reads where parts come again, as they do in a catalogue.

The lines are those of the collected files where these lie beside the repository, else those of
the examples; one call takes them again and again, as one customer's catalogue would.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from app.domain.bom import Bom, BomLine
from app.identification import Identifier, compile_identifier
from app.readers import read_bom
from app.refdata.load import load_reference_data

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"
LINES, ROUNDS, LEAST_A_SECOND = 100_000, 5, 50_000
#: Fewer lines than this would be no measure of anything.
FEWEST = 40


def _lines() -> list[BomLine]:
    suffixes = {".csv", ".tsv", ".xlsx", ".ods", ".json"}
    folder = SAMPLES if SAMPLES.is_dir() else ROOT / "examples"
    files = sorted(one for one in folder.iterdir() if one.suffix in suffixes)
    return [line for file in files for line in read_bom(file.read_bytes()).lines]


@pytest.fixture
def identifier() -> Iterator[Identifier]:
    """Return an identifier, with the collector set as the service sets it."""
    made = compile_identifier(load_reference_data().identification)
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    yield made
    gc.unfreeze()
    gc.set_threshold(*usual)


def test_lines_that_come_again(identifier: Identifier) -> None:
    lines = _lines()
    assert len(lines) >= FEWEST
    # New objects each time: nothing may be known by identity here.
    repeated = [replace(lines[place % len(lines)], line_id=str(place)) for place in range(LINES)]
    bom = Bom(id="b", lines=tuple(repeated))
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        found = identifier.identify_bom(bom)
        seconds.append(time.process_time() - started)
        assert len(found) == LINES

    rate = LINES / median(seconds)
    where = "collected files" if SAMPLES.is_dir() else "the examples"
    print(f"{len(lines)} lines of {where}, repeated: {rate:,.0f} lines/s")  # noqa: T201 - a report
    assert rate >= LEAST_A_SECOND
