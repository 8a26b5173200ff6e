"""One line of a catalogue: bytes in, bytes out; what is wrong with it is its own problem."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date

import orjson

from app.api.answers.assessment import assessment_answer
from app.api.checks import keys_of, keys_of_raw, line_faults, sector_fault
from app.api.json_body import Parsed, parse, refuse
from app.api.known_lines import KnownLines
from app.api.problems import kind_of, problem_document
from app.api.requests import KNOWN_FIELDS, bom_from, context_from, limit_lines
from app.api.schemas.catalogue import CatalogueProduct, CatalogueQuery
from app.api.schemas.context import ContextBody
from app.api.schemas.queries import Detail
from app.api.versions import versions_from
from app.batch.catalogue import CatalogueSummary, ProductScore, Session, product_score
from app.batch.pipeline import Engine
from app.batch.reading import read_file
from app.batch.vocabulary import Vocabulary
from app.domain.bom import Bom
from app.errors import Fault, InvalidInputError, LimitExceededError, ProcurementRiskError
from app.scoring.assess import AssessOptions

_LOG = logging.getLogger("lodestone.defect")

_KNOWN_FIELDS = (*KNOWN_FIELDS, "context", *ContextBody.model_fields)
_CONTEXT_FIELDS = tuple(ContextBody.model_fields)
_DEFECT = "the service met a defect; nothing about this product was kept"

_OPTIONS: dict[Detail, AssessOptions] = {
    "summary": AssessOptions(
        lines=False,
        waterfall=False,
        profile=False,
        abroad=False,
        each_line=False,
        causes=False,
        amounts=False,
    ),
    "elements": AssessOptions(lines=False, waterfall=False, each_line=False),
    "full": AssessOptions(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for every product of a catalogue.

    Attributes:
        query: The question of products that have none of their own, and the depth.
        today: Day that counts where no `as_of` is given.
        default_destination: Destination of the deployment, or None.
        most_bytes: Longest line [bytes].
        most_lines: Most lines of one product.
    """

    query: CatalogueQuery
    today: date
    default_destination: str | None
    most_bytes: int
    most_lines: int


class ProductAnswerer:
    """Answers the products of one catalogue, each on its own.

    Args:
        engine: Reference data and identifier.
        terms: What holds for every product.
    """

    def __init__(self, engine: Engine, terms: Terms) -> None:
        self._session = Session(engine)
        self._terms = terms
        self._known = KnownLines(engine.vocabulary, most_lines=terms.most_lines)

    @property
    def engine(self) -> Engine:
        """Return reference data and identifier."""
        return self._session.engine

    def answer(self, raw: bytes, place: int) -> tuple[bytes, ProductScore]:
        """Return the answer to one line without a line end, and what the summary needs.

        Args:
            raw: One JSON object.
            place: Place of the product in the catalogue, counted from 1.
        """
        product_id: str | None = None
        try:
            _refuse_long(raw, self._terms.most_bytes)
            known = self._known.product(raw, place)
            if known is not None:
                product_id = known.bom.id
                return self._assessed(known.bom, known.context, place)
            parsed = parse(raw, CatalogueProduct, known_fields=_KNOWN_FIELDS)
            product_id = _id_of(parsed)
            body = self._checked(parsed)
            product_id = body.id or str(place)
            bom = bom_from(
                body.model_copy(update={"id": product_id}), self._session.engine.vocabulary
            )
            return self._assessed(bom, body.context, place)
        except ProcurementRiskError as error:
            return _problem_line(error, product_id, place)
        except Exception as error:  # noqa: BLE001 - one bad product never stops the rest
            return _defect_line(error, product_id, place)

    def answer_file(self, content: bytes, name: str, place: int) -> tuple[bytes, ProductScore]:
        """Return the answer to a product in a file of any format that is read.

        Args:
            content: The file.
            name: Its name; without its ending it is the id of the product.
            place: Place of the product in the catalogue, counted from 1.
        """
        product_id = name.rpartition(".")[0] or name
        product = _product_in(content) if name.endswith(".json") else None
        if product is not None:
            return self.answer(orjson.dumps({"id": product_id, **product}), place)
        try:
            bom = read_file(
                content,
                name=name,
                vocabulary=self._session.engine.vocabulary,
                most_lines=self._terms.most_lines,
            )
            return self._assessed(replace(bom, id=product_id), None, place)
        except ProcurementRiskError as error:
            return _problem_line(error, product_id, place)
        except Exception as error:  # noqa: BLE001 - one bad product never stops the rest
            return _defect_line(error, product_id, place)

    def _checked(self, parsed: Parsed[CatalogueProduct]) -> CatalogueProduct:
        refuse(_faults(parsed, self._session.engine.vocabulary, most_lines=self._terms.most_lines))
        if parsed.body is None:  # a body without faults is there
            raise AssertionError
        return parsed.body

    def _assessed(
        self, bom: Bom, own: ContextBody | None, place: int
    ) -> tuple[bytes, ProductScore]:
        terms = self._terms
        merged = {name: getattr(terms.query, name) for name in _CONTEXT_FIELDS}
        if own is not None:
            merged |= {name: getattr(own, name) for name in own.model_fields_set}
        context = context_from(
            ContextBody.model_construct(**merged),
            today_utc=terms.today,
            default_destination=terms.default_destination,
        )
        detail = terms.query.detail
        assessed = self._session.assess(bom, context, _OPTIONS[detail])
        answer = assessment_answer(
            assessed,
            self._session.engine.reference,
            detail=detail,
            ready=self._session.engine.ready_made,
        )
        return orjson.dumps({"id": bom.id, **answer}), product_score(assessed, place)


