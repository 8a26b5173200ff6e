"""Workbenches over one line of oxide or one magnet, and what is offered and ranked there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.domain.controls import (
    ControlMeasure,
    RegisterStage,
)
from app.domain.exposure import ElementContent
from app.domain.mitigation import Alternative
from app.scoring.candidates import (
    Candidate,
)
from app.scoring.mitigation import (
    Action,
    all_candidates,
    ranked_actions,
)
from app.scoring.workbench import Workbench
from tests import factories as make
from tests import plain_world as plain


def magnet_bench(
    *alternatives: Alternative,
    measures: Sequence[ControlMeasure] | None = None,
    country: str = "CN",
    contents: Sequence[ElementContent] = (make.content("Dy"), make.content("Nd")),
    material: str | None = "hot_magnet",
    sector: str | None = None,
    description: str = "part",
    name: str | None = None,
    context: Any = None,
    **reference: Any,
) -> Workbench:
    """Return a bench with one magnet, under a duty on magnets with dysprosium."""
    used = measures
    if used is None:
        used = [plain.duty(elements=["Dy"], stages=[RegisterStage.MAGNET])]
    reference.setdefault("mitigation", plain.facts(*alternatives))
    line = replace(plain.oxide_line(country=country, sector=sector), description=description)
    found = replace(make.found("1", *contents, forms=("magnet",)), material=material)
    data = plain.plain_reference(*used, **reference)
    return plain.bench_of(plain.inputs_of(data, [(line, found)], name=name, context=context))


def offered(bench: Workbench) -> dict[str, Candidate]:
    return {one.id: one for one in all_candidates(bench)}


def ranked(bench: Workbench) -> dict[str, Action]:
    return {one.candidate.id: one for one in ranked_actions(bench, all_candidates(bench))}


def oxide_bench(**reference: Any) -> Workbench:
    return plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty(), **reference)))
