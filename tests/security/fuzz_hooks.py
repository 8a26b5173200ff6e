"""What schemathesis is told of this service, for `make fuzz-api`: see `fuzz_api`.

Schemathesis loads this module by the name in SCHEMATHESIS_HOOKS. It makes catalogues and files
that can be read, checks each line of a catalogue's answer, says which refusals of a request that
fits the document are right, and counts.
"""

from __future__ import annotations

import atexit
import json
import os
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import jsonschema_rs
import schemathesis
from schemathesis.core.parameters import ParameterLocation

from app.api.examples import SUMMARIES, example_text

NDJSON = "application/x-ndjson"
#: Variable with the file in which the counts are left.
COUNTS = "FUZZ_API_COUNTS"

#: Faults for which a request that fits the document may be refused all the same: rules for which
#: JSON Schema has no words, and lists that the document leaves out for their length. A refusal
#: for anything else is a failure.
BEYOND_THE_SCHEMA = frozenset(
    {
        # across fields and lines: unique ids, parents, sums of shares, one of two
        "duplicate_line_id", "duplicate_scenario_id", "unknown_parent", "parent_cycle",
        "shares_over_one", "shares_not_one", "two_kinds_of_supplier", "unknown_line",
        "empty_line", "not_here", "duplicate_measure",
        # what the reference data of the deployment hold
        "unknown_sector", "unknown_measure", "unknown_material", "unknown_parameter",
        "unknown_mine", "unknown_unit",
        # ISO codes and days of the calendar: the document has their patterns
        "unknown_country", "unknown_currency", "not_a_date",
    }
)  # fmt: skip
#: Faults that are right at some places alone: code and pointer.
_AT_SOME_PLACES = re.compile(
    r"missing /destination"  # needed unless the deployment sets one
    # one of two fields, a field that goes with one choice, spans of the method's parameters
    r"|missing /scenarios/\d+/patches/\d+(/place)?"
    r"|unknown_field /scenarios/\d+/(element|country|patches/\d+/place)"
    r"|too_(small|large) /scenarios/\d+/patches/\d+/value"
    # ISO codes as keys and in lists
    r"|not_one_of .*/(usd_per_currency/[A-Z]{3}|shares/[A-Z]{2}|destinations/\d+)"
)
#: Below this, money has more digits than it may.
_SHORTEST = 1e-20
_DECIMAL_FAULTS = frozenset({"wrong_type", "too_small", "too_large", "not_finite"})
#: What a file holds is no part of the document; any text fits it.
_FILE_PROBLEMS = frozenset({"unreadable-file", "unsupported-format"})
_FILE_FAULTS = frozenset({"empty_file"})
#: Places that speak of the file sent along: its rows, and options that fit one file or another.
_OF_FILES = frozenset({"", "/columns", "/encoding", "/delimiter", "/sheet"})

_ASKED_BY_QUERY = ("/v1/elements", "/v1/sectors", "/v1/controls/status", "/v1/controls/calendar")
_QUESTION = {"destination": "JP", "as_of": "2026-03-01"}
_BROKEN_LINES = ("{", "[]", '{"lines": []}', '{"id": "a", "lines": [{}]}', "\x00", "")
_cases: Counter[str] = Counter()
_statuses: Counter[str] = Counter()
_explained: Counter[str] = Counter()


def _catalogue(draw: int) -> str:
    """Return a catalogue: example products with some of their lines, and lines with faults."""
    chance = Random(draw)
    contexts: tuple[dict[str, str], ...] = (
        _QUESTION,
        {"destination": "DE", "as_of": "2025-12-01"},
        {},
    )
    lines = []
    for _ in range(chance.randrange(5)):
        bom = json.loads(example_text(chance.choice(tuple(SUMMARIES))))["bom"]
        kept = bom["lines"][: chance.randint(1, 3)]
        product = {**bom, "lines": kept, "context": chance.choice(contexts)}
        good = json.dumps(product, ensure_ascii=False)
        lines.append(chance.choice((good, good, *_BROKEN_LINES)))
    return "\n".join(lines)


@schemathesis.serializer(NDJSON)
def write_catalogue(_context: Any, value: Any) -> bytes:
    """Return what is sent for a catalogue, also for one that is no text at all."""
    text = value if isinstance(value, str) else json.dumps(value)
    return text.encode("utf-8", errors="surrogatepass")


@cache
def _files() -> tuple[str, ...]:
    """Return files that can be read: the examples as JSON and as CSV."""
    return tuple(
        example_text(name, suffix=suffix) for name in SUMMARIES for suffix in ("csv", "json")
    )


