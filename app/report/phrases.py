"""Sentences of the report that are put together: causes, the law, evidence."""

from __future__ import annotations

from app.domain.exposure import EvidenceItem, IdentifiedLine
from app.domain.results import Contribution, ControlView
from app.report.language import Language
from app.report.markup import Markup, escaped, given, joined, tag
from app.report.subject import ReportSubject

_MOST_IMPORTERS = 3
_MOST_EVIDENCE = 3


def cause_text(part: Contribution, subject: ReportSubject, words: Language) -> str:
    """Return what a contribution means, as one phrase."""
    name, _, place = part.factor.partition("@")
    if place == "other" or part.factor == "other":
        return words.say("cause.structural_other" if name == "structural" else "cause.other")
    if name in {"market", "single_supplier"}:
        return words.say(f"cause.{name}")
    goods = words.say(f"goods.{part.stage}")
    exporter = words.country(part.exporter or "ZZ")
    if part.measure is None or part.cause is None:
        return words.say("cause.structural", exporter=exporter, goods=goods)
    text = words.say(
        "cause.measure",
        kind=words.say(f"kind.{part.cause.kind}"),
        goods=goods,
        exporter=exporter,
        importers=_importers(part.cause.importers, words),
        measure=part.measure,
    )
    return words.say("list.semicolon").join([text, *_qualifiers(part, subject, words)])


def _importers(codes: tuple[str, ...], words: Language) -> str:
    if len(codes) > _MOST_IMPORTERS:
        return words.counted("cause.countries", len(codes))
    return words.listed([words.country(code) for code in codes])


def _qualifiers(part: Contribution, subject: ReportSubject, words: Language) -> list[str]:
    cause = part.cause
    if cause is None:
        return []
    observed = {one.id: one for one in subject.reference.register.observations}
    effects = [
        effect
        for key in cause.observed
        if key in observed and (effect := observed[key].effect) is not None
    ]
    found = []
    if effects:
        practice = words.say(f"practice.{effects[0]}")
        found.append(words.say("cause.in_practice", practice=practice))
    elif cause.observed:
        found.append(words.say("cause.observed"))
    if cause.starts_in_days > 0.0:
        found.append(words.say("cause.starts", days=words.whole(cause.starts_in_days)))
    if cause.uncertain:
        found.append(words.say("cause.uncertain"))
    return found


def status_badge(view: ControlView, words: Language) -> Markup:
    """Return the law in a few words: the status, and what qualifies it."""
    status = words.say(f"status.{view.status}")
    more = [words.say(f"practice.{view.practice}")] if view.practice else []
    if view.expectation is not None:
        more.append(words.say(f"expectation.{view.expectation}"))
    if view.certainty is not None and view.certainty != "enacted":
        more.append(words.say(f"certainty.{view.certainty}"))
    if view.best_estimate is not None and view.best_estimate != view.status:
        more.append(words.say("status.best", status=words.say(f"status.{view.best_estimate}")))
    if view.worst_case is not None and view.worst_case != view.status:
        more.append(words.say("status.worst", status=words.say(f"status.{view.worst_case}")))
    if view.if_military is not None and view.if_military != view.status:
        more.append(words.say("status.if_military", status=words.say(f"status.{view.if_military}")))
    return joined(
        tag("span", status, class_=f"badge {view.status}"),
        [joined(tag("br"), tag("small", one)) for one in more],
    )


def evidence_markup(found: IdentifiedLine, words: Language) -> Markup:
    """Return what was seen in a line, in its own words, and where."""
    shown = found.evidence[:_MOST_EVIDENCE]
    return joined(
        *(
            joined(words.say("list.semicolon") if place else "", _seen(item, words))
            for place, item in enumerate(shown)
        )
    )


def _seen(item: EvidenceItem, words: Language) -> Markup:
    kind = f"evidence.{item.kind}"
    return words.markup(
        "evidence.seen",
        kind=words.say(kind if words.has(kind) else "evidence.name"),
        text=given(item.text),
    )


def evidence_text(found: IdentifiedLine, words: Language) -> str:
    """Return the same as plain text, all of it."""
    return words.say("list.semicolon").join(
        words.say(
            "evidence.seen",
            kind=words.say(
                f"evidence.{item.kind}" if words.has(f"evidence.{item.kind}") else "evidence.name"
            ),
            text=item.text,
        )
        for item in found.evidence
    )


def core_sentence(english: str, words: Language, code: str | None = None) -> Markup:
    """Return a sentence of the core in the language of the report.

    One that nobody has translated yet stays English and says so to screen readers.
    """
    translated = words.sentence(english, code)
    if translated is None:
        return tag("span", english, lang="en")
    return escaped(translated)


def reason_markup(found: IdentifiedLine, words: Language) -> Markup:
    """Return why a line holds rare earths or not.

    What a customs code or a material stands for is English only; other languages name what was
    seen instead.
    """
    code = _customs_code(found)
    if words.sentence(found.reason) is None and (code or found.evidence):
        if code is not None:
            return words.markup("lines.by_customs_code", code=given(code))
        return evidence_markup(found, words)
    return core_sentence(found.reason, words)


def reason_text(found: IdentifiedLine, words: Language) -> str:
    """Return the same as plain text."""
    told, code = words.sentence(found.reason), _customs_code(found)
    if told is not None:
        return told
    if code is not None:
        return words.say("lines.by_customs_code", code=code)
    return evidence_text(found, words) or found.reason


def _customs_code(found: IdentifiedLine) -> str | None:
    return next((item.text for item in found.evidence if item.kind == "hs_code"), None)
