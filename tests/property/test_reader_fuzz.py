"""Damaged files: whatever happens to a file, the reader answers with a BOM or with our own error.

`python -m tests.property.fuzz_readers` does the same at length.
"""

from __future__ import annotations

import random
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bom import BomLine
from app.errors import InvalidInputError
from app.readers import read_bom
from tests.property.mutations import mutate
from tests.unit.readers.reference_declarations import DECLARATION_FIXTURES, reporting_template
from tests.unit.readers.reference_formats import PROGRAM_FIXTURES, TABLE_FIXTURES
from tests.unit.readers.reference_product import Fixture

#: CPU time for one file [s]; coverage makes everything slower.
MAX_SECONDS = 2.0 if sys.gettrace() is None else 8.0
#: XLS and XLSB start a process for each file; the long run covers them.
SLOW = frozenset({"xls", "xlsb"})
FIXTURES = [
    *(fixture for fixture in TABLE_FIXTURES if fixture.name not in SLOW),
    *PROGRAM_FIXTURES,
    *DECLARATION_FIXTURES,
    Fixture("rmi_amrt", reporting_template, frozenset()),
]


def lines_or_nothing(data: bytes) -> tuple[BomLine, ...]:
    """Return the lines of a file, or none where it is refused by one of our own errors."""
    try:
        return read_bom(data).lines
    except InvalidInputError:
        return ()


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda f: f"{f.name}-{f.build.__name__}")
def test_a_damaged_file_is_read_or_refused_in_time(fixture: Fixture) -> None:
    original = fixture.build()

    @given(st.integers(min_value=0, max_value=2**32))
    def check(seed: int) -> None:
        data = mutate(original, random.Random(seed))
        begin = time.process_time()  # a busy machine is no failure
        lines = lines_or_nothing(data)
        assert len({line.line_id for line in lines}) == len(lines)
        for line in lines:
            assert line.quantity is None or 0 <= line.quantity < float("inf")
            assert line.unit_mass_kg is None or 0 <= line.unit_mass_kg < float("inf")
        assert time.process_time() - begin < MAX_SECONDS

    check()


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    lines = lines_or_nothing(data)

    assert len({line.line_id for line in lines}) == len(lines)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    lines = lines_or_nothing(text.encode("utf-8", "surrogatepass"))

    assert all(line.row is None or line.row > 0 for line in lines)
