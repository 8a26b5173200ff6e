"""A figure with its favourable and unfavourable ends."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

from app.errors import InvalidNumberError


class Side(enum.IntEnum):
    """Which end of every interval an evaluation uses."""

    LOW = 0
    NOMINAL = 1
    HIGH = 2


@dataclass(frozen=True, slots=True)
class Triple:
    """A figure as (low, nominal, high); a known figure has all three equal.

    Raises:
        InvalidNumberError: A value is not finite, or low <= nominal <= high fails.
    """

    low: float
    nominal: float
    high: float

    def __post_init__(self) -> None:
        if -math.inf < self.low <= self.nominal <= self.high < math.inf:
            return  # nearly every figure
        if not (
            math.isfinite(self.low) and math.isfinite(self.nominal) and math.isfinite(self.high)
        ):
            raise InvalidNumberError(f"a figure must be finite, got {self!r}")
        raise InvalidNumberError(f"low <= nominal <= high does not hold for {self!r}")

    @classmethod
    def exactly(cls, value: float) -> Triple:
        """Return the triple of a figure that is known without doubt."""
        return cls(value, value, value)

    def at(self, side: Side) -> float:
        """Return the figure at one end."""
        if side is Side.NOMINAL:
            return self.nominal
        return self.low if side is Side.LOW else self.high

    def scaled(self, factor: float) -> Triple:
        """Return the triple times a non-negative factor."""
        return Triple(self.low * factor, self.nominal * factor, self.high * factor)


ZERO = Triple(0.0, 0.0, 0.0)
ONE = Triple(1.0, 1.0, 1.0)
