"""Makes JSON Schemas of the YAML files, for editors, from what the loaders demand of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from app.refdata.load import load_reference_data, packaged_data_folder
from app.refdata.read_watch import WATCHER
from app.refdata.schema_trace import ReadTrace, Shape

Schema: TypeAlias = "dict[str, object]"

SCHEMA_FOLDER = "schema"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"

#: Files of one kind, one measure each.
_MEASURES = "controls-measure"

_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_NUMBER: Schema = {"type": "number"}

#: How a kind of value looks; the first that a place was read as counts.
_LOOKS: Mapping[str, Schema] = {
    "flag": {"type": "boolean"},
    "day": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "integer": {"type": "integer"},
    "number": _NUMBER,
    "triple": {
        "description": "one number, or [low, nominal, high]",
        "anyOf": [_NUMBER, {"type": "array", "items": _NUMBER, "minItems": 1, "maxItems": 3}],
    },
    "number_list": {"anyOf": [_NUMBER, {"type": "array", "items": _NUMBER, "minItems": 1}]},
    "lists": {"type": "array", "items": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}},
    "texts": {"type": "array", "items": _TEXT, "minItems": 1},
    "words": {
        "description": "a list of words, or words with blanks between them",
        "anyOf": [_TEXT, {"type": "array", "items": _TEXT}],
    },
    "text": _TEXT,
}


def schema_name(file: str) -> str:
    """Return the name of the schema of a data file, without the ending.

    Examples:
        >>> schema_name("controls/cn/cn-18-2025.yaml"), schema_name("sectors/sectors.yaml")
        ('controls-measure', 'sectors-sectors')
    """
    path = PurePosixPath(file)
    if path.match("controls/*/*.yaml"):
        return _MEASURES
    return "-".join(path.with_suffix("").parts)


def data_schemas(root: Path | None = None) -> dict[str, Schema]:
    """Return the schema of every kind of YAML file by its name.

    The loaders read the whole folder while somebody watches, so a schema holds exactly the keys,
    kinds and choices that they know; what only shows in sense (sums, dates, keys of sources)
    stays with `lodestone check-data`.

    Args:
        root: Folder of sound data; that of the package by default.

    Raises:
        ReferenceDataError: The data are not sound.
    """
    trace = ReadTrace()
    token = WATCHER.set(trace)
    try:
        load_reference_data(packaged_data_folder() if root is None else root)
    finally:
        WATCHER.reset(token)
    groups: dict[str, list[str]] = {}
    for name in sorted(trace.files):
        groups.setdefault(schema_name(name), []).append(name)
    return {name: _document(name, files, trace) for name, files in groups.items()}


def _document(name: str, files: list[str], trace: ReadTrace) -> Schema:
    title = "controls/<issuer>/<id>.yaml" if name == _MEASURES else files[0]
    body = _schema(trace.shape_of(files))
    used = {kind: look for kind, look in _LOOKS.items() if _reference(kind) in _references(body)}
    return {
        "$schema": _DRAFT,
        "$defs": used,
        "title": title,
        "description": "Written by `lodestone schemas` from the loaders; do not edit.",
        **body,
    }


def _reference(kind: str) -> str:
    return f"#/$defs/{kind}"


def _references(value: object) -> set[object]:
    """Return what a schema refers to, however deep."""
    if isinstance(value, dict):
        below = set().union(*map(_references, value.values()))
        return below | {value["$ref"]} if "$ref" in value else below
    return set().union(*map(_references, value)) if isinstance(value, list) else set()


def _schema(shape: Shape) -> Schema:
    """Return the schema of a place: a record, a free mapping, a list, or one value."""
    if shape.required is not None:
        return _record(shape, shape.required)
    if shape.rest is not None:
        return {"type": "object", "additionalProperties": _nullable(_schema(shape.rest))}
    for kind in ("choice", "choices"):
        if kind in shape.kinds:
            return _chosen(kind, shape)
    kinds = [kind for kind in _LOOKS if kind in shape.kinds]
    if kinds:
        return {"$ref": _reference(kinds[0])}
    return _unread(shape)


def _unread(shape: Shape) -> Schema:
    """Return the schema of a place of which only what stands there is known."""
    if "mapping" in shape.held:
        return {"type": "object"}
    if "list" in shape.held:
        return {"type": "array", "items": _schema(shape.items or Shape())}
    return {"$ref": _reference("text")} if "text" in shape.held else {}


def _record(shape: Shape, required: set[str]) -> Schema:
    properties = {
        key: _schema(below) if key in required else _nullable(_schema(below))
        for key, below in sorted(shape.keys.items())
    }
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(required),
        "additionalProperties": False,
    }


def _chosen(kind: str, shape: Shape) -> Schema:
    """Return the choices, and what the loader takes beside them, such as `any`."""
    texts = shape.texts if kind == "choice" or shape.items is None else shape.items.texts
    beside = sorted(text for text in texts - {*shape.kinds[kind]} if " " not in text)
    one: Schema = {"enum": [*shape.kinds[kind], *beside]}
    if kind == "choice":
        return one
    return {"anyOf": [one, {"type": "array", "items": one}, {"type": "string", "pattern": " "}]}


def _nullable(schema: Schema) -> Schema:
    """Return the schema of a value that may be left empty."""
    return {"anyOf": [schema, {"type": "null"}]} if schema else schema


def schema_files(root: Path | None = None) -> dict[str, str]:
    """Return the text of each schema file by its name."""
    return {
        f"{name}.schema.json": json.dumps(schema, indent=1, sort_keys=True) + "\n"
        for name, schema in data_schemas(root).items()
    }


def write_schemas(folder: Path, root: Path | None = None) -> tuple[str, ...]:
    """Write every schema into a folder, drop those of no file, and return their names."""
    files = schema_files(root)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.schema.json"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(sorted(files))
