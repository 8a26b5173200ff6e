"""The 17 elements: a strip of all, and those in the product ranked with law and cause."""

from __future__ import annotations

from app.domain.results import ElementResult
from app.report.markup import Child, Markup, joined, tag
from app.report.phrases import cause_text, status_badge
from app.report.sections.page import Page, bar_of, figures_of, section, table

#: A score below this reads 0.0.
_SHOWN = 0.05


def elements_section(page: Page) -> Markup:
    """Return the strip and the ranked table."""
    return section(page, "elements", _strip(page), _ranked(page))


def _strip(page: Page) -> Markup:
    words = page.words
    cells = [_cell(one, page) for one in page.subject.assessment.elements]
    return tag("ol", cells, class_="strip", aria_label=words.say("strip.label"))


def _cell(element: ElementResult, page: Page) -> Markup:
    words = page.words
    score = element.score if element.exposed else None
    band = score.band if score else "none"
    shown = words.tenths(score.nominal) if score else "–"
    word = words.say(f"band.{band}") if score else words.say("strip.absent")
    if score and score.nominal < _SHOWN <= score.high:
        word = words.say("strip.possible", high=words.tenths(score.high))
    if element.score is None:
        word = words.say("strip.no_market")
    status = words.say(f"status.short.{element.control.status}") if element.control else ""
    return tag(
        "li",
        tag("span", str(page.subject.reference.elements[element.symbol].atomic_number),
            class_="z"),
        tag("b", element.symbol),
        tag("span", page.subject.element_name(element.symbol), class_="name"),
        tag("span", shown, class_="score"),
        tag("span", word, class_="word"),
        tag("span", status, class_="law"),
        class_=f"cell {band}",
    )  # fmt: skip


def _ranked(page: Page) -> Markup:
    words, exposed = page.words, page.exposed
    if not exposed:
        return tag("p", words.say("elements.none"))
    head: list[Child] = [
        words.say(f"col.{name}")
        for name in ("element", "score_bar", "score", "law", "cause", "days")
    ]
    rows = [_row(one, page) for one in exposed]
    caption = words.say("elements.title")
    return table(head, rows, class_="elements bars", caption=caption, numbers=1)


def _row(element: ElementResult, page: Page) -> list[Child]:
    words, score = page.words, element.score
    name = page.subject.element_name(element.symbol)
    mass = element.mass_kg
    amount = words.mass(mass.nominal) if mass is not None and mass.nominal > 0.0 else None
    head = joined(
        tag("b", element.symbol, class_="symbol"),
        " ",
        name,
        [joined(tag("br"), tag("small", amount))] if amount else None,
    )
    if score is None:
        return [head, "–", words.say("strip.no_market"), "–", "–", "–"]
    figures = figures_of(score, page)
    law = status_badge(element.control, words) if element.control else "–"
    return [
        head,
        bar_of(score, page, name),
        figures,
        law,
        _cause(element, page),
        words.whole(element.expected_stockout_days),
    ]


def _cause(element: ElementResult, page: Page) -> Markup:
    words = page.words
    main = max(element.contributions, key=lambda part: part.points, default=None)
    if main is None or element.score is None:
        high = element.score.high if element.score else 0.0
        return joined(words.say("cause.only_possible" if high > 0.0 else "cause.none"))
    return joined(cause_text(main, page.subject, words), " ", page.citations.mark(main.sources))
