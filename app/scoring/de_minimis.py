"""The value test for goods made abroad with listed material of a controlling country.

Where the material came from is another question (`app.scoring.reexport`): the test takes it as
the issuer's, which errs towards more risk.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from app.domain.abroad import DeMinimisOutcome, DeMinimisTest
from app.domain.bom import Bom, BomLine
from app.domain.controls import ControlledItems, ControlMeasure, Extraterritorial, RegisterStage
from app.domain.exposure import ElementContent, IdentifiedLine
from app.domain.reference import ReferenceData
from app.domain.supply import Price
from app.domain.triple import Side
from app.scoring.listed_goods import Fit, contained_at, fits, listed_elements

#: Currency of the public prices in the reference data; no exchange rate is guessed.
PRICE_CURRENCY = "USD"

#: What would settle a test.
PRICE = "price"
CONTENT = "content"

_NOTHING = Decimal(0)

#: Kinds of goods without a price whose tests are kept.
_MOST_SHAPES = 10_000
_Ratios = tuple[Decimal | None, Decimal | None, Decimal | None]

#: Forms in which the material of a value test is bought, before it becomes a listed product.
_MATERIAL_STAGES = frozenset({RegisterStage.OXIDE, RegisterStage.METAL, RegisterStage.ALLOY})


@dataclass(frozen=True, slots=True)
class _Value:
    """Value of the listed material [USD]; `high` is None where nothing bounds it."""

    low: Decimal
    nominal: Decimal | None
    high: Decimal | None
    missing: str = ""


def value_threshold(measure: ControlMeasure) -> Decimal | None:
    """Return the threshold of a measure that a bill of materials could show [1], or None."""
    limit = measure.scope.de_minimis
    return limit.threshold if limit is not None and limit.basis == "value" else None


def usd(amount: Decimal | None, currency: str | None, bom: Bom) -> Decimal | None:
    """Return an amount in US dollars, or None where there is no amount or no rate.

    Args:
        amount: Money above zero in `currency`.
        currency: ISO 4217 code, or None.
        bom: Holds the rates that the caller gave.
    """
    if amount is None or amount <= 0 or currency is None:
        return None
    if currency == PRICE_CURRENCY:
        return amount
    for code, usd_per_unit in bom.usd_per_currency:
        if code == currency:
            return amount * usd_per_unit
    return None


def line_spend(line: BomLine, bom: Bom) -> Decimal | None:
    """Return what a product's need of a line costs [USD], or None."""
    if line.unit_price is None or line.quantity is None:
        return None
    return usd(line.unit_price * Decimal(repr(line.quantity)), line.currency, bom)


class ValueTests:
    """The value tests of lines. Those without any price depend on the kind of goods alone.

    Args:
        reference: Chains, and public prices of contained elements [USD/kg].
    """

    def __init__(self, reference: ReferenceData) -> None:
        self._reference = reference
        self._unpriced: dict[Hashable, DeMinimisTest | None] = {}

    def of(
        self, measure: ControlMeasure, line: BomLine, found: IdentifiedLine, bom: Bom
    ) -> DeMinimisTest | None:
        """Return the test of a measure on a line; see `line_test`."""
        kind = self.unpriced_kind(line, found, bom)
        if kind is None:
            return line_test(measure, line, found, bom=bom, reference=self._reference)
        key = (measure.id, kind)
        if key not in self._unpriced:
            if len(self._unpriced) >= _MOST_SHAPES:
                self._unpriced.clear()
            self._unpriced[key] = line_test(
                measure, line, found, bom=bom, reference=self._reference
            )
        known = self._unpriced[key]
        return None if known is None else replace(known, line_id=line.line_id)

    def unpriced_kind(self, line: BomLine, found: IdentifiedLine, bom: Bom) -> Hashable:
        """Return all that tests of a line depend on besides its id; None where it has a price."""
        if line_spend(line, bom) is not None or usd(bom.unit_price, bom.currency, bom) is not None:
            return None
        why = _why_unpriced(line.unit_price, line.quantity, line.currency)
        return (why, found.forms, tuple([_shape(one) for one in found.elements]))


def _shape(content: ElementContent) -> Hashable:
    """Return what a test without a price asks of a content."""
    presence, fraction, mass = content.presence, content.fraction, content.mass_kg
    return (
        content.symbol,
        presence.low > 0.0 and (fraction is None or fraction.low > 0.0),
        presence.high > 0.0 and (fraction is None or fraction.high > 0.0),
        None if mass is None else mass.high > 0.0,
    )


