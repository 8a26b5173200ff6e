"""Requests for what-ifs and for actions, read and checked as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pydantic import BaseModel

from app.api.faults import echo, pointer_to
from app.api.json_body import Parsed, parse, refuse
from app.api.patches import patch_faults
from app.api.requests import KNOWN_FIELDS, Asked, bom_faults, lines_from
from app.api.schemas.bom import BomBody
from app.api.schemas.patches import PATCH_BODIES
from app.api.schemas.what_if import (
    MitigationsRequest,
    ScenarioBody,
    ScenariosRequest,
)
from app.api.service import Service
from app.batch.vocabulary import Vocabulary
from app.errors import Fault

_BODIES: tuple[type[BaseModel], ...] = (
    ScenariosRequest,
    MitigationsRequest,
    ScenarioBody,
    *PATCH_BODIES,
)
_KNOWN_FIELDS = tuple(
    dict.fromkeys((*KNOWN_FIELDS, *(name for body in _BODIES for name in body.model_fields)))
)
#: Which built-in what-if a choice goes with.
_BUILTIN_OF_CHOICE = {"element": "flow_zero", "country": "supplier_replaced"}

#: Validation names the kind of a patch as a step of the path; a JSON pointer must not.
_KIND_STEP = re.compile(r"^(/scenarios/\d+/patches/\d+)/[a-z_]+(/|$)")


def read_scenarios_request(raw: bytes, service: Service) -> ScenariosRequest:
    """Return the validated request.

    Raises:
        UnreadableFileError: The bytes are no JSON.
        LimitExceededError: There are more lines than the service takes.
        InvalidInputError: Something does not fit; every fault is listed.
    """
    parsed = _parsed(raw, ScenariosRequest)
    faults = [_tidy(fault) for fault in _bom_faults(parsed, service)]
    if parsed.body is not None:
        faults.extend(_scenario_faults(parsed.body, service))
    refuse(tuple(faults))
    return _body_of(parsed)


def read_mitigations_request(raw: bytes, service: Service) -> MitigationsRequest:
    """Return the validated request; raises like `read_scenarios_request`."""
    parsed = _parsed(raw, MitigationsRequest)
    refuse(_bom_faults(parsed, service))
    return _body_of(parsed)


def _parsed(raw: bytes, model: type[Asked]) -> Parsed[Asked]:
    return parse(raw, model, known_fields=_KNOWN_FIELDS)


def _bom_faults(parsed: Parsed[Asked], service: Service) -> tuple[Fault, ...]:
    return bom_faults(parsed, service.vocabulary, most_lines=service.settings.max_lines)


def _body_of(parsed: Parsed[Asked]) -> Asked:
    if parsed.body is None:  # a body without faults is there
        raise AssertionError
    return parsed.body


def _tidy(fault: Fault) -> Fault:
    if fault.pointer is None:
        return fault
    return replace(fault, pointer=_KIND_STEP.sub(r"\1\2", fault.pointer))


def _scenario_faults(body: ScenariosRequest, service: Service) -> Iterator[Fault]:
    line_ids = _line_ids(body.bom, service.vocabulary)
    yield from _repeated_ids(body.scenarios)
    for place, scenario in enumerate(body.scenarios):
        path = ("scenarios", place)
        for name, builtin in _BUILTIN_OF_CHOICE.items():
            if getattr(scenario, name) is not None and scenario.builtin != builtin:
                yield Fault(
                    code="unknown_field",
                    detail=f"`{name}` goes with the built-in what-if `{builtin}` only",
                    pointer=pointer_to([*path, name]),
                )
        yield from patch_faults(
            scenario.patches, service.reference, line_ids=line_ids, path=[*path, "patches"]
        )


def _line_ids(bom: BomBody, vocabulary: Vocabulary) -> frozenset[str]:
    lines = lines_from(bom.lines, vocabulary, currency=bom.currency)
    return frozenset(line.line_id for line in lines)


def _repeated_ids(scenarios: Sequence[ScenarioBody]) -> Iterator[Fault]:
    counts = Counter(scenario.id for scenario in scenarios)
    seen: set[str] = set()
    for place, scenario in enumerate(scenarios):
        if scenario.id in seen:
            yield Fault(
                code="duplicate_scenario_id",
                detail=f"{echo(scenario.id)} is the id of {counts[scenario.id]} what-ifs; "
                "give each its own",
                pointer=pointer_to(["scenarios", place, "id"]),
            )
        seen.add(scenario.id)
