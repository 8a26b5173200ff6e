"""What would lower the score, best first; only where somebody looked for it."""

from __future__ import annotations

from app.report.markup import Child, Markup, english, given, joined, tag
from app.report.phrases import core_sentence
from app.report.sections.page import Page, section, table
from app.report.subject import HelpfulAction

_LICENCE = "licence"


def actions_section(page: Page) -> Markup | None:
    """Return the table of actions, or None without any."""
    if not page.subject.actions:
        return None
    words = page.words
    head: list[Child] = [
        words.say(f"col.{name}")
        for name in ("action", "action_lines", "action_time", "action_after", "action_gain")
    ]
    rows = [_row(one, page) for one in page.subject.actions]
    caption = words.say("actions.title")
    inner = table(head, rows, class_="actions", caption=caption, numbers=2)
    return section(page, "actions", inner)


def _row(action: HelpfulAction, page: Page) -> list[Child]:
    words = page.words
    months = action.lead_time_months
    time = (
        words.say("actions.time_unknown")
        if months is None
        else words.say("actions.months", low=words.whole(months.low), high=words.whole(months.high))
    )
    price = words.sentence(action.trade_off)
    what = joined(
        tag("b", words.say(f"action.{action.kind}")),
        ": ",
        # A general licence goes by its title, as measures do.
        english(action.text) if action.kind == _LICENCE else core_sentence(action.text, words),
        " ",
        page.citations.mark(action.sources),
        [joined(tag("br"), tag("small", price))] if price else None,
    )
    gain = action.before - action.after
    return [
        what,
        given(", ".join(action.line_ids)),
        time,
        words.tenths(action.after),
        f"−{words.tenths(gain)}" if gain >= 0.05 else words.tenths(0.0),
    ]
