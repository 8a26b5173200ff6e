"""Changes to the inputs of an assessment, from which what-ifs and actions are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.bom import Bom
from app.domain.context import AssessmentContext
from app.domain.exposure import IdentifiedLine
from app.domain.reference import ReferenceData

#: Source key of what a caller supposes; no document stands behind it.
SUPPOSED = "judgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything that an assessment is computed from."""

    bom: Bom
    identified: tuple[IdentifiedLine, ...]
    reference: ReferenceData
    context: AssessmentContext

    @property
    def known(self) -> date:
        """Return the earlier of the two dates: by then a supposition counts as known."""
        return min(self.context.as_of, self.context.known_on)


#: A change of inputs; it returns changed copies and leaves its argument alone.
Patch = Callable[[Inputs], Inputs]


def apply_patches(inputs: Inputs, patches: Iterable[Patch]) -> Inputs:
    """Return the inputs after each patch in order; without patches the very same object."""
    for patch in patches:
        inputs = patch(inputs)
    return inputs


def same_world(one: Inputs, other: Inputs) -> bool:
    """Return whether two inputs differ in the goods at most, so that evaluations can be shared."""
    return one.reference is other.reference and one.context == other.context
