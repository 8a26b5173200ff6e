"""A cheap proof that no object of a JSON text holds a name twice."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.api.json_body import count_name_ends, count_names, names_each_once

_PLAIN = some.recursive(
    some.one_of(some.none(), some.booleans(), some.integers(-9, 9), some.text(max_size=6)),
    lambda inner: some.one_of(
        some.lists(inner, max_size=4),
        some.dictionaries(some.text(max_size=4), inner, max_size=4),
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        (b'{"a": 1, "b": [{"a": 2}, 3], "c": {"d": {}}}', True),
        (b"[1, 2]", True),
        (b"3", True),
        (b'{"a": 1, "a": 2}', False),
        (b'{"a": 1, "a" \t\n: 2}', False),
        (b'{"b": [{"a": 1, "a": 2}]}', False),
        (b'{"a": "looks like \\": a name"}', False),
        (b'{"a": 1, "a": 2, "b\\\\": 3}', False),
        (b'{"a": 123456789012345678901234567890}', True),
        (b'{"a": NaN}', False),
        (b"{", False),
    ],
)
def test_it_is_certain_only_where_nothing_was_lost(text: bytes, certain: bool) -> None:
    assert names_each_once(text) is certain


@given(_PLAIN)
def test_there_are_never_fewer_ends_than_names(value: object) -> None:
    for separators in ((",", ":"), (" , ", " : ")):
        text = json.dumps(value, separators=separators).encode()

        assert count_name_ends(text) >= count_names(value)
