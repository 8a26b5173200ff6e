"""Answers of the service as values with names and types; `document` keeps all that was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .faults import UnexpectedAnswerError

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure [kg] with its bounds."""

    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BomScore:
    """Score of a product, 0 to 100; None where nothing can be said."""

    id: str
    score: float | None
    low: float | None
    high: float | None
    band: str | None
    lines_in: int | None
    lines_with_rare_earths: int | None
    lines_undetermined: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementScore:
    """Score of one of the 17 elements; None for promethium, which has no market."""

    symbol: str
    score: float | None
    low: float | None
    high: float | None
    band: str | None
    exposed: bool
    control_status: str | None
    mass_kg: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorScore:
    """Score of a sector; `basis` is `bom` where the product has lines of it."""

    id: str
    name: str
    score: float | None
    low: float | None
    high: float | None
    band: str | None
    basis: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResult:
    """What was found in one line; without lines in answers of less detail."""

    line_id: str
    outcome: str
    score: float | None
    row: int | None
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWarning:
    """Something that limits the answer."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One assessment. `document` is the whole answer as it came."""

    assessment_id: str
    as_of: str
    api_version: str
    methodology_version: str
    reference_data_version: str
    bom: BomScore
    elements: tuple[ElementScore, ...]
    sectors: tuple[SectorScore, ...]
    lines: tuple[LineResult, ...]
    warnings: tuple[AnswerWarning, ...]
    document: Document

    def element(self, symbol: str) -> ElementScore:
        """Return the score of an element.

        Raises:
            KeyError: It is not one of the 17, or the answer holds none of them.
        """
        for element in self.elements:
            if element.symbol == symbol:
                return element
        raise KeyError(symbol)


def assessment_from(document: Document) -> Assessment:
    """Return an answer of `/v1/assessments` as values.

    Raises:
        UnexpectedAnswerError: It lacks what every assessment has.
    """
    try:
        return Assessment(
            assessment_id=document["assessment_id"],
            as_of=document["context"]["as_of"],
            api_version=document["api_version"],
            methodology_version=document["methodology_version"],
            reference_data_version=document["reference_data_version"],
            bom=_bom(document["bom"]),
            elements=tuple(_element(one) for one in document["elements"]),
            sectors=tuple(_sector(one) for one in document["sectors"]),
            lines=tuple(_line(one) for one in document.get("lines") or ()),
            warnings=tuple(
                AnswerWarning(code=one["code"], text=one["text"])
                for one in document.get("warnings") or ()
            ),
            document=document,
        )
    except (KeyError, TypeError) as error:
        raise UnexpectedAnswerError(f"the answer is no assessment: it lacks {error}") from error


def _bom(found: Document) -> BomScore:
    return BomScore(
        id=found["id"],
        score=found["score"],
        low=found["low"],
        high=found["high"],
        band=found["band"],
        lines_in=found.get("lines_in"),
        lines_with_rare_earths=found.get("lines_with_rare_earths"),
        lines_undetermined=found.get("lines_undetermined"),
    )


def _element(found: Document) -> ElementScore:
    mass = found.get("mass_kg")
    return ElementScore(
        symbol=found["symbol"],
        score=found["score"],
        low=found.get("low"),
        high=found.get("high"),
        band=found.get("band"),
        exposed=bool(found.get("exposed")),
        control_status=(found.get("control") or {}).get("status"),
        mass_kg=None
        if mass is None
        else Interval(low=mass["low"], value=mass["value"], high=mass["high"]),
    )


def _sector(found: Document) -> SectorScore:
    return SectorScore(
        id=found["id"],
        name=found.get("name", found["id"]),
        score=found["score"],
        low=found.get("low"),
        high=found.get("high"),
        band=found.get("band"),
        basis=found.get("basis"),
    )


def _line(found: Document) -> LineResult:
    return LineResult(
        line_id=found["line_id"],
        outcome=found["outcome"],
        score=found.get("score"),
        row=found.get("row"),
        symbols=tuple(one["symbol"] for one in found.get("elements") or ()),
    )
