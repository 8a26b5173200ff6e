"""China's share of each element at each stage of its chain, as a table shaded by the share."""

from __future__ import annotations

from app.domain.results import ElementResult, StageConcentration
from app.report.markup import Child, Markup, english, joined, tag
from app.report.sections.page import Page, section

#: Order in which stages follow one another; not every element has all of them.
_STAGES = ("mining", "separation", "metal", "magnet", "compound", "device")
_SHADES = 10


def supply_section(page: Page) -> Markup:
    """Return the heat map of all elements that have a market."""
    words = page.words
    elements = [one for one in page.subject.assessment.elements if one.concentration]
    stages = [
        stage
        for stage in _STAGES
        if any(row.stage == stage for one in elements for row in one.concentration)
    ]
    head: list[Child] = [words.say("col.element"), *(words.say(f"stage.{one}") for one in stages)]
    caption = words.say("supply.title")
    cells = [tag("th", cell, scope="col") for cell in head]
    inner = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", cells)),
        tag("tbody", [_row(one, stages, page) for one in elements]),
        class_="heat",
    )
    region = tag("div", inner, class_="wide", tabindex=0, role="region", aria_label=caption)
    keys = [key for one in elements for row in one.concentration for key in row.sources]
    sources = tag("p", words.say("supply.sources"), " ", page.citations.mark(keys), class_="note")
    return section(page, "supply", region, _mines(elements, page), sources)


def _row(element: ElementResult, stages: list[str], page: Page) -> Markup:
    rows = {row.stage: row for row in element.concentration}
    name = page.subject.element_name(element.symbol)
    mark = tag("span", page.words.say("supply.held"), class_="held") if element.exposed else None
    return tag(
        "tr",
        tag("th", tag("b", element.symbol, class_="symbol"), " ", name, " ", mark, scope="row"),
        [_cell(rows.get(stage), page) for stage in stages],
    )


def _cell(row: StageConcentration | None, page: Page) -> Markup:
    if row is None:
        return tag("td", "–", class_="h")
    words = page.words
    shade = min(int(row.china_world * _SHADES), _SHADES - 1)
    own = row.china_company
    inner = joined(
        tag("b", words.per_cent(row.china_world)),
        tag("br"),
        tag(
            "small",
            words.say(
                "supply.range",
                low=words.whole(100.0 * row.china_low),
                high=words.per_cent(row.china_high),
            ),
        ),
        [joined(tag("br"), tag("small", words.say("supply.own", share=words.per_cent(own))))]
        if own is not None
        else None,
    )
    return tag("td", inner, class_=f"h h{shade}")


def _mines(elements: list[ElementResult], page: Page) -> Markup | None:
    """Return which single mine is the largest, for the elements of the product."""
    words = page.words
    items: list[Markup] = []
    for element in elements:
        for row in element.concentration:
            if not element.exposed or row.largest_mine is None:
                continue
            name, share = row.largest_mine
            if name is None or share <= 0.0:
                continue
            items.append(
                words.markup(
                    "supply.mine",
                    element=element.symbol,
                    mine=english(name),
                    share=words.per_cent(share),
                )
            )
    if not items:
        return None
    comma = words.say("list.comma")
    named = joined(*(joined(comma if place else "", one) for place, one in enumerate(items)))
    return tag("p", words.markup("supply.mines", mines=named), class_="note")
