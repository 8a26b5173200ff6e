"""What the tools do: the same questions as the commands, answered short enough for a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.agents.folder import Folder
from app.api.answers.assessment import assessment_answer
from app.api.answers.controls import control_list, control_status
from app.api.answers.law import diff_answer
from app.api.clock import today_utc
from app.api.requests import context_from
from app.api.what_if import mitigation_parts
from app.batch.pipeline import Engine, assess_bom
from app.batch.two_answers import answered
from app.batch.what_ifs import inputs_of, workbench_of
from app.cli.asked import asked
from app.cli.context import fields_from, given
from app.domain.bom import Bom
from app.domain.context import AssessmentContext, EndUse
from app.domain.elements import RARE_EARTHS
from app.errors import InvalidInputError
from app.scoring.control_grid import GRID_FORMS, MeasureFilter, list_measures, register_grid
from app.scoring.difference import difference
from app.settings import Settings

Answer = dict[str, Any]

#: Lines of which an answer tells; a model needs the risky ones, not all.
_MOST_LINES = 25
_WITHIN_MONTHS = 12.0
_ELEMENT_KEYS = ("symbol", "name", "score", "low", "high", "band", "mass_kg", "line_ids")
_CONTROL_KEYS = ("status", "certainty", "best_estimate", "worst_case", "measures", "next_change")
_VERSIONS = ("api_version", "methodology_version", "reference_data_version")


class Tools:
    """Answers over one engine and one folder.

    Args:
        engine: Reference data and identifier.
        settings: Limits and the destination of the deployment.
        folder: Files that may be read.
    """

    def __init__(self, engine: Engine, settings: Settings, folder: Folder) -> None:
        self._engine = engine
        self._settings = settings
        self._folder = folder

    def list_bom_files(self) -> Answer:
        """Return the names of the files that can be read."""
        return {"files": self._folder.names()}

    def assess_bom_file(self, file: str, question: Mapping[str, str | None]) -> Answer:
        """Return the scores of a file and what they rest on.

        Raises:
            InvalidInputError: The file or the question does not fit.
        """
        bom, context = self._asked(file, question)
        assessed = assess_bom(bom, self._engine, context)
        whole: Answer = dict(assessment_answer(assessed, self._engine.reference, detail="full"))
        lines = sorted(
            (line for line in whole["lines"] if line["outcome"] != "no_rare_earths"),
            key=lambda line: -(line["score"] or 0.0),
        )
        return {
            **{key: whole[key] for key in _VERSIONS},
            "context": whole["context"],
            "bom": whole["bom"],
            "exposed_elements": [
                _short_element(one) for one in whole["elements"] if one.get("exposed")
            ],
            "sectors": [
                {key: one[key] for key in ("id", "score", "low", "high", "band")}
                for one in whole["sectors"]
                if one["basis"] == "bom"
            ],
            "lines": [_short_line(line) for line in lines[:_MOST_LINES]],
            "lines_not_shown": max(0, len(lines) - _MOST_LINES),
            "warnings": whole["warnings"],
            "disclaimer": whole["disclaimer"],
        }

    def control_status(
        self, element: str, form: str | None, question: Mapping[str, str | None]
    ) -> Answer:
        """Return the law for an element: its status by form, the measures, what changes.

        Raises:
            InvalidInputError: There is no such element or form, or the question does not fit.
        """
        if element not in RARE_EARTHS:
            raise InvalidInputError(
                f"'{element}' is no symbol of a rare earth; use one of {', '.join(RARE_EARTHS)}"
            )
        if form is not None and form not in GRID_FORMS:
            raise InvalidInputError(
                f"there is no form '{form}'; use one of {', '.join(GRID_FORMS)}"
            )
        context = self._context(question)
        reference = self._engine.reference
        grid = register_grid(reference.register, reference.methodology, context=context)
        whole: Answer = dict(control_status(grid, reference, context))
        entries = list_measures(
            reference.register,
            context=context,
            wanted=MeasureFilter(
                element=element,
                destination=context.destination,
                end_use=None if context.end_use is EndUse.UNKNOWN else context.end_use,
                form=form,
            ),
        )
        listed = control_list(entries, reference, as_of=context.as_of, known_on=context.known_on)
        return {
            **{key: whole[key] for key in _VERSIONS},
            "context": whole["context"],
            "by_form": {
                cell["form"]: _some(cell["control"], _CONTROL_KEYS)
                for cell in whole["cells"]
                if cell["element"] == element and form in {None, cell["form"]}
            },
            "measures": [
                _some(one, ("id", "title", "status", "since", "sources"))
                for one in listed["controls"]
            ],
            "changes_within_horizon": whole["changes"],
        }

    def what_changed(
        self, file: str, first: str, second: str, question: Mapping[str, str | None]
    ) -> Answer:
        """Return what flipped for a file between two days, and which notice did it.

        Raises:
            InvalidInputError: The file, a day or the question does not fit.
        """
        sides = []
        for day in (first, second):
            bom, context = self._asked(file, {**question, "as_of": day, "known_on": None})
            context = replace(context, known_on=context.as_of)
            sides.append(answered(bom, self._engine, context))
        before, after = sides
        whole: Answer = dict(diff_answer(before, after, difference(before, after)))
        moved = [one for one in whole.pop("elements") if one["delta"]]
        return {**whole, "elements_that_moved": moved}

    def mitigations(self, file: str, limit: int, question: Mapping[str, str | None]) -> Answer:
        """Return what could be done about a file, what removes most risk first.

        Raises:
            InvalidInputError: The file or the question does not fit.
        """
        bom, context = self._asked(file, question)
        inputs = inputs_of(bom, self._engine.identify(bom), self._engine, context)
        with workbench_of(inputs, self._engine) as bench:
            parts = mitigation_parts(
                bench,
                limit=limit,
                target_band=None,
                within_months=_WITHIN_MONTHS,
                include=frozenset(),
                calendar_scenarios=(),
            )
        return dict(parts)

    def _asked(
        self, file: str, question: Mapping[str, str | None]
    ) -> tuple[Bom, AssessmentContext]:
        path: Path = self._folder.file(file)
        return asked(path, given(**question), self._engine, self._settings)

    def _context(self, question: Mapping[str, str | None]) -> AssessmentContext:
        return context_from(
            fields_from(given(**question)),
            today_utc=today_utc(),
            default_destination=self._settings.default_destination,
        )


def _some(found: Mapping[str, Any], keys: tuple[str, ...]) -> Answer:
    return {key: found[key] for key in keys if key in found}


def _short_element(found: Mapping[str, Any]) -> Answer:
    causes = [_some(one, ("factor", "points", "text")) for one in found["contributions"]]
    control = _some(found["control"], _CONTROL_KEYS)
    return {**_some(found, _ELEMENT_KEYS), "control": control, "contributions": causes}


def _short_line(found: Mapping[str, Any]) -> Answer:
    return {
        **_some(found, ("line_id", "row", "sheet", "outcome", "confidence", "score")),
        "elements": [one["symbol"] for one in found["elements"]],
        "evidence": [one["text"] for one in found["evidence"]],
        "warnings": [one["text"] for one in found["warnings"]],
    }
