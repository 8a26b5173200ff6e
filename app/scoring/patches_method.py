"""What-ifs about the figures of the method: one parameter, or every delay."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from app.domain.methodology import Evidence, Methodology, Parameters
from app.domain.triple import Triple
from app.errors import InvalidNumberError, UnknownKeyError
from app.scoring.patches import Inputs

CREDENCE = "credence."


def span_of(parameters: Parameters, name: str) -> tuple[float, float]:
    """Return the smallest and largest value that a parameter may take.

    Args:
        parameters: Of the method.
        name: A field with an interval, or "credence." and a class of evidence.

    Raises:
        UnknownKeyError: There is no such parameter, or it has no interval.
    """
    value: object = None
    if name.startswith(CREDENCE):
        evidence = name.removeprefix(CREDENCE)
        value = {one.value: triple for one, triple in parameters.credence.items()}.get(evidence)
    elif name in Parameters.__dataclass_fields__:
        value = getattr(parameters, name)
    if isinstance(value, Triple):
        return value.low, value.high
    if isinstance(value, tuple):
        return min(value), max(value)
    raise UnknownKeyError(f"the method has no parameter {name!r} with an interval")


def with_parameter(parameters: Parameters, name: str, value: float) -> Parameters:
    """Return the parameters with one of them known without doubt."""
    if name.startswith(CREDENCE):
        evidence = Evidence(name.removeprefix(CREDENCE))
        return replace(
            parameters, credence={**parameters.credence, evidence: Triple.exactly(value)}
        )
    exact = Triple.exactly(value)
    is_triple = isinstance(getattr(parameters, name), Triple)
    moved = {name: exact if is_triple else (value, value, value)}
    return replace(parameters, **moved)  # type: ignore[arg-type]  # the field has this very type


def _with_parameters(inputs: Inputs, parameters: Parameters) -> Inputs:
    method: Methodology = replace(inputs.reference.methodology, parameters=parameters)
    return replace(inputs, reference=replace(inputs.reference, methodology=method))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetParameter:
    """A parameter of the method is known to be this value, within its stated interval."""

    name: str
    value: float

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            UnknownKeyError: There is no such parameter with an interval.
            InvalidNumberError: The value lies outside the interval.
        """
        parameters = inputs.reference.methodology.parameters
        low, high = span_of(parameters, self.name)
        if not low <= self.value <= high:
            raise InvalidNumberError(
                f"parameter {self.name!r} lies between {low:g} and {high:g}, got {self.value!r}"
            )
        return _with_parameters(inputs, with_parameter(parameters, self.name, self.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiplyDelays:
    """Every delay is a multiple of what it was."""

    factor: float

    def __call__(self, inputs: Inputs) -> Inputs:
        """Return the changed inputs.

        Raises:
            InvalidNumberError: The factor is negative or not finite.
        """
        if not math.isfinite(self.factor) or self.factor < 0.0:
            raise InvalidNumberError(f"the factor on delays is 0 or more, got {self.factor!r}")
        parameters = inputs.reference.methodology.parameters
        scaled = parameters.delay_multiplier.scaled(self.factor)
        return _with_parameters(inputs, replace(parameters, delay_multiplier=scaled))
