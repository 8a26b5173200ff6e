"""What rules on goods made abroad, or sent on from there, say of a bill of materials."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal

from app.domain.provenance import Basis


class DeMinimisOutcome(enum.StrEnum):
    """Whether the content of some goods reaches a threshold."""

    CAUGHT = "caught"
    NOT_CAUGHT = "not_caught"
    CANNOT_TELL = "cannot_tell"


class Reached(enum.StrEnum):
    """Whether a rule on sending goods on reaches a line."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeMinimisTest:
    """Result of the value test of one measure on one line, or on the product.

    Attributes:
        line_id: The line, None for the product as a whole.
        low, value, high: Value of the listed material over the value of the goods [1]; None
            where it has no bound or cannot be computed.
        why: One sentence.
        elements: Listed elements that the goods may hold.
        lacks: What would settle the test: price, content, or nothing.
    """

    measure: str
    line_id: str | None
    outcome: DeMinimisOutcome
    low: Decimal | None
    value: Decimal | None
    high: Decimal | None
    why: str
    elements: tuple[str, ...] = ()
    lacks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginShare:
    """How much of a line's listed material is of the issuer's origin.

    Attributes:
        share: Probability that a delivery holds such material [1].
        basis: declared where the caller's own shares decide it, else derived from trade.
    """

    share: float
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class ReexportLine:
    """What a rule on sending goods on from abroad says of one line.

    Attributes:
        elements: Listed elements that the goods may hold.
        certain: True where they hold one of them without doubt.
        origin: How much of it is of the issuer's origin.
    """

    measure: str
    line_id: str
    reached: Reached
    elements: tuple[str, ...]
    certain: bool
    origin: OriginShare
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbroadQuestion:
    """What a maker outside the issuer's country has to ask, and of which lines."""

    code: str
    text: str
    line_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AbroadReport:
    """Everything that extraterritorial rules say of a bill of materials."""

    de_minimis: tuple[DeMinimisTest, ...] = ()
    reexport: tuple[ReexportLine, ...] = ()
    questions: tuple[AbroadQuestion, ...] = ()


#: The report of a product of which nobody asked.
NOTHING_ABROAD = AbroadReport()
