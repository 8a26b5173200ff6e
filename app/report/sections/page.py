"""What every section of the report draws from, and the parts that sections share."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.bom import BomLine
from app.domain.exposure import IdentifiedLine
from app.domain.results import ElementResult, LineResult, Score
from app.report.charts.bars import score_bar
from app.report.citations import Citations
from app.report.language import Language
from app.report.markup import Child, Markup, given, joined, tag
from app.report.subject import ReportSubject


@dataclass(frozen=True, slots=True)
class LineView:
    """One line as it came in, what it holds, and its scores."""

    line: BomLine
    found: IdentifiedLine
    result: LineResult


@dataclass(frozen=True, slots=True)
class Page:
    """One report in the making.

    Attributes:
        citations: Numbers of the sources; sections add to them as they cite.
        lines: All lines, in the order in which they came in.
    """

    subject: ReportSubject
    words: Language
    citations: Citations
    lines: tuple[LineView, ...] = field(default=())

    @property
    def exposed(self) -> list[ElementResult]:
        """Return the elements that the product holds, the highest score first."""
        held = [one for one in self.subject.assessment.elements if one.exposed]
        return sorted(
            held,
            key=lambda one: (-(one.score.nominal if one.score else 0.0), -_high(one.score)),
        )

    @property
    def band_starts(self) -> list[float]:
        """Return the scores at which bands begin."""
        return [band.from_score for band in self.subject.reference.methodology.bands]

    def line(self, line_id: str) -> LineView | None:
        """Return a line by its id."""
        return next((one for one in self.lines if one.line.line_id == line_id), None)


def _high(score: Score | None) -> float:
    return score.high if score else 0.0


def page_of(subject: ReportSubject, words: Language) -> Page:
    """Return an empty page about a subject."""
    assessed = subject.assessed
    views = (
        LineView(line, found, result)
        for line, found, result in zip(
            assessed.bom.lines, assessed.identified, subject.assessment.lines, strict=True
        )
    )
    return Page(subject, words, Citations(subject.reference.sources), tuple(views))


def section(page: Page, name: str, *children: Child, intro: bool = True) -> Markup:
    """Return a section under its heading, with a sentence on how to read it."""
    heading = tag("h2", page.words.say(f"{name}.title"), id=name)
    lead = tag("p", page.words.say(f"{name}.intro"), class_="intro") if intro else None
    return tag("section", heading, lead, *children, class_=name, aria_labelledby=name)


def table(
    head: list[Child], rows: list[list[Child]], *, class_: str, caption: str, numbers: int = 0
) -> Markup:
    """Return a table whose first column names the rows.

    Args:
        head: Texts of the head.
        rows: Cells of each row.
        class_: Class for the style sheet.
        caption: What the table shows, for readers who cannot see where it stands.
        numbers: How many of the last columns hold figures.
    """
    first_number = len(head) - numbers
    cells = [
        tag("th", cell, scope="col", class_="n" if place >= first_number else None)
        for place, cell in enumerate(head)
    ]
    body = [
        tag(
            "tr",
            tag("th", row[0], scope="row"),
            [
                tag("td", cell, class_="n" if place >= first_number else None)
                for place, cell in enumerate(row[1:], start=1)
            ],
        )
        for row in rows
    ]
    inner = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", cells)),
        tag("tbody", body),
        class_=class_,
    )
    return tag("div", inner, class_="wide", tabindex=0, role="region", aria_label=caption)


def band_mark(score: Score, page: Page, *, exposed: bool = True) -> Markup:
    """Return the band of a score as a word on its colour."""
    word = page.words.say(f"band.{score.band}")
    return tag("span", word, class_=f"band {score.band if exposed else 'none'}")


def interval_text(score: Score, page: Page) -> str:
    """Return the ends of a score."""
    return f"{page.words.tenths(score.low)}–{page.words.tenths(score.high)}"


def figures_of(score: Score, page: Page) -> Markup:
    """Return a score with its band, and its range below."""
    value = tag("b", page.words.tenths(score.nominal))
    return joined(
        tag("span", value, " ", band_mark(score, page), class_="whole"),
        tag("br"),
        tag("small", interval_text(score, page)),
    )


def bar_of(score: Score, page: Page, name: str) -> Markup:
    """Return the bar of a score with its text alternative."""
    label = page.words.say(
        "bar.label",
        name=name,
        score=page.words.tenths(score.nominal),
        low=page.words.tenths(score.low),
        high=page.words.tenths(score.high),
        band=page.words.say(f"band.{score.band}"),
    )
    return score_bar(
        (score.low, score.nominal, score.high), score.band, marks=page.band_starts, label=label
    )


def part_name(line: BomLine) -> Markup:
    """Return how the caller calls a part: its number, and what it is."""
    texts = [text for text in (line.part_number, line.description) if text]
    if not texts:
        return given("–")
    return joined(given(texts[0]), [joined(tag("br"), tag("small", given(t))) for t in texts[1:]])
