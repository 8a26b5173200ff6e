"""What any buyer would expect of the scores of a day, checked over the real data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.context import EndUse
from app.domain.reference import ReferenceData
from app.domain.supply import Stage
from app.scoring.control_status import ControlQuestion, control_view
from app.scoring.engine import supply_snapshot
from tests.validation.probes import (
    ELEMENTS,
    FORMS,
    Probe,
    Reading,
    question,
    readings,
    single_element_probes,
)

#: Scores are sums of many floats; differences below this are none.
TOLERANCE = 1e-9

#: The first rare-earth licence duty of 2025; before it nothing civil is more than moderate.
FIRST_CONTROL = date(2025, 4, 4)
HIGH_FROM = 45.0

BARE_MAGNET = Probe("magnet", ("Nd", "Pr"))
HOT_MAGNET = Probe("magnet", ("Dy", "Nd", "Pr", "Tb"))

#: Countries outside China whose separation a buyer may declare.
SECOND_SOURCES = ("MY", "EE")


@dataclass(frozen=True, slots=True)
class Breach:
    """A score that no buyer would believe."""

    law: str
    destination: str
    day: date
    probe: str
    detail: str


def probes_of(reference: ReferenceData, destination: str, day: date) -> tuple[Probe, ...]:
    """Return every line that the laws of a day compare."""
    sourced = (probe for pair in _sourced(reference, destination, day) for probe in pair)
    return tuple(dict.fromkeys((*single_element_probes(), BARE_MAGNET, HOT_MAGNET, *sourced)))


def breaches(
    reference: ReferenceData,
    destination: str,
    day: date,
    civil: Mapping[Probe, Reading],
    *,
    military: bool = True,
) -> list[Breach]:
    """Return what the scores of a day get wrong.

    Args:
        reference: The data that ship.
        destination: Country of import.
        day: Day of the question and of its knowledge.
        civil: Civil readings of `probes_of` that day.
        military: Whether to hold military against civil use too; doubles the work.
    """
    sourced = tuple(_sourced(reference, destination, day))
    found = [
        *_magnets(civil),
        *_only_dysprosium(civil, reference, destination, day),
        *_second_sources(civil, sourced),
        *_before_control(civil, day),
    ]
    if military:
        singles = single_element_probes()
        asked = question(destination, day, end_use=EndUse.MILITARY)
        hard = readings(singles, asked, explain=False)
        found += [
            ("military below civil", probe.name, f"{hard[probe].score} < {civil[probe].score}")
            for probe in singles
            if hard[probe].score < civil[probe].score - TOLERANCE
        ]
    return [Breach(law, destination, day, probe, detail) for law, probe, detail in found]


def _magnets(civil: Mapping[Probe, Reading]) -> Iterator[tuple[str, str, str]]:
    bare, hot = civil[BARE_MAGNET].score, civil[HOT_MAGNET].score
    if bare > hot + TOLERANCE:
        yield "magnet without Dy and Tb above the same with", BARE_MAGNET.name, f"{bare} > {hot}"


def _only_dysprosium(
    civil: Mapping[Probe, Reading], reference: ReferenceData, destination: str, day: date
) -> Iterator[tuple[str, str, str]]:
    for form in FORMS:
        status = {
            element: control_view(
                reference.register,
                reference.methodology,
                question=ControlQuestion(
                    element=element,
                    elements=frozenset({element}),
                    form=form,
                    destination=destination,
                    end_use=EndUse.CIVIL,
                    as_of=day,
                    known_on=day,
                ),
            ).status
            for element in ("Nd", "Dy")
        }
        only_dy = status["Dy"] == "licence_required" and status["Nd"] in (
            "ordinary_licence",
            "not_controlled",
        )
        nd, dy = civil[Probe(form, ("Nd",))].score, civil[Probe(form, ("Dy",))].score
        if only_dy and nd > dy + TOLERANCE:
            yield "Nd above Dy while only Dy is controlled", form, f"{nd} > {dy}"


def _sourced(
    reference: ReferenceData, destination: str, day: date
) -> Iterator[tuple[Probe, Probe]]:
    """Yield (second source, China) pairs of oxide lines where the second source has capacity."""
    snapshot = supply_snapshot(reference, question(destination, day))
    for element in ELEMENTS:
        for country in SECOND_SOURCES:
            if snapshot.world_share(Stage.SEPARATION, element, country) > 0.0:
                yield (
                    Probe("oxide", (element,), separation=country),
                    Probe("oxide", (element,), separation="CN"),
                )


def _second_sources(
    civil: Mapping[Probe, Reading], sourced: tuple[tuple[Probe, Probe], ...]
) -> Iterator[tuple[str, str, str]]:
    for other, chinese in sourced:
        if civil[other].score > civil[chinese].score + TOLERANCE:
            detail = f"{civil[other].score} > {civil[chinese].score}"
            yield "second source above China", other.name, detail


def _before_control(civil: Mapping[Probe, Reading], day: date) -> Iterator[tuple[str, str, str]]:
    if day >= FIRST_CONTROL:
        return
    for probe, reading in civil.items():
        if reading.score >= HIGH_FROM:
            yield "above moderate before any control", probe.name, f"{reading.score}"
