"""Reads YAML with every scalar as text; no schema in here.

Text, because otherwise `NO` (Norway) turns into false, `on` into true, and a customs code loses
its zeros. A repeated key, an alias, a tag or a second document is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import yaml

from app.errors import ReferenceDataError
from app.refdata.read_watch import WATCHER

YamlText: TypeAlias = "str | None | list[YamlText] | dict[str, YamlText]"

#: The parser in C where PyYAML was built with it; both give the same events.
PARSER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

#: What an unquoted scalar means by nothing.
NULLS = frozenset({"", "~", "null"})

_SCALAR = yaml.ScalarEvent
_MAPPING = yaml.MappingStartEvent
_SEQUENCE = yaml.SequenceStartEvent
_END = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def read_yaml_text(path: Path, *, name: str | None = None) -> YamlText:
    """Return the content of a YAML file: text, None, lists and dicts with text keys.

    Args:
        path: File in UTF-8.
        name: How messages call the file; the path itself by default.

    Raises:
        ReferenceDataError: The file is missing, is no YAML, or uses a feature that we refuse.
    """
    label = name or str(path)
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReferenceDataError(f"{label}: cannot be read: {error}") from error
    return parse_yaml_text(content, name=label)


def parse_yaml_text(content: str, *, name: str) -> YamlText:
    """Return the value of one YAML document; unquoted `null`, `~` and nothing become None.

    Raises:
        ReferenceDataError: The text is no YAML, or uses a feature that we refuse.
    """
    try:
        events = iter(yaml.parse(content, Loader=PARSER))
        next(events)  # start of the stream
        if isinstance(next(events), yaml.StreamEndEvent):
            return None
        value = _value(next(events), events, name)
        next(events)  # end of the document
        if not isinstance(next(events), yaml.StreamEndEvent):
            raise ReferenceDataError(f"{name}: holds more than one document")
    except yaml.YAMLError as error:
        raise ReferenceDataError(f"{name}: is no valid YAML: {error}") from error
    watcher = WATCHER.get()
    if watcher is not None:
        watcher.parsed(name, value)
    return value


def _value(event: yaml.Event, events: Iterator[yaml.Event], name: str) -> YamlText:
    """Return the value that starts with this event and consume the rest of it."""
    if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:  # type: ignore[attr-defined] # every node event has them
        raise ReferenceDataError(f"{name}: {_line(event)}: anchors, aliases and tags are refused")
    if isinstance(event, _SCALAR):
        text: str = event.value
        plain = event.implicit[0]
        return None if plain and text in NULLS else text
    if isinstance(event, _SEQUENCE):
        items: list[YamlText] = []
        for item in events:
            if isinstance(item, _END):
                return items
            items.append(_value(item, events, name))
    return _mapping(events, name)


def _mapping(events: Iterator[yaml.Event], name: str) -> dict[str, YamlText]:
    """Return a mapping whose start was read already."""
    result: dict[str, YamlText] = {}
    for key in events:
        if isinstance(key, _END):
            break
        if not isinstance(key, _SCALAR):
            raise ReferenceDataError(f"{name}: {_line(key)}: a key must be text")
        if key.value in result:
            raise ReferenceDataError(f"{name}: {_line(key)}: key {key.value!r} is repeated")
        result[key.value] = _value(next(events), events, name)
    return result


def _line(event: yaml.Event) -> str:
    """Return where an event stands, for a person."""
    mark = event.start_mark
    return "unknown line" if mark is None else f"line {mark.line + 1}"
