"""Parts of answers that are written once: the same bytes, bounded, by identity."""

from __future__ import annotations

import orjson
import pytest

from app.batch import ready_made
from app.batch.ready_made import ReadyMade


def test_a_part_is_written_once_for_each_object_and_language() -> None:
    memory, written = ReadyMade(), []
    one, other = object(), object()

    def write(name: str) -> dict[str, object]:
        written.append(name)
        return {"name": name}

    first = memory.of(one, "en", lambda: write("Dysprosium"))
    again = memory.of(one, "en", lambda: write("never"))
    german = memory.of(one, "de", lambda: write("Dysprosium (de)"))
    memory.of(other, "en", lambda: write("Terbium"))

    assert again is first
    assert written == ["Dysprosium", "Dysprosium (de)", "Terbium"]
    assert orjson.dumps([first, german]) == b'[{"name":"Dysprosium"},{"name":"Dysprosium (de)"}]'


def test_a_full_memory_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready_made, "MOST_KEPT", 2)
    memory, objects = ReadyMade(), [object(), object(), object()]

    for one in objects:
        memory.of(one, "en", lambda: {"place": "first"})

    assert orjson.dumps(memory.of(objects[0], "en", lambda: {"place": "again"})) == (
        b'{"place":"again"}'
    )
