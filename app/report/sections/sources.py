"""The sources by number, and what the report rests on: method, data, dates, disclaimer."""

from __future__ import annotations

from urllib.parse import urlsplit

from app.domain.provenance import Source
from app.report.file_facts import file_facts
from app.report.markup import Markup, code, english, joined, tag
from app.report.sections.page import Page, section

#: What is recorded of a source that is no document; its title says so.
_JUDGEMENT = "none"
_NOBODY = "(none)"
_SCHEMES = frozenset({"http", "https"})


def sources_section(page: Page) -> Markup | None:
    """Return the list of sources that the sections before have cited."""
    items = [_item(number, source, page) for number, source in page.citations.listed()]
    if not items:
        return None
    return section(page, "sources", tag("ol", items, class_="sources"))


def _item(number: int, source: Source, page: Page) -> Markup:
    words = page.words
    when = source.published_on or source.year
    unread = (
        joined(" ", tag("em", words.say("sources.unread")))
        if not source.verified and source.read != _JUDGEMENT
        else None
    )
    return tag(
        "li",
        joined(tag("b", english(source.publisher)), ": ") if _published(source) else None,
        english(source.title),
        f", {when}" if when else None,
        _address(source),
        unread,
        " ",
        code(source.key),
        id=f"source-{number}",
        value=number,
    )


def _published(source: Source) -> bool:
    """Return whether somebody published it; the compiler's own knowledge has no publisher."""
    return source.publisher != _NOBODY


def _address(source: Source) -> Markup | None:
    """Return a link, for addresses of the web only."""
    if source.url is None or urlsplit(source.url).scheme not in _SCHEMES:
        return None
    host = urlsplit(source.url).hostname or source.url
    link = tag("a", host, href=source.url, rel="noreferrer noopener", translate="no")
    return joined(". ", link)


def about_section(page: Page) -> Markup:
    """Return versions, dates, quality and the disclaimer."""
    words, subject = page.words, page.subject
    assessment, context = subject.assessment, subject.context
    pairs: list[tuple[str, Markup | str]] = [
        ("about.as_of", context.as_of.isoformat()),
        ("about.known_on", context.known_on.isoformat()),
        ("about.cutoff", subject.reference.register.knowledge_cutoff.isoformat()),
        ("about.weights", words.say(f"weights.{assessment.weight_basis}")),
        ("about.quality", words.per_cent(assessment.quality)),
        ("about.method", assessment.methodology_version),
        ("about.data", code(assessment.reference_data_version)),
        ("about.api", subject.api_version),
        ("about.id", code(subject.assessment_id)),
    ]
    if subject.assessed.bom.file is not None:
        pairs.extend(file_facts(subject.assessed.bom.file))
    listed = tag(
        "dl",
        [tag("div", tag("dt", words.say(key)), tag("dd", value)) for key, value in pairs],
        class_="about",
    )
    bands = subject.reference.methodology.bands
    scale = words.say("list.semicolon").join(
        words.say("about.band", band=words.say(f"band.{band.name}"), start=f"{band.from_score:.0f}")
        for band in bands
    )
    return section(
        page,
        "about",
        tag("p", words.say("about.scale", bands=scale)),
        listed,
        tag("p", words.say("about.disclaimer"), class_="disclaimer"),
        intro=False,
    )
