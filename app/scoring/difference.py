"""What flipped between two answers about the same lines: the law, line by line, and bands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.bom import Bom
from app.domain.exposure import IdentifiedLine
from app.domain.results import Assessment, ControlView
from app.domain.supply import Chain
from app.domain.triple import Side
from app.scoring.control_status import ControlQuestion, control_view
from app.scoring.evaluation import Evaluation
from app.scoring.goods import ScoredLine
from app.scoring.law_changes import Clocks, LawChange, law_changes, reading_of
from app.scoring.scenarios import Change
from app.scoring.scored_lines import scored_lines

#: Prefix of the forms of assemblies; what is left is the form of what they hold.
_DEVICE = "device_"


@dataclass(frozen=True, slots=True)
class LawFlip:
    """An element for which the law reads differently.

    Attributes:
        line_id: Line of the goods, None for the element as the answer shows it.
        form: Product form of the goods.
        inside: True where the law speaks of what is inside an assembly.
        causes: Measures behind either reading that stand differently.
    """

    line_id: str | None
    element: str
    form: str | None
    inside: bool
    before: ControlView
    after: ControlView
    causes: tuple[LawChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two answers.

    Attributes:
        bom: Score of the product.
        elements: Score of each element that has a market.
        lines: Score of each line.
        flips: Elements and lines for which the law reads differently.
        measures: Every measure that stands differently, whether the product feels it or not.
    """

    bom: Change
    elements: tuple[Change, ...]
    lines: tuple[Change, ...]
    flips: tuple[LawFlip, ...]
    measures: tuple[LawChange, ...]

    @property
    def flipped_elements(self) -> tuple[str, ...]:
        """Return the elements for which the law reads differently somewhere, by symbol."""
        return tuple(sorted({flip.element for flip in self.flips}))


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with what it was computed from.

    Attributes:
        identified: What each line holds, by the same reference data.
        evaluation: Reference data and context.
    """

    bom: Bom
    identified: tuple[IdentifiedLine, ...]
    assessment: Assessment
    evaluation: Evaluation

    @property
    def clocks(self) -> Clocks:
        """Return the two days of the question."""
        return Clocks(self.evaluation.context.as_of, self.evaluation.context.known_on)


def difference(before: Answered, after: Answered) -> Difference:
    """Return what flipped between two answers about the same lines.

    Args:
        before: First answer; its date, its knowledge or its reference data are others.
        after: Second answer.

    References:
        docs/methodology.md, "Two clocks".
    """
    first, second = before.assessment, after.assessment
    registers = (
        (before.evaluation.reference.register, before.clocks),
        (after.evaluation.reference.register, after.clocks),
    )
    everything = law_changes(*registers)
    by_id = {change.measure: change for change in everything}
    return Difference(
        bom=Change("bom", first.bom.score, second.bom.score),
        elements=tuple(
            Change(one.symbol, one.score, two.score)
            for one, two in zip(first.elements, second.elements, strict=True)
            if one.score is not None and two.score is not None
        ),
        lines=tuple(
            Change(one.line_id, one.score, two.score)
            for one, two in zip(first.lines, second.lines, strict=True)
        ),
        flips=(*_element_flips(first, second, by_id), *_line_flips(before, after, by_id)),
        measures=everything,
    )


def _element_flips(
    first: Assessment, second: Assessment, changes: Mapping[str, LawChange]
) -> Iterator[LawFlip]:
    for one, two in zip(first.elements, second.elements, strict=True):
        if one.control is None or two.control is None:
            continue
        if reading_of(one.control) != reading_of(two.control):
            yield LawFlip(
                None, one.symbol, None, False, one.control, two.control,
                _causes(one.control, two.control, changes),
            )  # fmt: skip


def _line_flips(
    before: Answered, after: Answered, changes: Mapping[str, LawChange]
) -> Iterator[LawFlip]:
    first, second = _line_views(before), _line_views(after)
    for key in sorted(first.keys() & second.keys()):
        line_id, element = key
        (form, inside, one), (_, _, two) = first[key], second[key]
        if reading_of(one) != reading_of(two):
            yield LawFlip(line_id, element, form, inside, one, two, _causes(one, two, changes))


def _causes(
    one: ControlView, two: ControlView, changes: Mapping[str, LawChange]
) -> tuple[LawChange, ...]:
    named = sorted(set(one.measures) | set(two.measures))
    return tuple(changes[measure] for measure in named if measure in changes)


def _line_views(
    answered: Answered,
) -> dict[tuple[str, str], tuple[str, bool, ControlView]]:
    """Return the law for each element of each line: form, whether inside an assembly, view."""
    evaluation = answered.evaluation
    known: dict[tuple[object, ...], ControlView] = {}
    views: dict[tuple[str, str], tuple[str, bool, ControlView]] = {}
    lines = scored_lines(
        answered.bom, answered.identified, evaluation.reference, evaluation.context
    )
    for line in lines:
        form, inside = _form_of(line.chains[0], evaluation.reference.supply.chains)
        certain = line.contained_at(Side.LOW)
        possible = line.contained_at(Side.HIGH) - certain
        for element in line.elements:
            key = (element, form, certain, possible)
            if key not in known:
                known[key] = _view(line, element, form, evaluation)
            views[line.line_id, element] = (form, inside, known[key])
    return views


def _form_of(chain: Chain, chains: Mapping[str, Chain]) -> tuple[str, bool]:
    """Return the form of which the law speaks, and whether it is inside an assembly."""
    inner = chain.form.removeprefix(_DEVICE)
    return (inner, True) if inner != chain.form and inner in chains else (chain.form, False)


def _view(line: ScoredLine, element: str, form: str, evaluation: Evaluation) -> ControlView:
    context = evaluation.context
    certain = line.contained_at(Side.LOW)
    return control_view(
        evaluation.reference.register,
        evaluation.methodology,
        question=ControlQuestion(
            element=element,
            elements=certain | {element},
            form=form,
            destination=context.destination,
            end_use=context.end_use,
            as_of=context.as_of,
            known_on=context.known_on,
            end_user=context.end_user,
            lists=evaluation.end_user_lists,
            possible=line.contained_at(Side.HIGH) - certain - {element},
        ),
    )
