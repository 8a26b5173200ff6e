"""What could not be told and whom to ask; what to know before relying on the answer."""

from __future__ import annotations

from app.domain.answer import AnswerWarning
from app.domain.exposure import LineOutcome
from app.report.markup import Child, Markup, given, joined, tag
from app.report.phrases import core_sentence, reason_markup
from app.report.sections.lines import where
from app.report.sections.page import LineView, Page, part_name, section, table
from app.report.texts.row_notes import row_note

_MOST_ROWS = 300


def open_section(page: Page) -> Markup:
    """Return undetermined lines, questions on the others, and warnings."""
    open_lines = [one for one in page.lines if one.found.outcome is LineOutcome.UNDETERMINED]
    asked = sorted(
        (
            one
            for one in page.lines
            if one.found.question and one.found.outcome is LineOutcome.RARE_EARTHS_FOUND
        ),
        key=lambda one: -one.result.score.high,
    )
    return section(
        page,
        "open",
        _questions("open.undetermined", open_lines, page),
        _questions("open.sharper", asked, page),
        _warnings(page),
    )


def _questions(name: str, views: list[LineView], page: Page) -> Markup | None:
    words = page.words
    caption = words.say(name)
    if not views:
        return tag("p", words.say(f"{name}.none")) if words.has(f"{name}.none") else None
    head: list[Child] = [words.say(f"col.{key}") for key in ("line", "part", "why", "ask", "whom")]
    rows = [_row(one, page) for one in views[:_MOST_ROWS]]
    more = len(views) - _MOST_ROWS
    rest = tag("p", words.say("open.rest", n=more), class_="note") if more > 0 else None
    return joined(tag("h3", caption), table(head, rows, class_="open", caption=caption), rest)


def _row(view: LineView, page: Page) -> list[Child]:
    words = page.words
    question = view.found.question
    undetermined = view.found.outcome is LineOutcome.UNDETERMINED
    why = reason_markup(view.found, words) if undetermined else words.say("open.typical")
    return [
        where(view, page),
        part_name(view.line),
        why,
        core_sentence(question, words) if question else words.say("open.ask_anything"),
        _whom(view, page),
    ]


def _whom(view: LineView, page: Page) -> Markup:
    """Return the suppliers and the maker that the line names."""
    line = view.line
    names = [one.name for one in line.suppliers if one.name]
    if line.manufacturer and line.manufacturer not in names:
        names.append(line.manufacturer)
    if not names:
        return joined(page.words.say("open.your_supplier"))
    return joined(
        *(joined(tag("br") if place else "", given(name)) for place, name in enumerate(names))
    )


def _warnings(page: Page) -> Markup | None:
    warnings = page.subject.assessed.warnings
    if not warnings:
        return None
    words = page.words
    # The same remark on several things that no report names is one remark.
    items = list(dict.fromkeys(_warning(one, page) for one in warnings[:_MOST_ROWS]))
    more = len(warnings) - _MOST_ROWS
    if more > 0:
        items.append(tag("li", words.say("open.rest", n=more)))
    return joined(tag("h3", words.say("open.warnings")), tag("ul", items, class_="notes"))


def _warning(warning: AnswerWarning, page: Page) -> Markup:
    words = page.words
    rows = row_note(warning.code, warning.text, words.code)
    if rows is not None:
        return tag("li", tag("b", rows[0]), ": ", given(rows[1]))
    place = words.say("lines.row", row=warning.row) if warning.row is not None else None
    if place is None and warning.pointer is not None and warning.pointer.startswith("/bom/"):
        place = _line_at(warning.pointer, page)
    column = given(warning.column) if warning.column else None
    head = joined(place, ", " if place and column else None, column)
    text = core_sentence(warning.text, words, warning.code)
    return tag("li", joined(tag("b", head), ": ") if head else None, text)


def _line_at(pointer: str, page: Page) -> Markup | None:
    """Return the line that a JSON pointer names."""
    place = pointer.rpartition("/")[2]
    if not place.isdigit() or int(place) >= len(page.lines):
        return None
    line_id = page.lines[int(place)].line.line_id
    return page.words.markup("lines.named", line=given(line_id))