def line_test(
    measure: ControlMeasure,
    line: BomLine,
    found: IdentifiedLine,
    *,
    bom: Bom,
    reference: ReferenceData,
) -> DeMinimisTest | None:
    """Return the value test of a measure on a line, or None where it has no threshold.

    Equal to the threshold counts as reached. Without a price of the line the price of the
    product bounds it from above, and an assembly's price bounds that of the item inside: then
    the test can say that the threshold is reached, never that it is not.

    Args:
        measure: Measure with a value threshold.
        line: Price, quantity and currency.
        found: Elements of the line with their masses, and its forms.
        bom: Price of the product and exchange rates.
        reference: Chains, and public prices of contained elements [USD/kg].

    References:
        docs/methodology.md, "Goods made abroad"; MOFCOM Announcement 61 of 2025.
    """
    threshold = value_threshold(measure)
    if threshold is None:
        return None
    items = measure.scope.items
    chains = reference.supply.chains
    possible = fits(items, found, chains, side=Side.HIGH)
    elements = listed_elements(items, found.elements)
    if not found.elements or all(fit is Fit.NONE for fit in possible):
        return DeMinimisTest(
            measure=measure.id, line_id=line.line_id, outcome=DeMinimisOutcome.NOT_CAUGHT,
            low=_NOTHING, value=_NOTHING, high=_NOTHING, elements=(),
            why="the goods are no item of the measure, nor do they hold one",
        )  # fmt: skip
    certain = all(fit is not Fit.NONE for fit in fits(items, found, chains, side=Side.LOW))
    content = _content(items, found.elements, reference.supply.prices, certain=certain)
    spend = line_spend(line, bom)
    bounded = spend is None or Fit.INSIDE in possible
    price = spend if spend is not None else usd(bom.unit_price, bom.currency, bom)
    if bounded and content.high != _NOTHING:
        content = _Value(content.low, None, None, content.missing)
    return _judged(
        measure,
        line.line_id,
        content,
        price,
        threshold=threshold,
        elements=elements,
        unpriced=_why_unpriced(line.unit_price, line.quantity, line.currency),
        bound="" if not bounded else "product" if spend is None else "assembly",
    )


def product_test(
    measure: ControlMeasure,
    bom: Bom,
    identified: tuple[IdentifiedLine, ...],
    *,
    reference: ReferenceData,
) -> DeMinimisTest | None:
    """Return the value test on the product itself, as its maker abroad would make it.

    Lines that are oxides, metals or alloys of the announcement's lists are the material, at
    their own price where they have one; the product is taken to be an item of the measure.

    Args:
        measure: Measure with a value threshold.
        bom: Lines, price of the product and exchange rates.
        identified: What each line holds, in the same order.
        reference: Measures, chains, public prices.

    Returns:
        The test, or None where the product has no price or no line is such a material.
    """
    threshold = value_threshold(measure)
    if threshold is None or bom.unit_price is None:
        return None
    items = _material_items(measure, reference.register.measures.values())
    parts: list[_Value] = []
    elements: set[str] = set()
    for line, found in zip(bom.lines, identified, strict=True):
        chains = reference.supply.chains
        if Fit.SELF in fits(items, found, chains, side=Side.HIGH):
            certain = all(fit is Fit.SELF for fit in fits(items, found, chains, side=Side.LOW))
            parts.append(_material_value(line, found, bom, items, reference, certain=certain))
            elements.update(listed_elements(items, found.elements))
    if not parts:
        return None
    return _judged(
        measure,
        None,
        _summed(parts),
        usd(bom.unit_price, bom.currency, bom),
        threshold=threshold,
        elements=tuple(sorted(elements)),
        unpriced=_why_unpriced(bom.unit_price, 1.0, bom.currency),
        bound="",
    )


def threshold_match(outcome: DeMinimisOutcome) -> tuple[float, float, float]:
    """Return the match of a content threshold at each end for an outcome [1]."""
    if outcome is DeMinimisOutcome.CAUGHT:
        return (1.0, 1.0, 1.0)
    if outcome is DeMinimisOutcome.NOT_CAUGHT:
        return (0.0, 0.0, 0.0)
    return (0.0, 0.0, 1.0)


def _material_items(
    measure: ControlMeasure, measures: Iterable[ControlMeasure]
) -> tuple[ControlledItems, ...]:
    """Return what the announcement lists as material, not yet as a product made of it."""
    return tuple(
        item
        for other in measures
        if other.announcement == measure.announcement
        and Extraterritorial.CHINESE_ORIGIN_REEXPORT in other.scope.extraterritorial
        for item in other.scope.items
        if item.stages <= _MATERIAL_STAGES
    )


def _material_value(
    line: BomLine,
    found: IdentifiedLine,
    bom: Bom,
    items: tuple[ControlledItems, ...],
    reference: ReferenceData,
    *,
    certain: bool,
) -> _Value:
    """Return the value of a line that is listed material: its price, if all of it is."""
    spend = line_spend(line, bom)
    listed = set(listed_elements(items, found.elements))
    if spend is not None and contained_at(found.elements, Side.HIGH) <= listed:
        return _Value(spend if certain else _NOTHING, spend, spend)
    content = _content(items, found.elements, reference.supply.prices, certain=certain)
    if content.high is None and spend is not None:
        # The listed part costs no more than the whole.
        return _Value(min(content.low, spend), None, spend, content.missing)
    return content


