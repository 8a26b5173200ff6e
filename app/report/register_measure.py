"""One measure of the register as a section of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from app.domain.controls import (
    ControlledItems,
    ControlMeasure,
    DestinationMode,
    DestinationScope,
    ElementsMode,
    Extraterritorial,
    Rule,
    RuleApplies,
    Scope,
    TimelineEvent,
)
from app.domain.elements import RARE_EARTHS
from app.domain.places import EU, EU_MEMBERS
from app.domain.provenance import Source

_ABROAD = {
    Extraterritorial.RETRANSFER_LIABILITY: "liability of whoever hands the goods on abroad",
    Extraterritorial.FOREIGN_MADE_DE_MINIMIS: "goods made abroad from its materials, by value",
    Extraterritorial.FOREIGN_MADE_TECHNOLOGY: "goods made abroad with its technology",
    Extraterritorial.CHINESE_ORIGIN_REEXPORT: "goods of its origin sent on from abroad",
}
_MODES = {
    ElementsMode.ANY_DUAL_USE_LISTED: "whatever the dual-use list of the exporter names on the day",
    ElementsMode.NONE: "no goods by element",
}
_SPELLED = {"listed_50pct_owned": "held by listed firms at 50 per cent or more"}

#: Names shown of a list; the rest is in the data.
_SHOWN_NAMES = 60


def plain(text: str) -> str:
    """Return a text as it stands in a line of Markdown: one line, no signs with a meaning."""
    flat = " ".join(text.split()).rstrip(".")
    for sign in "\\`*_<>|[]#":
        flat = flat.replace(sign, f"\\{sign}")
    return flat


def linked(measure_id: str) -> str:
    """Return a link to the section of a measure."""
    return f"[{measure_id}](#{measure_id.lower()})"


def source_line(source: Source) -> str:
    """Return what a source is, how much of it was read, and where it stands."""
    when = source.published_on or source.year or "n.d."
    where = f" <{source.url}>" if source.url else ""
    site = " (the publisher's site only)" if source.url_precision == "site" else ""
    read = f"read: {plain(source.read)}" if source.verified else "read by nobody of the compilers"
    return f"{plain(source.publisher)}: {plain(source.title)} ({when}); {read}.{where}{site}"


def standing_text(
    standing: tuple[str, date | None, str | None, str | None, str | None], as_of: date
) -> str:
    """Return how a measure stands on a day, in one sentence."""
    status, since, basis, best, worst = standing
    if status == "not_published":
        return f"On {as_of}: nothing published."
    words = f"On {as_of}: **{status.replace('_', ' ')}**"
    if best is not None and worst is not None:
        words += f" (best estimate {best.replace('_', ' ')}, worst case {worst.replace('_', ' ')})"
    if since is not None:
        words += f" since {since}"
    return f"{words}, {basis}." if basis else f"{words}."


def measure_section(
    measure: ControlMeasure, standing: str, role: str, sources: Mapping[str, Source]
) -> Iterator[str]:
    """Yield the lines of the section of a measure."""
    yield f"### {measure.id}"
    yield ""
    yield f"{plain(measure.title)}."
    yield ""
    number = f", {plain(measure.official_number)}" if measure.official_number else ""
    issuer = plain(measure.issuing_authority)
    yield f"- **Issuer:** {issuer}{number} (exports of {measure.exporter})"
    kind = f"{measure.type}, {measure.control_basis}, {measure.legal_force}".replace("_", " ")
    yield f"- **Kind:** {kind}"
    yield f"- **Status:** {standing}"
    yield f"- **In a score:** {role}"
    yield f"- **Goods:** {_goods(measure.scope)}"
    yield from (f"  - {_item(item)}" for item in measure.scope.items)
    yield f"- **Destinations:** {_destinations(measure.scope.destinations)}"
    yield from _reach(measure.scope)
    if measure.suspends:
        yield f"- **Suspends:** {', '.join(map(linked, measure.suspends))}"
    yield "- **Rules:**"
    yield from (f"  - {_rule(rule)}" for rule in measure.rules)
    yield from _names(measure)
    if measure.notes:
        yield f"- **Notes:** {plain(measure.notes)}."
    yield (
        f"- **Confidence:** {measure.confidence}; last checked {measure.last_verified_on}, "
        f"due every {measure.check_every_days} days"
    )
    yield ""
    yield "| applies from | status | rests on | known from | until overtaken on | source |"
    yield "|---|---|---|---|---|---|"
    yield from map(_event, measure.timeline)
    yield ""
    keys = dict.fromkeys((*(event.source for event in measure.timeline), *measure.sources))
    yield from (f"- `{key}` {source_line(sources[key])}" for key in keys)
    yield ""


def _event(event: TimelineEvent) -> str:
    status = event.status.value.replace("_", " ")
    if event.best_estimate is not None and event.worst_case is not None:
        readings = dict.fromkeys((event.best_estimate, event.worst_case))
        both = " by both readings" if len(readings) == 1 else ""
        status += f": {' or '.join(one.value for one in readings)}{both}".replace("_", " ")
    day = event.on_date.isoformat()
    if event.precision != "day":
        day += f" ({event.precision} known, day a stand-in)"
    until = "" if event.known_to is None else event.known_to.isoformat()
    cells = (day, status, event.basis.value, event.known_from.isoformat(), until)
    return f"| {' | '.join((*cells, f'`{event.source}`'))} |"


def _goods(scope: Scope) -> str:
    if scope.elements_mode in _MODES:
        return f"{_MODES[scope.elements_mode]}; forms: {_words(scope.stages)}"
    codes = f"; headings named: {', '.join(scope.hs6)}" if scope.hs6 else ""
    return f"listed by element and form{codes}"


def _item(item: ControlledItems) -> str:
    elements = [symbol for symbol in RARE_EARTHS if symbol in item.elements]
    traded = "all traded rare earths" if len(elements) > 15 else " ".join(elements)
    text = f"{traded}: {_words(item.stages)}"
    if item.label:
        text += f" - {plain(item.label)}"
    if item.control_codes:
        text += f" ({', '.join(item.control_codes)})"
    if item.condition is not None:
        limits = (("below", item.condition.below), ("at least", item.condition.at_least))
        bounds = [f"{word} {value}" for word, value in limits if value is not None]
        text += f"; only where {plain(item.condition.property)} is {' and '.join(bounds)}"
    return text if item.complete else f"{text}; the notice lists more than could be read"


def _destinations(scope: DestinationScope) -> str:
    if scope.mode is DestinationMode.ALL:
        return "all"
    countries = scope.countries
    named = [EU, *sorted(countries - EU_MEMBERS)] if countries >= EU_MEMBERS else sorted(countries)
    return f"{'all but ' if scope.mode is DestinationMode.ALL_EXCEPT else ''}{', '.join(named)}"


def _reach(scope: Scope) -> Iterator[str]:
    if scope.extraterritorial:
        ways = "; ".join(_ABROAD[way] for way in sorted(scope.extraterritorial))
        yield f"- **Reaches abroad:** {ways}"
    if scope.de_minimis is not None:
        share = f"{scope.de_minimis.threshold * 100:f}".rstrip("0").rstrip(".")
        yield (
            f"- **Threshold:** {share} per cent of the {scope.de_minimis.basis}; "
            "exactly as much counts as reached"
        )


def _rule(rule: Rule) -> str:
    text = f"{plain(rule.when)}: **{rule.outcome.value.replace('_', ' ')}**"
    if rule.detail:
        text += f" - {plain(rule.detail)}"
    return f"{text} (*text only*)" if rule.applies is None else f"{text} ({_applies(rule.applies)})"


def _applies(applies: RuleApplies) -> str:
    words = [f"end use {_words(applies.end_uses)}", f"end user {_words(applies.end_users)}"]
    if applies.stages:
        words.append(f"forms {_words(applies.stages)}")
    if applies.devices:
        words.append("assemblies")
    return ", ".join(words)


def _names(measure: ControlMeasure) -> Iterator[str]:
    listed = measure.entity_list
    if listed is None:
        return
    read = len(listed.entities)
    complete = "all" if listed.names_complete else f"only {read}"
    yield f"- **List:** {listed.entity_count} end users, {complete} of them by name:"
    shown = [plain(entity.names[0]) for entity in listed.entities[:_SHOWN_NAMES]]
    yield f"  {'; '.join(shown)}" if shown else "  none could be read"
    if not listed.names_complete:
        yield "  **Who is not named here is not cleared: the list is longer than what was read.**"


def _words(words: Iterable[str]) -> str:
    return ", ".join(sorted(_SPELLED.get(word, word.replace("_", " ")) for word in words))
