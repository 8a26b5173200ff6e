"""What stands in the sheets of the Excel file: rows of texts and figures, no layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.answer import AnswerWarning
from app.domain.exposure import ElementContent
from app.domain.results import (
    ControlView,
    ElementResult,
    Score,
    SectorResult,
    StageConcentration,
)
from app.domain.rounding import largest_remainder, rounded, significant
from app.domain.triple import Triple
from app.report.phrases import cause_text, evidence_text, reason_text
from app.report.sections.page import LineView, Page
from app.report.subject import HelpfulAction
from app.report.texts.row_notes import row_note

#: Text, figure or an empty cell.
Cell = str | float | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table.

    Attributes:
        name: Key of its name.
        columns: Keys of the column headers; a pair carries a number for the header.
        rows: Cells of each row.
        shares: Columns that hold shares [1], shown in per cent.
        scores: Columns that hold scores, coloured by their band.
    """

    name: str
    columns: tuple[str | tuple[str, int], ...]
    rows: tuple[Sequence[Cell], ...]
    shares: frozenset[str] = frozenset()
    scores: frozenset[str] = frozenset()


_SCORE = ("score", "low", "high", "band")


def sheets_of(page: Page, words: Mapping[str, str]) -> Iterator[Sheet]:
    """Yield every table after the summary.

    Args:
        page: The report; its citations number the sources.
        words: Texts of the Excel file.
    """
    yield _elements(page, words)
    yield _supply(page, words)
    yield _sectors(page, words)
    yield _lines(page, words)
    if page.subject.actions:
        yield _actions(page)
    yield _measures(page)
    yield _sources(page, words)
    yield _warnings(page)


def _score(score: Score | None, page: Page) -> list[Cell]:
    if score is None:
        return [None, None, None, None]
    ends = [rounded(score.nominal), rounded(score.low), rounded(score.high)]
    return [*ends, page.words.say(f"band.{score.band}")]


def _triple(triple: Triple | None) -> list[Cell]:
    if triple is None:
        return [None, None, None]
    return [significant(triple.low), significant(triple.nominal), significant(triple.high)]


def _optional(value: float | None) -> float | None:
    return None if value is None else significant(value)


def _days(value: float | None) -> float | None:
    return None if value is None else rounded(value)


def _elements(page: Page, words: Mapping[str, str]) -> Sheet:
    assessment = page.subject.assessment
    horizons = sorted({point.horizon_days for one in assessment.elements for point in one.profile})
    columns: tuple[str | tuple[str, int], ...] = (
        "symbol", "name", "held", *_SCORE, "stockout_days", "survive_days", "recover_days",
        "gap_days", "mass_low", "mass_kg", "mass_high", *(("profile", days) for days in horizons),
        "status", "certainty", "best_estimate", "worst_case", "practice", "licence_low",
        "licence_days", "licence_high", "next_change", "next_measure", "measures", "cause",
        "sources",
    )  # fmt: skip
    return Sheet(
        name="elements",
        columns=columns,
        rows=tuple(_element(one, page, words, horizons) for one in assessment.elements),
        scores=frozenset({"score", "low", "high"}),
    )


def _element(
    element: ElementResult, page: Page, words: Mapping[str, str], horizons: Sequence[int]
) -> list[Cell]:
    profile = {point.horizon_days: rounded(point.score) for point in element.profile}
    main = max(element.contributions, key=lambda part: part.points, default=None)
    scored = element.score is not None
    return [
        element.symbol,
        page.subject.element_name(element.symbol),
        words["yes" if element.exposed else "no"],
        *_score(element.score, page),
        rounded(element.expected_stockout_days) if scored else None,
        _days(element.time_to_survive_days),
        _days(element.time_to_recover_days),
        _days(element.gap_days),
        *_triple(element.mass_kg),
        *(profile.get(days) for days in horizons),
        *_law(element.control, page),
        cause_text(main, page.subject, page.words) if main else None,
        _cited(main.sources if main else (), page),
    ]


