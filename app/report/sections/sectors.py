"""The sectors: those of the product first, the others for reference."""

from __future__ import annotations

from app.domain.results import SectorResult
from app.report.markup import Child, Markup, joined, tag
from app.report.sections.page import Page, bar_of, figures_of, section, table

_MOST_ELEMENTS = 4


def sectors_section(page: Page) -> Markup:
    """Return every sector with its bar."""
    words = page.words
    ordered = sorted(
        page.subject.assessment.sectors,
        key=lambda one: (one.basis != "bom", -one.score.nominal, one.id),
    )
    head: list[Child] = [
        words.say(f"col.{name}") for name in ("sector", "score_bar", "score", "sector_elements")
    ]
    rows = [_row(one, page) for one in ordered]
    caption = words.say("sectors.title")
    return section(page, "sectors", table(head, rows, class_="sectors bars", caption=caption))


def _row(sector: SectorResult, page: Page) -> list[Child]:
    words, score = page.words, sector.score
    own = sector.basis == "bom"
    name = page.subject.sector_name(sector.id)
    head = joined(
        tag("b" if own else "span", name),
        [joined(tag("br"), tag("small", words.say("sectors.own")))] if own else None,
    )
    largest = sorted(sector.contributions, key=lambda part: (-part.points, part.element))
    named = [
        f"{part.element}\u00a0{words.tenths(part.points)}"
        for part in largest[:_MOST_ELEMENTS]
        if part.points >= 0.05
    ]
    figures = figures_of(score, page)
    return [head, bar_of(score, page, name), figures, words.listed(named) or "–"]
