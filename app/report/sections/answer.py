"""The head of the report: the question, the answer in one sentence, the dial, the key facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.domain.exposure import LineOutcome
from app.domain.results import ElementResult
from app.report.charts.dial import dial
from app.report.markup import Markup, code, given, joined, tag
from app.report.phrases import cause_text
from app.report.sections.page import LineView, Page, interval_text


def head_section(page: Page) -> Markup:
    """Return title, question, answer, dial and key facts."""
    words, bom = page.words, page.subject.assessed.bom
    title = tag("h1", given(bom.name or bom.id))
    kicker = tag("p", words.say("report.title"), class_="kicker")
    return tag(
        "header",
        kicker,
        title,
        _question(page),
        tag(
            "div",
            tag("div", _dial(page), class_="gauge"),
            tag("div", tag("p", answer_sentence(page), class_="answer"), _facts(page)),
            class_="verdict",
        ),
    )


def _question(page: Page) -> Markup:
    words, context = page.words, page.subject.context
    pairs: list[tuple[str, Markup | str]] = [
        ("question.destination", words.country(context.destination)),
        ("question.end_use", words.say(f"end_use.{context.end_use.value}")),
    ]
    if context.end_user:
        pairs.append(("question.end_user", given(context.end_user)))
    pairs.append(("question.as_of", words.day(context.as_of)))
    if context.known_on != context.as_of:
        pairs.append(("question.known_on", words.day(context.known_on)))
    pairs.append(("question.horizon", words.counted("days", context.horizon_days)))
    bom = page.subject.assessed.bom
    if bom.name and bom.name != bom.id:
        pairs.append(("question.product", given(bom.id)))
    return tag(
        "dl",
        [tag("div", tag("dt", words.say(key)), tag("dd", value)) for key, value in pairs],
        class_="question",
    )


def answer_sentence(page: Page) -> Markup:
    """Return the answer in one sentence."""
    words, assessed = page.words, page.subject.assessed
    context, result = assessed.context, page.subject.assessment.bom
    place = {
        "destination": words.country(context.destination),
        "end_use": words.say(f"end_use.for.{context.end_use.value}"),
        "date": words.day(context.as_of),
        "product": given(assessed.bom.name or assessed.bom.id),
    }
    if not page.exposed:
        open_lines = sum(
            1 for one in assessed.identified if one.outcome is LineOutcome.UNDETERMINED
        )
        key = "answer.nothing_but" if open_lines else "answer.nothing"
        return words.markup(key, lines=words.counted("lines", open_lines), **place)
    score = result.score
    return words.markup(
        "answer.exposed",
        band=tag("strong", words.say(f"band.{score.band}")),
        score=tag("strong", words.tenths(score.nominal)),
        low=words.tenths(score.low),
        high=words.tenths(score.high),
        effect=_effect(page),
        cause=_main_cause(page),
        **place,
    )


def _effect(page: Page) -> Markup:
    """Return how many days the worst line lacks which element."""
    words = page.words
    worst = _worst_line(page)
    if worst is None or worst.result.expected_stockout_days < 0.5:
        return words.markup("answer.few_days")
    named = max(worst.result.elements, key=lambda one: one.score.nominal)
    return words.markup(
        "answer.days",
        days=words.counted("days", round(worst.result.expected_stockout_days)),
        horizon=words.counted("days", page.subject.context.horizon_days),
        element=page.subject.element_name(named.symbol),
        line=_line_name(worst),
    )


def _worst_line(page: Page) -> LineView | None:
    worst = page.subject.assessment.bom.worst_line_id
    view = page.line(worst) if worst is not None else None
    return view if view is not None and view.result.elements else None


def _line_name(view: LineView) -> Markup:
    name = view.line.part_number or view.line.description
    inner = joined(" (", given(name), ")") if name else None
    return joined(given(view.line.line_id), inner)


def _main_cause(page: Page) -> str:
    parts = page.subject.assessment.bom.contributions
    main = max(parts, key=lambda part: part.points, default=None)
    if main is None:
        return page.words.say("cause.none")
    return page.words.inside(cause_text(main, page.subject, page.words))


def _dial(page: Page) -> Markup:
    words, score = page.words, page.subject.assessment.bom.score
    bands = page.subject.reference.methodology.bands
    value = words.tenths(score.nominal)
    label = words.say(
        "dial.label",
        score=value,
        low=words.tenths(score.low),
        high=words.tenths(score.high),
        band=words.say(f"band.{score.band}"),
    )
    return dial(
        (score.low, score.nominal, score.high),
        bands=[(band.name, band.from_score) for band in bands],
        names={band.name: words.say(f"band.{band.name}") for band in bands},
        texts=(value, words.say("dial.interval", interval=interval_text(score, page)), label),
    )


def _facts(page: Page) -> Markup:
    return tag(
        "ul",
        [
            tag("li", tag("b", head), " ", text)
            for head, text in (*_exposure_facts(page), _lines_fact(page))
        ],
        class_="facts",
    )


def _lines_fact(page: Page) -> tuple[str, Markup]:
    words, assessed = page.words, page.subject.assessed
    counts = Counter(one.outcome for one in assessed.identified)
    text = words.markup(
        "fact.lines.text",
        total=str(len(assessed.bom.lines)),
        found=str(counts[LineOutcome.RARE_EARTHS_FOUND]),
        without=str(counts[LineOutcome.NO_RARE_EARTHS]),
        open=str(counts[LineOutcome.UNDETERMINED]),
    )
    return words.say("fact.lines"), text


def _exposure_facts(page: Page) -> Iterator[tuple[str, Markup]]:
    words, exposed = page.words, page.exposed
    if not exposed:
        return
    names = [page.subject.element_name(one.symbol) for one in exposed if _counts(one)]
    if names:
        yield words.say("fact.elements"), joined(words.listed(names))
    worst = next((one for one in exposed if one.control and one.control.licence_days), None)
    if worst is not None:
        yield words.say("fact.stock"), _stock_text(worst, page)
    changes = [
        one.control.next_change for one in exposed if one.control and one.control.next_change
    ]
    if changes:
        first = min(changes, key=lambda change: (change.on_date, change.measure))
        yield (
            words.say("fact.next"),
            words.markup(
                "fact.next.text",
                date=words.day(first.on_date),
                measure=code(first.measure),
                status=words.say(f"timeline.{first.status}"),
                certainty=words.say(f"certainty.{first.basis}"),
            ),
        )
    revenue = page.subject.assessment.bom.expected_lost_revenue
    if revenue is not None:
        amount = words.number(f"{revenue:,.0f}".replace(",", "\u202f"))
        currency = page.subject.assessed.bom.currency or ""
        yield words.say("fact.revenue"), joined(amount, " ", given(currency))


def _counts(element: ElementResult) -> bool:
    return element.score is not None and element.score.nominal >= 1.0


def _stock_text(element: ElementResult, page: Page) -> Markup:
    words = page.words
    days = element.control.licence_days if element.control else None
    if days is None:
        return joined()
    stock = element.time_to_survive_days
    return words.markup(
        "fact.stock.text" if stock is not None else "fact.stock.unknown",
        stock=words.counted("days", round(stock or 0.0)),
        low=words.whole(days.low),
        usual=words.whole(days.nominal),
        high=words.whole(days.high),
        element=page.subject.element_name(element.symbol),
    )