def _law(view: ControlView | None, page: Page) -> list[Cell]:
    if view is None:
        return [None] * 11
    words, change = page.words, view.next_change

    def status(code: str | None) -> str | None:
        return words.say(f"status.{code}") if code is not None else None

    return [
        status(view.status),
        words.say(f"certainty.{view.certainty}") if view.certainty else None,
        status(view.best_estimate),
        status(view.worst_case),
        words.say(f"practice.{view.practice}") if view.practice else None,
        *_triple(view.licence_days),
        change.on_date.isoformat() if change else None,
        change.measure if change else None,
        ", ".join(view.measures) or None,
    ]


def _cited(keys: Sequence[str], page: Page) -> str | None:
    return ", ".join(str(number) for number in page.citations.numbers(keys)) or None


def _supply(page: Page, words: Mapping[str, str]) -> Sheet:
    shares = ("china_world", "china_low", "china_high", "china_destination", "china_company")
    return Sheet(
        name="supply",
        columns=(
            "symbol", "name", "stage", *shares, "hhi_world", "hhi_destination", "hhi_company",
            "largest_mine", "largest_mine_share", "basis", "sources",
        ),
        rows=tuple(
            _stage(element, row, page, words)
            for element in page.subject.assessment.elements
            for row in element.concentration
        ),
        shares=frozenset({*shares, "largest_mine_share"}),
    )  # fmt: skip


def _stage(
    element: ElementResult, row: StageConcentration, page: Page, words: Mapping[str, str]
) -> list[Cell]:
    mine = row.largest_mine
    return [
        element.symbol,
        page.subject.element_name(element.symbol),
        page.words.say(f"stage.{row.stage}"),
        significant(row.china_world),
        significant(row.china_low),
        significant(row.china_high),
        _optional(row.china_destination),
        _optional(row.china_company),
        significant(row.hhi_world),
        _optional(row.hhi_destination),
        _optional(row.hhi_company),
        mine[0] if mine else None,
        significant(mine[1]) if mine else None,
        words[f"basis.{row.basis}"],
        _cited(row.sources, page),
    ]


def _sectors(page: Page, words: Mapping[str, str]) -> Sheet:
    symbols = tuple(page.subject.reference.elements)
    return Sheet(
        name="sectors",
        columns=("sector", "basis", *_SCORE, "worst_element", *symbols),
        rows=tuple(_sector(one, page, words, symbols) for one in page.subject.assessment.sectors),
        scores=frozenset({"score", "low", "high"}),
    )


def _sector(
    sector: SectorResult, page: Page, words: Mapping[str, str], symbols: Sequence[str]
) -> list[Cell]:
    shares = largest_remainder(
        [part.points for part in sector.contributions], rounded(sector.score.nominal)
    )
    points = {
        part.element: share
        for part, share in zip(sector.contributions, shares, strict=True)
        if share != 0.0
    }
    return [
        page.subject.sector_name(sector.id),
        words["basis.bom" if sector.basis == "bom" else "basis.reference"],
        *_score(sector.score, page),
        sector.worst_element,
        *(points.get(symbol) for symbol in symbols),
    ]


def _lines(page: Page, words: Mapping[str, str]) -> Sheet:
    columns = (
        "line_id", "row", "sheet", "part_number", "description", "supplier", "outcome",
        "confidence", *_SCORE, "element", "element_score", "element_low", "element_high",
        "element_band", "mass_low", "mass_kg", "mass_high", "basis", "cause", "measure", "sources",
        "evidence", "reason", "question",
    )  # fmt: skip
    return Sheet(
        name="lines",
        columns=columns,
        rows=tuple(row for view in page.lines for row in _line(view, page, words)),
        shares=frozenset({"confidence"}),
        scores=frozenset({"score", "low", "high", "element_score", "element_low", "element_high"}),
    )