@schemathesis.hook
def map_case(context: Any, case: Any) -> Any:  # noqa: ARG001 - called by name
    """Let half of the good requests ask a usual question, and half of the good uploads be files.

    Without this nearly every request would be refused for want of a destination, and every
    upload for being no list at all.
    """
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return case
    draw = crc32(repr((case.body, case.query)).encode())
    if draw % 2:
        return case
    body, query = case.body, case.query or {}
    if isinstance(body, dict) and "file" in body:
        question = {} if "identify" in case.operation.path else _QUESTION
        case.body = body | question | {"file": _files()[draw // 2 % len(_files())]}
    elif case.operation.path == "/v1/catalogue":
        case.body = _catalogue(draw)
    elif isinstance(body, dict) and "bom" in body:
        case.body = {key: one for key, one in body.items() if key != "known_on"} | _QUESTION
    elif case.operation.path.startswith(_ASKED_BY_QUERY) and "destination" not in query:
        case.query = {**query, **_QUESTION}
    return case


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:  # noqa: ARG001 - see above
    """Count a case by its phase, and the answers by operation and status."""
    phase = case.meta.phase.name.value if case.meta else "probes"
    _cases[phase] += 1
    _statuses[f"{case.operation.label} {response.status_code}"] += 1


@schemathesis.check
def catalogue_lines_fit(ctx: Any, response: Any, case: Any) -> None:  # noqa: ARG001 - see above
    """Check each line of a catalogue's answer against the schema of a line in the document."""
    if case.operation.path != "/v1/catalogue" or response.status_code != 200:
        return
    validator = _line_validator(case.operation.schema.raw_schema)
    lines = response.content.splitlines()
    for line in lines:
        for error in validator.iter_errors(json.loads(line)):
            raise AssertionError(f"a line is off its schema: {error.instance_path} {error.message}")
    if "summary" not in json.loads(lines[-1]):
        raise AssertionError("the last line is no summary")


@cache
def _line_schema() -> dict[str, Any]:
    return {}


def _line_validator(document: Mapping[str, Any]) -> jsonschema_rs.Draft202012Validator:
    if "validator" not in _line_schema():
        answer = document["paths"]["/v1/catalogue"]["post"]["responses"]["200"]
        schema = answer["content"][NDJSON]["schema"]["contentSchema"]
        whole = {**schema, "components": document["components"]}
        _line_schema()["validator"] = jsonschema_rs.Draft202012Validator(whole)
    found: jsonschema_rs.Draft202012Validator = _line_schema()["validator"]
    return found


@schemathesis.hook
def filter_failure(
    context: Any,  # noqa: ARG001 - see above
    failure: Any,
    case: Any,
    response: Any,
) -> bool:
    """Keep each failure but a refusal or an acceptance that the document cannot foresee."""
    kind = type(failure).__name__
    if kind == "RejectedPositiveData" and (why := _why_refused(case, response)):
        _explained.update(why)
        return False
    is_catalogue = case.operation.path == "/v1/catalogue"
    if (
        kind == "AcceptedNegativeData"
        and is_catalogue
        and case.meta.is_negative_at(ParameterLocation.BODY)
    ):
        # What is no product is answered on its line; the catalogue goes on.
        _explained["answered on the line"] += 1
        return False
    return True


def _why_refused(case: Any, response: Any) -> set[str]:
    """Return the codes of a refusal if the document has no words for any of them, else nothing."""
    problem = response.json()
    if "/upload" in case.operation.path:
        kind = problem["type"].rpartition(":")[2]
        if kind in _FILE_PROBLEMS:
            return {kind}
    codes = set()
    for fault in problem["errors"]:
        code, pointer = fault["code"], fault["pointer"] or ""
        value = _value_at(pointer, case.body)
        if code in _DECIMAL_FAULTS and isinstance(value, str):
            code = "decimal_as_text"  # the document has no words for the range of a text
        elif "/upload" in case.operation.path and isinstance(value, str):
            code = "form_field_as_text"  # released: any text fits the document of a form field
        elif code == "too_large" and isinstance(value, float) and 0 < value < _SHORTEST:
            code = "decimal_digits"  # nor for the number of digits
        elif not (
            code in BEYOND_THE_SCHEMA
            or _AT_SOME_PLACES.fullmatch(f"{code} {pointer}")
            or ("/upload" in case.operation.path and (code in _FILE_FAULTS or pointer in _OF_FILES))
        ):
            return set()
        codes.add(code)
    return codes


def _value_at(pointer: str, node: Any) -> Any:
    """Return what a JSON pointer names in a body, None where there is nothing."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(node, list) and key.isdigit() and int(key) < len(node):
            node = node[int(key)]
        elif isinstance(node, dict):
            node = node.get(key)
        else:
            return None
    return node


@atexit.register
def _leave_counts() -> None:
    counts = {"cases": _cases, "statuses": _statuses, "explained": _explained}
    if COUNTS in os.environ:
        Path(os.environ[COUNTS]).write_text(json.dumps(counts), encoding="utf-8")
