"""From a validated request to the domain: the bill of materials and the question about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from app.api.checks import keys_of, keys_of_raw, line_faults, sector_fault
from app.api.json_body import Parsed, parse, refuse
from app.api.schemas import bom as bom_schemas
from app.api.schemas.bom import (
    AssessmentRequest,
    BomBody,
    IdentifyRequest,
    LineBody,
    MaterialBody,
    SupplierBody,
)
from app.api.schemas.context import ContextBody, ContextText, OwnerBody
from app.batch.vocabulary import Vocabulary
from app.domain.bom import Bom, BomLine, Bridge, DeclaredMaterial, SourcingShare, Supplier
from app.domain.context import AssessmentContext, EndUse
from app.domain.entities import OwnerShare
from app.errors import Fault, LimitExceededError

_BODIES = (
    bom_schemas.AssessmentRequest,
    bom_schemas.BomBody,
    bom_schemas.LineBody,
    bom_schemas.MaterialBody,
    bom_schemas.SupplierBody,
    bom_schemas.SourcingBody,
    bom_schemas.BridgeBody,
)
#: Names of every field of a request body, for hints about misspelt ones.
KNOWN_FIELDS = tuple(dict.fromkeys(name for body in _BODIES for name in body.model_fields))

Asked = TypeVar("Asked", bound=AssessmentRequest)


def read_assessment_request(
    raw: bytes, vocabulary: Vocabulary, *, most_lines: int
) -> AssessmentRequest:
    """Return the validated request.

    Raises:
        UnreadableFileError: The bytes are no JSON.
        LimitExceededError: There are more lines than the service takes.
        InvalidInputError: Something does not fit; every fault is listed.
    """
    parsed = parse(raw, AssessmentRequest, known_fields=KNOWN_FIELDS)
    refuse(bom_faults(parsed, vocabulary, most_lines=most_lines))
    if parsed.body is None:  # a body without faults is there
        raise AssertionError
    return parsed.body


def bom_faults(
    parsed: Parsed[Asked], vocabulary: Vocabulary, *, most_lines: int
) -> tuple[Fault, ...]:
    """Return every fault of a request with a bill of materials, also across its fields.

    Raises:
        LimitExceededError: There are more lines than the service takes.
    """
    path = ("bom", "lines")
    if parsed.body is not None:
        limit_lines(len(parsed.body.bom.lines), most_lines, path)
        keys = [keys_of(line) for line in parsed.body.bom.lines]
        sector = parsed.body.bom.sector
    else:
        bom = parsed.raw.get("bom") if isinstance(parsed.raw, dict) else None
        lines = bom.get("lines") if isinstance(bom, dict) else None
        keys = [keys_of_raw(line) for line in lines] if isinstance(lines, list) else []
        sector = bom.get("sector") if isinstance(bom, dict) else None
    faults = list(parsed.faults)
    if isinstance(sector, str):
        fault = sector_fault(sector, vocabulary, ("bom", "sector"))
        faults.extend([fault] if fault else [])
    return (*faults, *line_faults(keys, vocabulary, path=path))


def read_identify_request(
    raw: bytes, vocabulary: Vocabulary, *, most_lines: int
) -> IdentifyRequest:
    """Return the validated lines; raises like `read_assessment_request`."""
    parsed = parse(raw, IdentifyRequest, known_fields=KNOWN_FIELDS)
    if parsed.body is not None:
        limit_lines(len(parsed.body.lines), most_lines, ("lines",))
        keys = [keys_of(line) for line in parsed.body.lines]
    else:
        lines = parsed.raw.get("lines") if isinstance(parsed.raw, dict) else None
        keys = [keys_of_raw(line) for line in lines] if isinstance(lines, list) else []
    refuse((*parsed.faults, *line_faults(keys, vocabulary, path=("lines",))))
    if parsed.body is None:  # a body without faults is there
        raise AssertionError
    return parsed.body


def limit_lines(count: int, most: int, path: Sequence[str]) -> None:
    """Refuse a bill of materials with too many lines.

    Raises:
        LimitExceededError: There are more than `most`.
    """
    if count > most:
        detail = (
            f"{count:,} lines are more than {most:,}, the limit LODESTONE_MAX_LINES of this "
            "service; split the bill of materials"
        )
        fault = Fault(code="too_many_lines", detail=detail, pointer="/" + "/".join(path))
        raise LimitExceededError(detail, (fault,))


def context_if_any(
    fields: ContextText, *, today_utc: date, default_destination: str | None
) -> AssessmentContext | None:
    """Return the question, or None where no destination is given: then nothing is scored."""
    if fields.destination is None and default_destination is None:
        return None
    return context_from(fields, today_utc=today_utc, default_destination=default_destination)


def context_from(
    fields: ContextBody | ContextText, *, today_utc: date, default_destination: str | None
) -> AssessmentContext:
    """Return the question with its defaults filled in.

    Args:
        fields: What the caller gave.
        today_utc: Day that counts where no `as_of` is given.
        default_destination: Destination of the deployment, or None.

    Raises:
        InvalidInputError: There is no destination.
    """
    destination = fields.destination or default_destination
    if destination is None:
        refuse(
            (
                Fault(
                    code="missing",
                    detail="give the destination, the country into which the goods are imported",
                    pointer="/destination",
                ),
            )
        )
        raise AssertionError
    as_of = fields.as_of or today_utc
    return AssessmentContext(
        destination=destination,
        end_use=EndUse(fields.end_use),
        end_user=(fields.end_user or "").strip() or None,
        as_of=as_of,
        known_on=fields.known_on or as_of,
        horizon_days=fields.horizon_days,
        language=fields.language,
        end_user_owners=_owners_from(fields.end_user_owners),
    )


def _owners_from(owners: Sequence[OwnerBody] | str | None) -> tuple[OwnerShare, ...]:
    """Return the owners of the end user, given as objects or as text.

    Raises:
        InvalidInputError: They own more than the whole.
    """
    if isinstance(owners, str):
        parts = [part.rpartition("=") for part in owners.split(";")]
        named = tuple(
            OwnerShare(name=name.strip(), share=Decimal(share.strip())) for name, _, share in parts
        )
    else:
        named = tuple(OwnerShare(name=one.name, share=one.share) for one in owners or ())
    if sum((one.share for one in named), Decimal(0)) > 1:
        detail = "the shares of the owners sum to more than 1"
        refuse((Fault(code="shares_over_one", detail=detail, pointer="/end_user_owners"),))
    return named


def owners_as_text(owners: Sequence[OwnerBody]) -> str:
    """Return owners in the form that a query or an option takes; the punctuation is lost."""
    return ";".join(
        f"{one.name.replace(';', ' ').replace('=', ' ')}={one.share:f}" for one in owners
    )


def bom_from(body: BomBody, vocabulary: Vocabulary) -> Bom:
    """Return the domain's bill of materials."""
    return Bom(
        id=body.id,
        name=body.name,
        sector=_sector_id(body.sector, vocabulary),
        annual_units=body.annual_units,
        daily_revenue=body.daily_revenue,
        currency=body.currency,
        unit_price=body.unit_price,
        usd_per_currency=tuple(sorted((body.usd_per_currency or {}).items())),
        lines=lines_from(body.lines, vocabulary, currency=body.currency),
    )


