"""A catalogue in parts: which products were answered, which must be sent again. Sends nothing.

The service answers in the order of what was sent, one line for each product and a last one with
the summary. So the next line always belongs to the first product that still waits, and whatever
comes after a break is sent again: nothing twice, nothing forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .faults import ProblemError, UnexpectedAnswerError

Document = Mapping[str, Any]

#: Products and bytes of one request at most; what is lost by a break is less than this.
USUAL_PART = 500
_MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueAnswer:
    """The answer to one product: a document, or the problem that the service has with it.

    Attributes:
        index: Place of the product in what was given, from 0.
        id: Key of the product as the service returned it.
        document: The answer line as it came.
        problem: Why there is no score, or None.
    """

    index: int
    id: str | None
    document: Document
    problem: Document | None

    @property
    def score(self) -> float | None:
        """Return the score of the product, or None where there is none."""
        found = self.document.get("bom") or {}
        value = found.get("score")
        return None if value is None else float(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A product without an answer, and why."""

    index: int
    id: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a catalogue is."""

    answered: int
    problems: int
    repeated: int


@dataclass(slots=True, kw_only=True)
class CatalogueSummary:
    """What became of a catalogue; complete when every product was looked at.

    Attributes:
        answered: Products with an answer, those with a problem among them.
        problems: Products that the service could not score.
        repeated: Requests that had to be sent again.
        unanswered: Products without an answer.
    """

    answered: int = 0
    problems: int = 0
    repeated: int = 0
    unanswered: list[Unanswered] = field(default_factory=list)

    def progress(self) -> Progress:
        """Return how far it is now."""
        return Progress(answered=self.answered, problems=self.problems, repeated=self.repeated)


ProgressListener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product as it is sent."""

    index: int
    id: str | None
    line: bytes


def product_of(index: int, given: Document | bytes | str) -> Product:
    """Return a product as a line, from an object or from a line that is one already."""
    if isinstance(given, (bytes, str)):
        line = given.encode() if isinstance(given, str) else given
        return Product(index=index, id=_id_in(line), line=line.strip())
    line = json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode()
    return Product(index=index, id=_text(given.get("id")), line=line)


def _id_in(line: bytes) -> str | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return _text(found.get("id")) if isinstance(found, dict) else None


def _text(found: object) -> str | None:
    return found if isinstance(found, str) else None


def parts(
    products: Iterable[Document | bytes | str], *, size: int = USUAL_PART
) -> Iterator[list[Product]]:
    """Yield the products in parts of bounded number and size; empty lines are none."""
    part = PartBuilder(size=size)
    for given in products:
        full = part.add(given)
        if full:
            yield full
    if part.waiting:
        yield part.waiting


class PartBuilder:
    """Collects products until a part is full."""

    def __init__(self, *, size: int) -> None:
        self.waiting: list[Product] = []
        self._size = size
        self._bytes = 0
        self._index = 0

    def add(self, given: Document | bytes | str) -> list[Product]:
        """Take one product; return the part that is full with what came before, if it is."""
        if isinstance(given, (bytes, str)) and not given.strip():
            return []
        product = product_of(self._index, given)
        self._index += 1
        full: list[Product] = []
        if self.waiting and (
            len(self.waiting) >= self._size or self._bytes + len(product.line) > _MOST_BYTES
        ):
            full, self.waiting, self._bytes = self.waiting, [], 0
        self.waiting.append(product)
        self._bytes += len(product.line)
        return full


class Part:
    """The products of one request that still wait for an answer."""

    def __init__(self, products: list[Product]) -> None:
        self._waiting = products
        self._complete = False
        self._rest = b""

    @property
    def done(self) -> bool:
        """Return whether nothing waits."""
        return not self._waiting

    @property
    def waiting(self) -> list[Product]:
        """Return what still waits, in order."""
        return self._waiting

    def content(self) -> bytes:
        """Return what waits as a body, and forget what an earlier attempt left half read."""
        self._rest, self._complete = b"", False
        return b"".join(product.line + b"\n" for product in self._waiting)

    def feed(self, data: bytes) -> Iterator[CatalogueAnswer]:
        """Take bytes of an answer; yield the answers that they complete.

        Raises:
            UnexpectedAnswerError: A line is no answer to the product that is due.
        """
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        for line in lines:
            if line.strip():
                yield from self._line(line)

    def end(self) -> None:
        """Say that the answer ended.

        Raises:
            UnexpectedAnswerError: It ended in the middle of a line, or before the last one.
        """
        if self._rest.strip():
            raise UnexpectedAnswerError("the answer was cut off in the middle of a line")
        if not self._complete:
            raise UnexpectedAnswerError("the answer was cut off before its summary")
        if self._waiting:
            raise UnexpectedAnswerError("the answer ended before every product was answered")

    def _line(self, line: bytes) -> Iterator[CatalogueAnswer]:
        try:
            document = json.loads(line)
        except ValueError as error:
            raise UnexpectedAnswerError("a line of the answer is no JSON") from error
        if not isinstance(document, dict):
            raise UnexpectedAnswerError("a line of the answer is no JSON object")
        if "summary" in document and "id" not in document:
            self._complete = True
            return
        if not self._waiting:
            raise UnexpectedAnswerError("the answer holds more lines than products were sent")
        product = self._waiting[0]
        found = _text(document.get("id"))
        if product.id is not None and found != product.id:
            raise UnexpectedAnswerError("the answers are not in the order of the products")
        self._waiting = self._waiting[1:]
        problem = document.get("problem")
        yield CatalogueAnswer(index=product.index, id=found, document=document, problem=problem)

    def halves(self) -> list[Part]:
        """Return what waits as two parts, for a service to which it was too large at once."""
        middle = len(self._waiting) // 2
        return [Part(self._waiting[:middle]), Part(self._waiting[middle:])]

    def given_up(self, reason: str) -> list[Unanswered]:
        """Return what waits as products without an answer."""
        return [Unanswered(index=one.index, id=one.id, reason=reason) for one in self._waiting]


def refuses_everything(problem: ProblemError) -> bool:
    """Return whether a problem is about the whole catalogue, so that no other part would do."""
    return problem.status not in {413, 429, 500, 502, 503, 504}