def _line(view: LineView, page: Page, words: Mapping[str, str]) -> Iterator[list[Cell]]:
    line, found, result = view.line, view.found, view.result
    main = max(result.contributions, key=lambda part: part.points, default=None)
    names = [one.name for one in line.suppliers if one.name]
    before: list[Cell] = [
        line.line_id, line.row, line.sheet, line.part_number, line.description,
        "; ".join(names) or line.manufacturer, words[f"outcome.{found.outcome.value}"],
        significant(found.confidence), *_score(result.score, page),
    ]  # fmt: skip
    after: list[Cell] = [
        cause_text(main, page.subject, page.words) if main else None,
        main.measure if main else None,
        _cited(main.sources if main else (), page),
        evidence_text(found, page.words) or None,
        reason_text(found, page.words),
        _told(found.question, page),
    ]
    scores = {one.symbol: one.score for one in result.elements}
    for content in found.elements or (None,):
        score = scores.get(content.symbol) if content else None
        yield [*before, *_content(content, score, page, words), *after]


def _told(english: str | None, page: Page) -> str | None:
    return None if english is None else page.words.sentence(english) or english


def _content(
    content: ElementContent | None, score: Score | None, page: Page, words: Mapping[str, str]
) -> list[Cell]:
    if content is None:
        return [None] * 9
    return [
        content.symbol,
        *_score(score, page),
        *_triple(content.mass_kg),
        words[f"basis.{content.basis.value}"],
    ]


def _actions(page: Page) -> Sheet:
    return Sheet(
        name="actions",
        columns=(
            "action", "what", "lines", "months_low", "months", "months_high", "before", "after",
            "points", "days_removed", "trade_off", "sources",
        ),
        rows=tuple(_action(one, page) for one in page.subject.actions),
        scores=frozenset({"before", "after"}),
    )  # fmt: skip


def _action(action: HelpfulAction, page: Page) -> list[Cell]:
    before, after = rounded(action.before), rounded(action.after)
    return [
        page.words.say(f"action.{action.kind}"),
        _told(action.text, page),
        ", ".join(action.line_ids),
        *_triple(action.lead_time_months),
        before,
        after,
        rounded(after - before),
        rounded(-action.stockout_days_removed),
        page.words.sentence(action.trade_off),
        _cited(action.sources, page),
    ]


def _measures(page: Page) -> Sheet:
    words = page.words
    rows = tuple(
        [
            one.measure.id,
            words.say(f"type.{one.measure.type.value}"),
            one.measure.title,
            words.country(one.measure.exporter),
            words.say(f"timeline.{one.status.value}"),
            one.since.isoformat() if one.since else None,
            next(
                (
                    event.on_date.isoformat()
                    for event in one.events
                    if event.on_date > page.subject.context.as_of
                ),
                None,
            ),
            " ".join(key for key in page.subject.reference.elements if key in one.elements),
            _cited(one.measure.sources, page),
        ]
        for one in page.subject.measures.values()
    )
    columns = (
        "measure", "type", "title", "exporter", "status", "since", "next_change", "elements",
        "sources",
    )  # fmt: skip
    return Sheet(name="measures", columns=columns, rows=rows)


def _sources(page: Page, words: Mapping[str, str]) -> Sheet:
    """Return the sources that the sheets before have cited."""
    rows = tuple(
        [
            number,
            source.publisher,
            source.title,
            source.published_on or source.year,
            source.url,
            words["yes" if source.verified else "no"],
            source.key,
        ]
        for number, source in page.citations.listed()
    )
    columns = ("number", "publisher", "title", "published", "url", "read", "key")
    return Sheet(name="sources", columns=columns, rows=rows)


def _warnings(page: Page) -> Sheet:
    rows = []
    for warning in page.subject.assessed.warnings:
        place = (warning.pointer or "").rpartition("/")[2]
        inside = place.isdigit() and int(place) < len(page.lines)
        rows.append(
            [
                page.lines[int(place)].line.line_id if inside else None,
                warning.row,
                warning.column,
                _remark(warning, page),
            ]
        )
    return Sheet(name="warnings", columns=("line_id", "row", "column", "text"), rows=tuple(rows))


def _remark(warning: AnswerWarning, page: Page) -> str:
    rows = row_note(warning.code, warning.text, page.words.code)
    if rows is not None:
        return f"{rows[0]}: {rows[1]}"
    return page.words.sentence(warning.text, warning.code) or warning.text
