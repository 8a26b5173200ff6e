"""The law for one question: which of the ten statuses holds, why, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.context import EndUse
from app.domain.controls import ControlBasis, ControlRegister
from app.domain.methodology import Methodology
from app.domain.observations import Observation
from app.domain.places import CHINA, bloc
from app.domain.results import ControlChange, ControlView
from app.errors import UnknownKeyError
from app.scoring.control_codes import (
    ENHANCED_LICENCE,
    LICENCE_REQUIRED,
    NOT_CONTROLLED,
    PROHIBITED,
    REGISTER_STAGES_OF_FORM,
    SUSPENDED,
    UNCONFIRMED,
    most_severe,
    rank,
)
from app.scoring.control_findings import (
    Finding,
    FindingSearch,
    end_user_listing,
    lawful_measures,
)
from app.scoring.control_match import TradedGoods, follows_list, triggers
from app.scoring.control_notes import notes_on, notes_on_near_names, notes_on_possible
from app.scoring.control_practice import known_observations, licence_days_of, practice_of
from app.scoring.end_users import NOBODY, EndUserLists, end_user_lists

REFUSAL = "refusal"

#: Rank from which on somebody decides about each export.
LICENSED = rank(LICENCE_REQUIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlQuestion:
    """What is asked of the law.

    Attributes:
        element: Symbol of the element.
        elements: All that the goods hold; the element is counted in.
        form: Product form of the goods, as in the chains; also equipment, reagent, technology.
        destination: Country that the goods enter.
        end_use: civil, military or unknown; unknown reads as civil and tells what military is.
        as_of, known_on: The two clocks.
        end_user: Name of the end user, or None.
        exporter: Country that the goods leave.
        possible: Further elements that the goods may hold; nobody knows.
        lists: What entity lists say of the end user and its owners; None to look it up by
            name alone.
    """

    element: str
    elements: frozenset[str]
    form: str
    destination: str
    end_use: EndUse
    as_of: date
    known_on: date
    end_user: str | None = None
    exporter: str = CHINA
    possible: frozenset[str] = frozenset()
    lists: EndUserLists | None = None


def control_view(
    register: ControlRegister, methodology: Methodology, *, question: ControlQuestion
) -> ControlView:
    """Return what the law says of an element in some goods on a day.

    The most severe status that applies today wins. Where an unconfirmed measure could make it
    more severe, the status is `unconfirmed` with a best estimate and a worst case. Practice
    stands beside the law and never changes it.

    Args:
        register: All measures, observations and reports.
        methodology: Delays by kind.
        question: Goods, way, end use, end user and both clocks.

    Raises:
        UnknownKeyError: There is no such product form.

    References:
        docs/methodology.md, "Measures".
    """
    if question.form not in REGISTER_STAGES_OF_FORM:
        raise UnknownKeyError(
            f"no product form {question.form!r}; known are {', '.join(REGISTER_STAGES_OF_FORM)}"
        )
    if bloc(question.exporter) == bloc(question.destination):
        return _WITHIN_ONE_BLOC
    search = _search(register, question, military=question.end_use is EndUse.MILITARY)
    findings, reexport = search.direct(), search.reexport()
    ruling = _ruling(findings)
    if_held = _if_possible_held(register, question, ruling)
    if_named = _if_named(register, question, ruling)
    view = ControlView(
        status=ruling.status,
        certainty=ruling.certainty,
        best_estimate=ruling.best_estimate,
        worst_case=ruling.worst_case,
        expectation=REFUSAL if search.military and _is_dual_use_licence(ruling) else None,
        reexport=_reexport_status(reexport),
        if_military=_if_military(register, question),
        measures=tuple(finding.measure.id for finding in ruling.findings),
        next_change=_next_change(findings) or _next_change(reexport),
        practice=None,
        licence_days=None,
        notes=(
            *notes_on(search, findings, reexport, end_user=question.end_user),
            *notes_on_possible(question.possible, if_held),
            *notes_on_near_names(_lists_of(register, question), if_named),
        ),
    )
    if if_held is not None or if_named is not None:
        view = replace(
            view,
            best_estimate=ruling.best_estimate or ruling.status,
            worst_case=most_severe(if_held, if_named),
        )
    return _with_practice(view, ruling, search, methodology=methodology, form=question.form)


_WITHIN_ONE_BLOC = ControlView(
    status=NOT_CONTROLLED,
    certainty=None,
    best_estimate=None,
    worst_case=None,
    expectation=None,
    reexport=None,
    if_military=None,
    measures=(),
    next_change=None,
    practice=None,
    licence_days=None,
    notes=("The goods cross no customs border.",),
)


def _search(
    register: ControlRegister,
    question: ControlQuestion,
    *,
    military: bool,
    also: frozenset[str] = frozenset(),
    worst: bool = False,
) -> FindingSearch:
    return FindingSearch(
        register=register,
        measures=lawful_measures(register, question.destination),
        goods=TradedGoods(
            question.element,
            question.elements | {question.element} | also,
            REGISTER_STAGES_OF_FORM[question.form],
        ),
        exporter=question.exporter,
        destination=question.destination,
        as_of=question.as_of,
        known_on=question.known_on,
        military=military,
        listing=end_user_listing(
            register,
            _lists_of(register, question),
            as_of=question.as_of,
            known_on=question.known_on,
            worst=worst,
        ),
    )


def _lists_of(register: ControlRegister, question: ControlQuestion) -> EndUserLists:
    if question.lists is not None:
        return question.lists
    return end_user_lists(
        register, question.end_user, as_of=question.as_of, known_on=question.known_on
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ruling:
    """Status of all findings together; `findings` holds the live ones, the deciding first."""

    status: str
    certainty: str | None
    best_estimate: str | None
    worst_case: str | None
    findings: tuple[Finding, ...]


def _ruling(findings: Iterable[Finding]) -> _Ruling:
    """Return the status that results from what every measure says."""
    live = [finding for finding in findings if finding.live]
    certain = most_severe(*(finding.certain for finding in live))
    doubtful = [
        finding for finding in live if finding.unconfirmed and finding.severity > rank(certain)
    ]
    if doubtful:
        ordered = _ordered(live, lambda finding: finding in doubtful)
        return _Ruling(
            status=UNCONFIRMED,
            certainty=ordered[0].basis,
            best_estimate=most_severe(*(finding.best for finding in live)),
            worst_case=most_severe(*(finding.worst for finding in live)),
            findings=ordered,
        )
    ordered = _ordered(live, lambda finding: finding.certain == certain)
    dormant = most_severe(*(finding.dormant for finding in live))
    sleeps = certain == SUSPENDED and dormant != NOT_CONTROLLED
    return _Ruling(
        status=certain,
        certainty=None if certain == NOT_CONTROLLED else ordered[0].basis,
        best_estimate=SUSPENDED if sleeps else None,
        worst_case=dormant if sleeps else None,
        findings=ordered,
    )


def _ordered(live: Sequence[Finding], decides: Callable[[Finding], bool]) -> tuple[Finding, ...]:
    """Return what decides first, then the rest from severe to mild; item measures before bans."""
    return tuple(
        sorted(
            live,
            key=lambda finding: (
                not decides(finding),
                -finding.severity,
                follows_list(finding.measure),
                finding.measure.id,
            ),
        )
    )


def _if_possible_held(
    register: ControlRegister, question: ControlQuestion, ruling: _Ruling
) -> str | None:
    """Return the status if the goods held what nobody knows, None where it is no worse."""
    if not question.possible:
        return None
    return _worse(register, question, ruling, also=question.possible)


def _if_named(register: ControlRegister, question: ControlQuestion, ruling: _Ruling) -> str | None:
    """Return the status if a near name or a possible owner were a listed one, None if no worse."""
    lists = _lists_of(register, question)
    if lists == NOBODY:
        return None
    return _worse(register, question, ruling, also=question.possible, worst=True)


def _worse(
    register: ControlRegister,
    question: ControlQuestion,
    ruling: _Ruling,
    *,
    also: frozenset[str],
    worst: bool = False,
) -> str | None:
    military = question.end_use is EndUse.MILITARY
    held = _ruling(_search(register, question, military=military, also=also, worst=worst).direct())
    found = most_severe(held.status if held.worst_case is None else held.worst_case)
    known = most_severe(ruling.status if ruling.worst_case is None else ruling.worst_case)
    return found if rank(found) > rank(known) else None


def _is_dual_use_licence(ruling: _Ruling) -> bool:
    return ruling.status == LICENCE_REQUIRED and (
        ruling.findings[0].measure.control_basis is ControlBasis.DUAL_USE
    )


def _reexport_status(findings: Iterable[Finding]) -> str | None:
    """Return the status of sending the goods on from abroad, None where no rule is live."""
    status = _ruling(findings).status
    return status if rank(status) >= rank(UNCONFIRMED) else None


def _if_military(register: ControlRegister, question: ControlQuestion) -> str | None:
    """Return the status that a military end use would have, where nobody says which it is."""
    if question.end_use is not EndUse.UNKNOWN:
        return None
    return _ruling(_search(register, question, military=True).direct()).status


def _next_change(findings: Iterable[Finding]) -> ControlChange | None:
    """Return the first day that is known to change one of the measures."""
    coming = [
        (event.on_date, finding.measure.id, event.status.value, event.basis.value)
        for finding in findings
        for event in finding.resolved.upcoming
    ]
    if not coming:
        return None
    on_date, measure, status, basis = min(coming)
    return ControlChange(on_date=on_date, measure=measure, status=status, basis=basis)


def _end_users_of(code: str) -> str:
    return "watch_listed" if code == ENHANCED_LICENCE else "any"


def _with_practice(
    view: ControlView,
    ruling: _Ruling,
    search: FindingSearch,
    *,
    methodology: Methodology,
    form: str,
) -> ControlView:
    """Return the view with practice and the days to a licence, as far as anybody saw them."""
    own = [finding for finding in ruling.findings if not follows_list(finding.measure)]
    if not own:
        return view
    code = view.best_estimate or view.status
    licence, clocks = own[0], (search.as_of, search.known_on)
    observations: tuple[Observation, ...] = ()
    if not search.military and code not in (ENHANCED_LICENCE, PROHIBITED):
        observations = known_observations(
            search.register,
            licence.measure,
            listed=triggers(licence.items, search.goods),
            form=form,
            destination=search.destination,
            clocks=clocks,
        )
    reported = not search.military and LICENSED <= rank(code) < rank(PROHIBITED)
    since = licence.resolved.since or search.as_of
    return replace(
        view,
        practice=practice_of(
            search.register,
            observations,
            goods=search.goods,
            destination=search.destination,
            clocks=clocks,
            reports_for=_end_users_of(code) if reported else None,
        ),
        licence_days=licence_days_of(
            code,
            observations,
            military=search.military,
            age_days=float((search.as_of - since).days),
            methodology=methodology,
        ),
    )