def _product_in(content: bytes) -> dict[str, object] | None:
    """Return the product of a request or of a line of a catalogue, None for any other JSON."""
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(value, dict):
        return None
    bom = value.pop("bom", None)
    if isinstance(bom, dict):
        return {**bom, "context": value} if value else bom
    return value if isinstance(value.get("lines"), list) and "id" in value else None


def summary_line(summary: CatalogueSummary, engine: Engine, *, complete: bool) -> bytes:
    """Return the last line of a catalogue's answer, without a line end.

    Args:
        summary: Sums over the products.
        engine: Names the versions.
        complete: Whether every product was answered.
    """
    versions = versions_from(engine.reference)
    return orjson.dumps(
        {
            "summary": {
                **versions,
                "complete": complete,
                **summary.document(engine.reference.methodology),
            }
        }
    )


def _faults(
    parsed: Parsed[CatalogueProduct], vocabulary: Vocabulary, *, most_lines: int
) -> tuple[Fault, ...]:
    """Return every fault of a product, also across its fields."""
    faults = list(parsed.faults)
    if parsed.body is not None:
        limit_lines(len(parsed.body.lines), most_lines, ("lines",))
        keys = [keys_of(line) for line in parsed.body.lines]
        sector: object = parsed.body.sector
    else:
        raw = parsed.raw if isinstance(parsed.raw, dict) else {}
        lines = raw.get("lines")
        keys = [keys_of_raw(line) for line in lines] if isinstance(lines, list) else []
        sector = raw.get("sector")
    if isinstance(sector, str):
        fault = sector_fault(sector, vocabulary, ("sector",))
        faults.extend([fault] if fault else [])
    return (*faults, *line_faults(keys, vocabulary, path=("lines",)))


def _id_of(parsed: Parsed[CatalogueProduct]) -> str | None:
    """Return the id of a product that may have faults, as far as it can be read."""
    if parsed.body is not None:
        return parsed.body.id or None
    value = parsed.raw.get("id") if isinstance(parsed.raw, dict) else None
    return value if isinstance(value, str) else None


def _refuse_long(raw: bytes, most_bytes: int) -> None:
    if len(raw) <= most_bytes:
        return
    detail = (
        f"the line is longer than {most_bytes:,} bytes, the limit LODESTONE_MAX_JSON_BYTES; "
        "split the product"
    )
    raise LimitExceededError(detail, (Fault(code="too_large", detail=detail),))


def _defect_line(
    error: Exception, product_id: str | None, place: int
) -> tuple[bytes, ProductScore]:
    """Log the kind of a defect, never its text, which could quote the product."""
    _LOG.error("%s in a catalogue", type(error).__name__)
    return _problem_line(ProcurementRiskError(_DEFECT), product_id, place)


def _problem_line(
    error: ProcurementRiskError, product_id: str | None, place: int
) -> tuple[bytes, ProductScore]:
    kind = kind_of(error)
    faults = error.faults if isinstance(error, InvalidInputError) else ()
    document = problem_document(kind, str(error), faults, instance=f"/v1/catalogue#{place}")
    line = orjson.dumps({"id": product_id, "place": place, "problem": document})
    return line, ProductScore(place=place, id=product_id, problem=kind.name)
