"""The JSON Schemas for editors say what the loaders demand, and count as no data."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from app.refdata.bundle import read_bundle
from app.refdata.counts import data_files
from app.refdata.data_schemas import SCHEMA_FOLDER, schema_files, schema_name
from app.refdata.load import data_version, packaged_data_folder
from tests.unit.refdata.bundles import KEY, good_bundle

DATA = packaged_data_folder()
SCHEMAS = DATA / SCHEMA_FOLDER
YAML_FILES = [
    path.relative_to(DATA).as_posix() for path in data_files(DATA) if path.suffix == ".yaml"
]
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


class EditorLoader(yaml.SafeLoader):
    """Types scalars as editors do, by the core schema of YAML 1.2: days and `NO` are texts."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), first
    )


def whole_number(loader: EditorLoader, node: yaml.ScalarNode) -> int:
    return int(str(loader.construct_scalar(node)))


EditorLoader.add_constructor("tag:yaml.org,2002:int", whole_number)


def as_an_editor_reads(text: str) -> Any:
    return with_text_keys(yaml.load(text, EditorLoader))


def with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): with_text_keys(item) for key, item in value.items()}
    return [with_text_keys(item) for item in value] if isinstance(value, list) else value


@cache
def checker(name: str) -> Any:
    schema = json.loads((SCHEMAS / f"{schema_name(name)}.schema.json").read_text("utf-8"))
    return jsonschema_rs.validator_for(schema)


def faults(name: str, text: str) -> list[str]:
    found = checker(name).iter_errors(as_an_editor_reads(text))
    return ["/".join(map(str, fault.instance_path)) + f": {fault.message}" for fault in found]


def test_the_schemas_are_those_of_the_loaders() -> None:
    committed = {path.name: path.read_text("utf-8") for path in SCHEMAS.iterdir()}

    assert committed == schema_files(), "run `make schemas`"


@pytest.mark.parametrize("name", YAML_FILES)
def test_every_data_file_keeps_to_its_schema(name: str) -> None:
    assert faults(name, (DATA / name).read_text("utf-8")) == []


MEASURE = "controls/cn/cn-18-2025.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (MEASURE, "type: licence_requirement", "type: license_requirement"),
        (MEASURE, "status: in_force", "status: active"),
        (MEASURE, "on_date: 2025-04-04", "on_date: 4 April 2025"),
        (MEASURE, "exporter: CN", "exporting_country: CN"),
        (MEASURE, "check_every_days: ", "check_every_days: each "),
        (MEASURE, "outcome: licence", "outcome: forbidden"),
        (MEASURE, "end_uses: [any]", "end_uses: [anything]"),
        ("sources.yaml", "verified: true", "verified: perhaps"),
        ("controls/register.yaml", "warn_after_days: 30", "warn_after: 30"),
        ("methodology/parameters.yaml", "version:", "edition:"),
    ],
)
def test_an_editor_marks_a_mistake(name: str, old: str, new: str) -> None:
    text = (DATA / name).read_text("utf-8")
    assert old in text

    assert faults(name, text.replace(old, new, 1)) != []


def test_schemas_change_no_version_and_are_in_no_bundle(tmp_path: Path) -> None:
    without = tmp_path / "data"
    shutil.copytree(DATA, without, ignore=shutil.ignore_patterns(SCHEMA_FOLDER))

    assert data_version(without) == data_version(DATA)
    assert not any(SCHEMA_FOLDER in path.parts for path in data_files(DATA))
    files = read_bundle(good_bundle(), [KEY.public_key()]).files
    assert files.keys()
    assert not [name for name in files if name.startswith(SCHEMA_FOLDER)]


def test_a_modeline_names_the_schema_of_its_file() -> None:
    named = 0
    for name in YAML_FILES:
        found = MODELINE.match((DATA / name).read_text("utf-8"))
        if found:
            named += 1
            wanted = SCHEMAS / f"{schema_name(name)}.schema.json"
            assert ((DATA / name).parent / found[1]).resolve() == wanted.resolve(), name
    assert named == len(YAML_FILES)
