"""The lines: with rare earths, worst first, with evidence; then those without any."""

from __future__ import annotations

from app.domain.exposure import ElementContent, LineOutcome
from app.report.markup import Child, Markup, given, joined, tag
from app.report.phrases import evidence_markup, reason_markup
from app.report.sections.page import (
    LineView,
    Page,
    figures_of,
    part_name,
    section,
    table,
)

#: Longer tables are for a spreadsheet program; the report says where the rest is.
_MOST_ROWS = 1000


def lines_section(page: Page) -> Markup:
    """Return both tables."""
    found = sorted(
        (one for one in page.lines if one.found.outcome is LineOutcome.RARE_EARTHS_FOUND),
        key=lambda one: (-one.result.score.nominal, -one.result.score.high),
    )
    without = [one for one in page.lines if one.found.outcome is LineOutcome.NO_RARE_EARTHS]
    return section(page, "lines", _with(found, page), _without(without, page))


def _with(views: list[LineView], page: Page) -> Markup:
    words = page.words
    if not views:
        return tag("p", words.say("lines.none"))
    head: list[Child] = [
        words.say(f"col.{name}") for name in ("line", "part", "score", "contents", "evidence")
    ]
    rows = [_row(one, page) for one in views[:_MOST_ROWS]]
    caption = words.say("lines.with")
    return joined(
        tag("h3", caption),
        table(head, rows, class_="lines", caption=caption),
        _rest(len(views), page),
    )


def _rest(total: int, page: Page) -> Markup | None:
    if total <= _MOST_ROWS:
        return None
    return tag("p", page.words.say("lines.rest", shown=_MOST_ROWS, total=total), class_="note")


def where(view: LineView, page: Page) -> Markup:
    """Return the id of a line, and its row where it came from a file."""
    line = view.line
    if line.row is None or line.line_id == str(line.row):
        return given(line.line_id)
    row = page.words.say("lines.row", row=line.row).replace(" ", "\u00a0")
    return joined(given(line.line_id), tag("br"), tag("small", row, class_="whole"))


def _row(view: LineView, page: Page) -> list[Child]:
    words, score = page.words, view.result.score
    figures = figures_of(score, page)
    contents = words.listed([_content(one, page) for one in view.found.elements])
    sure = words.say("lines.confidence", share=words.per_cent(view.found.confidence))
    evidence = joined(evidence_markup(view.found, words), tag("br"), tag("small", sure))
    return [where(view, page), part_name(view.line), figures, contents, evidence]


def _content(content: ElementContent, page: Page) -> str:
    words = page.words
    only_possible = content.presence.nominal == 0.0 or (
        content.fraction is not None and content.fraction.nominal == 0.0
    )
    if only_possible:
        return words.say("lines.possible", element=content.symbol)
    if content.mass_kg is None:
        return content.symbol
    return f"{content.symbol}\u00a0{words.mass(content.mass_kg.nominal)}"


def _without(views: list[LineView], page: Page) -> Markup | None:
    if not views:
        return None
    words = page.words
    head: list[Child] = [words.say(f"col.{name}") for name in ("line", "part", "reason")]
    rows: list[list[Child]] = [
        [where(one, page), _short_name(one), reason_markup(one.found, words)]
        for one in views[:_MOST_ROWS]
    ]
    caption = words.say("lines.without")
    return joined(
        tag("h3", caption),
        table(head, rows, class_="lines", caption=caption),
        _rest(len(views), page),
    )


def _short_name(view: LineView) -> Markup:
    texts = [text for text in (view.line.part_number, view.line.description) if text]
    return given(" – ".join(texts) or "–")