def _content(
    items: Iterable[ControlledItems],
    contents: Iterable[ElementContent],
    prices: Mapping[str, Price],
    *,
    certain: bool,
) -> _Value:
    """Return the value of the listed elements at public prices [USD]."""
    named = frozenset[str]().union(*(item.elements for item in items))
    low = nominal = high = _NOTHING
    missing: list[str] = []
    held = {side: contained_at(contents, side) for side in Side}
    for content in contents:
        symbol = content.symbol
        if symbol not in named or symbol not in held[Side.HIGH]:
            continue
        price = prices.get(symbol)
        if price is None or content.mass_kg is None:
            what = "public price" if price is None else "mass"
            missing.append(f"no {what} of {symbol}")
            continue
        mass, cost, present = content.mass_kg, price.usd_per_kg, content.presence
        if symbol in held[Side.LOW] and present.low == 1.0:
            low += _product(mass.low, cost.low)
        if symbol in held[Side.NOMINAL]:
            nominal += _product(mass.nominal, cost.nominal) * Decimal(repr(present.nominal))
        high += _product(mass.high, cost.high)
    told = None if missing else (nominal, high)
    return _Value(
        low if certain else _NOTHING,
        told and told[0],
        told and told[1],
        ", ".join(sorted(missing)),
    )


def _product(mass_kg: float, usd_per_kg: float) -> Decimal:
    return Decimal(repr(mass_kg)) * Decimal(repr(usd_per_kg))


def _summed(parts: Iterable[_Value]) -> _Value:
    low = nominal = high = _NOTHING
    missing: list[str] = []
    open_value = open_end = False
    for part in parts:
        low += part.low
        nominal += part.nominal or _NOTHING
        high += part.high or _NOTHING
        open_value |= part.nominal is None
        open_end |= part.high is None
        if part.missing and part.missing not in missing:
            missing.append(part.missing)
    return _Value(
        low, None if open_value else nominal, None if open_end else high, ", ".join(missing)
    )


def _why_unpriced(amount: Decimal | None, quantity: float | None, currency: str | None) -> str:
    if amount is None:
        return "no price of the goods"
    if quantity is None:
        return "no quantity of the goods"
    if amount <= 0 or quantity <= 0:
        return "no price above zero"
    if currency is None:
        return "no currency of the price"
    return f"no rate from {currency} to {PRICE_CURRENCY}, and none is guessed"


def _judged(
    measure: ControlMeasure,
    line_id: str | None,
    content: _Value,
    price: Decimal | None,
    *,
    threshold: Decimal,
    elements: tuple[str, ...],
    unpriced: str,
    bound: str,
) -> DeMinimisTest:
    """Return the outcome of a value over a price; compared as products, so exact on the border."""
    border = threshold * (price or _NOTHING)
    ratios: _Ratios = (None, None, None)
    if price is not None:
        ratios = (content.low / price, _over(content.nominal, price), _over(content.high, price))
    lacks = ""
    if content.high == _NOTHING:
        ratios = (_NOTHING, _NOTHING, _NOTHING)
        outcome, why = DeMinimisOutcome.NOT_CAUGHT, "the listed elements weigh nothing"
    elif price is None:
        outcome, why, lacks = DeMinimisOutcome.CANNOT_TELL, unpriced, PRICE
    elif content.low >= border:
        outcome, why = DeMinimisOutcome.CAUGHT, _CAUGHT_BY[bound]
    elif content.high is not None and content.high < border:
        outcome, why = DeMinimisOutcome.NOT_CAUGHT, "even the highest value stays below it"
    else:
        outcome = DeMinimisOutcome.CANNOT_TELL
        why = content.missing or _OPEN_BY[bound]
        lacks = PRICE if bound and not content.missing else CONTENT
    low, value, high = ratios
    return DeMinimisTest(
        measure=measure.id, line_id=line_id, outcome=outcome,
        low=low, value=value, high=high, why=why, elements=elements, lacks=lacks,
    )  # fmt: skip


def _over(value: Decimal | None, price: Decimal) -> Decimal | None:
    return None if value is None else value / price


_CAUGHT_BY = {
    "": "even the lowest value reaches the threshold",
    "product": "even against the whole product's price the lowest value reaches the threshold",
    "assembly": "even against the assembly's price the lowest value reaches the threshold",
}
_OPEN_BY = {
    "": "the interval straddles the threshold",
    "product": "the line has no price, and against the product's the threshold is not reached",
    "assembly": "the price of the item inside the assembly is not known",
}
