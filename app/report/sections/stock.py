"""How long the stock lasts against how long a licence takes, element by element."""

from __future__ import annotations

from app.domain.results import ElementResult
from app.report.charts.bars import days_bar
from app.report.markup import Child, Markup, tag
from app.report.sections.page import Page, section, table


def stock_section(page: Page) -> Markup | None:
    """Return the comparison for each element that needs a licence or has stock behind it."""
    shown = [one for one in page.exposed if _worth(one)]
    if not shown:
        return None
    words = page.words
    full = max(_longest(one) for one in shown)
    head: list[Child] = [
        words.say(f"col.{name}") for name in ("element", "stock_bar", "stock", "licence", "gap")
    ]
    rows = [_row(one, page, full) for one in shown]
    caption = words.say("stock.title")
    return section(
        page, "stock", table(head, rows, class_="stock bars", caption=caption, numbers=3)
    )


def _worth(element: ElementResult) -> bool:
    licence = element.control.licence_days if element.control else None
    return licence is not None and licence.high >= 1.0 and element.score is not None


def _longest(element: ElementResult) -> float:
    licence = element.control.licence_days if element.control else None
    return max(element.time_to_survive_days or 0.0, licence.high if licence else 0.0)


def _row(element: ElementResult, page: Page, full: float) -> list[Child]:
    words = page.words
    licence = element.control.licence_days if element.control else None
    stock = element.time_to_survive_days
    name = page.subject.element_name(element.symbol)
    stock_text = words.say("stock.unknown") if stock is None else words.whole(stock)
    span = f"{licence.low:.0f}–{licence.high:.0f}" if licence else "–"
    usual = f"{licence.nominal:.0f}" if licence else "–"
    gap = (licence.nominal - stock) if licence and stock is not None else None
    label = words.say("stock.label", element=name, stock=stock_text, usual=usual, span=span)
    bar = days_bar(
        stock,
        (licence.low, licence.nominal, licence.high) if licence else None,
        full=full,
        label=label,
    )
    return [
        tag("span", tag("b", element.symbol, class_="symbol"), " ", name),
        bar,
        stock_text,
        tag("span", usual, tag("br"), tag("small", span)),
        _gap(gap, page),
    ]


def _gap(gap: float | None, page: Page) -> Markup | str:
    if gap is None:
        return "–"
    key = "stock.short" if gap > 0.5 else "stock.enough"
    return tag(
        "strong" if gap > 0.5 else "span",
        page.words.say(key, days=page.words.whole(abs(gap))),
    )
