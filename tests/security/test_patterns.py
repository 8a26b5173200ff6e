"""No regular expression of ours takes long on text that was made to be slow."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

import app

#: Short ones first: a pattern that takes twice as long for each letter is found out before a long
#: text would hold up the run for ever.
LENGTHS = (24, 28, 1_000)
#: Runs of what our patterns look for, each with an end that does not fit.
PIECES = (
    "a", "0", " ", "-", ".", ",", "1,", "1.", "a ", " a", "a-", "Nd", "Nd0.", "(Nd", "((", "N4",
    "磁", "é", "1e", "\t", "_", "/", "x1", "Sm2Co17 ", "0x", '"', "\\", "[a", "<a", "μ", "20x",
)  # fmt: skip
ENDS = ("!", "\n", "\x00", "磁", "(")
MOST_SECONDS = 0.5


def patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, Mapping):
        for one in value.values():
            yield from patterns_in(one, depth + 1)
    elif depth < 3 and isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from patterns_in(one, depth + 1)


@cache
def patterns() -> dict[str, re.Pattern[Any]]:
    found = {}
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if module.name.endswith("__main__"):
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ImportError:  # an extra that is not installed here
            continue
        for value in vars(loaded).values():
            for pattern in patterns_in(value):
                found[str(pattern.pattern)] = pattern
    return found


def test_the_patterns_are_found() -> None:
    assert len(patterns()) > 30


@pytest.mark.parametrize("piece", PIECES)
def test_no_pattern_is_slow_on_a_run_that_ends_badly(piece: str) -> None:
    slow = {
        name: seconds
        for name, pattern in patterns().items()
        for end in ENDS
        if (seconds := slowest(pattern, piece, end)) > MOST_SECONDS
    }

    assert slow == {}


def test_a_pattern_that_doubles_with_each_letter_is_found_out() -> None:
    assert slowest(re.compile("(?:[a-z]+|[()])+"), "a", "!") > MOST_SECONDS


def slowest(pattern: re.Pattern[Any], piece: str, end: str) -> float:
    """Return the processor time of the worst length [s]; longer ones are not tried after it."""
    seconds = 0.0
    for length in LENGTHS:
        text = (piece * length)[:length] + end
        sample = text.encode() if isinstance(pattern.pattern, bytes) else text
        started = time.process_time()
        pattern.search(sample)
        pattern.fullmatch(sample)
        seconds = max(seconds, time.process_time() - started)
        if seconds > MOST_SECONDS:
            break
    return seconds