def lines_from(
    lines: Sequence[LineBody], vocabulary: Vocabulary, *, currency: str | None
) -> tuple[BomLine, ...]:
    """Return the domain's lines; one without an id gets its place as id."""
    taken = {line.line_id for line in lines}
    return tuple(
        _line_from(line, _line_id(line, place, taken), vocabulary, currency)
        for place, line in enumerate(lines, start=1)
    )


def _line_id(line: LineBody, place: int, taken: set[str | None]) -> str:
    if line.line_id is not None:
        return line.line_id
    name = str(place)
    while name in taken:
        name = f"#{name}"
    return name


def _line_from(
    line: LineBody, line_id: str, vocabulary: Vocabulary, currency: str | None
) -> BomLine:
    suppliers = [line.supplier] if line.supplier is not None else line.suppliers or []
    return BomLine(
        line_id=line_id,
        part_number=line.part_number,
        description=line.description,
        quantity=line.quantity,
        unit=line.unit,
        unit_mass_kg=line.unit_mass_kg,
        unit_price=line.unit_price,
        currency=_currency(line.unit_price, line.currency, currency),
        hs_code=line.hs_code,
        category=line.category,
        sector=_sector_id(line.sector, vocabulary),
        materials=tuple(_material_from(material) for material in line.materials or ()),
        suppliers=tuple(_supplier_from(supplier) for supplier in suppliers),
        sourcing=tuple(
            SourcingShare(stage=entry.stage, country=entry.country, share=entry.share)
            for entry in line.sourcing or ()
        ),
        recycled_share=line.recycled_share,
        stock_days=line.stock_days,
        lead_time_days=line.lead_time_days,
        bridges=tuple(
            Bridge(from_day=bridge.from_day, share=bridge.share) for bridge in line.bridges or ()
        ),
        revenue_at_risk=line.revenue_at_risk,
        parent_line_id=line.parent_line_id,
        manufacturer=line.manufacturer,
        product_type=tuple(sorted((line.product_type or {}).items())),
    )


def _currency(price: Decimal | None, own: str | None, of_bom: str | None) -> str | None:
    return own or (of_bom if price is not None else None)


def _sector_id(word: str | None, vocabulary: Vocabulary) -> str | None:
    return vocabulary.sector(word) if word is not None else None


def _material_from(material: MaterialBody) -> DeclaredMaterial:
    return DeclaredMaterial(
        name=material.name,
        cas=material.cas,
        ec=material.ec,
        formula=material.formula,
        mass_fraction=material.mass_fraction,
        mass_kg=material.mass_kg,
        elements=tuple(sorted((material.elements or {}).items())),
    )


def _supplier_from(supplier: SupplierBody) -> Supplier:
    return Supplier(
        name=supplier.name,
        country=supplier.country,
        share=supplier.share,
        general_licence_valid_to=supplier.general_licence_valid_to,
        new_relation=supplier.new_relation,
    )
