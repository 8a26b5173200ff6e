"""Why the score is what it is: its causes as a sum, and what stock and substitutes take off."""

from __future__ import annotations

from app.report.charts.bars import step_bar
from app.report.markup import Child, Markup, given, joined, tag
from app.report.phrases import cause_text
from app.report.points import published
from app.report.sections.page import Page, section, table

#: Largest sum that the bars show.
_FULL = 100.0


def causes_section(page: Page) -> Markup | None:
    """Return the waterfall of the causes, or None where nothing is exposed."""
    result = page.subject.assessment.bom
    parts = published(result.contributions, result.score.nominal)
    if not parts:
        return None
    words = page.words
    rows: list[list[Child]] = []
    before = 0.0
    for points, part in parts:
        text = cause_text(part, page.subject, words)
        label = words.say("causes.step", cause=text, points=words.tenths(points))
        bar = step_bar(before, before + points, full=_FULL, last=False, label=label)
        rows.append([joined(text, " ", page.citations.mark(part.sources)), bar,
                     f"+{words.tenths(points)}"])  # fmt: skip
        before += points
    total = words.tenths(result.score.nominal)
    sum_label = words.say("causes.step", cause=words.say("causes.total"), points=total)
    rows.append(
        [
            tag("strong", words.say("causes.total")),
            step_bar(0.0, before, full=_FULL, last=True, label=sum_label),
            tag("strong", total),
        ]
    )
    head: list[Child] = [words.say("col.cause"), words.say("col.step"), words.say("col.points")]
    return section(
        page,
        "causes",
        table(head, rows, class_="causes bars", caption=words.say("causes.title"), numbers=1),
        _protection(page),
    )


def _protection(page: Page) -> Markup | None:
    """Return the steps from gross to net of the worst line, where there is one."""
    worst = page.subject.assessment.bom.worst_line_id
    view = page.line(worst) if worst is not None else None
    if view is None or not view.result.waterfall:
        return None
    words = page.words
    name = view.line.part_number or view.line.description or view.line.line_id
    title = tag("h3", words.markup("protection.title", line=given(name)))
    if all(abs(step.change) < 0.05 for step in view.result.waterfall[1:]):
        return joined(title, tag("p", words.say("protection.nothing")))
    rows: list[list[Child]] = []
    before = 0.0
    for step in view.result.waterfall:
        text = words.say(f"protection.{step.step}")
        change = words.tenths(step.change)
        label = words.say("causes.step", cause=text, points=change)
        rows.append(
            [
                text,
                step_bar(before, step.score, full=_FULL, last=False, label=label),
                f"+{change}" if step.change > 0.0 else change.replace("-", "−"),
            ]
        )
        before = step.score
    net = words.tenths(before)
    label = words.say("causes.step", cause=words.say("protection.net"), points=net)
    rows.append(
        [
            tag("strong", words.say("protection.net")),
            step_bar(0.0, before, full=_FULL, last=True, label=label),
            tag("strong", net),
        ]
    )
    head: list[Child] = [words.say("col.protection"), words.say("col.step"),
                         words.say("col.points")]  # fmt: skip
    caption = words.say("protection.caption")
    return joined(title, table(head, rows, class_="causes bars", caption=caption, numbers=1))
