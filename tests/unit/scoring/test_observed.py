"""What was observed: which record decides, what it says at each end, and how it fades."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.domain.context import EndUse
from app.domain.observations import Observation, ObservationBasis
from app.domain.triple import Side, Triple
from app.scoring.observed import applicable_observations, observed_hardness
from app.scoring.severity import Hardness
from tests import factories as make
from tests.unit.scoring import crossings
from tests.unit.scoring.crossings import EXACT, SEPARATION, sigma

OF_KIND = Hardness(0.2, (30.0, 60.0, 90.0))
UNADAPTED = Hardness(0.2, (40.0, 80.0, 160.0))


def _observation(
    observation_id: str = "O",
    *,
    known: int = 10,
    observed: int | None = None,
    basis: ObservationBasis = ObservationBasis.PRACTICE,
    elements: Iterable[str] = (),
    forms: Iterable[str] = (),
    destinations: Iterable[str] = (),
    **changes: object,
) -> Observation:
    found = Observation(
        id=observation_id,
        measure="A-1",
        exporter="A",
        basis=basis,
        known_from=_day(known),
        observed_to=_day(known if observed is None else observed),
        valid_days=365,
        elements=frozenset(elements),
        forms=frozenset(forms),
        destinations=frozenset(destinations),
        end_use="civil",
        arithmetic="",
        provenance=make.SURE,
        kind="stalled" if basis is ObservationBasis.PRACTICE else None,
    )
    return replace(found, **changes)  # type: ignore[arg-type]  # names are checked by replace itself


def _day(days_ago: int) -> date:
    return make.TODAY - timedelta(days=days_ago)


def _chosen(
    *observations: Observation, elements: Iterable[str] = ("Dy",), as_of: date = make.TODAY
) -> list[str]:
    found = applicable_observations(
        observations,
        elements=frozenset(elements),
        forms=frozenset({"oxide"}),
        destination="C",
        end_use=EndUse.CIVIL,
        as_of=as_of,
        known_on=make.TODAY,
        fade_days=180,
    )
    return [observation.id for observation in found]


def test_the_most_specific_record_goes_first() -> None:
    general = _observation("general", known=1)
    element = _observation("element", known=50, elements=["Dy"])
    exact = _observation("exact", known=90, elements=["Dy"], forms=["oxide"], destinations=["C"])

    assert _chosen(general, element, exact) == ["exact", "element", "general"]


def test_among_equals_the_latest_day_described_goes_first_not_the_day_of_publication() -> None:
    # A yearly flow published in January does not outrank a halt that began in January.
    yearly = _observation("yearly", known=10, observed=60)
    halt = _observation("halt", known=30, observed=30)

    assert _chosen(yearly, halt) == ["halt", "yearly"]


def test_among_equals_of_one_day_the_greatest_id_goes_first() -> None:
    assert _chosen(_observation("a"), _observation("c"), _observation("b")) == ["c", "b", "a"]


@pytest.mark.parametrize(
    "other",
    [
        _observation(elements=["Tb"]),
        _observation(forms=["magnet"]),
        _observation(destinations=["B"]),
        _observation(known=-1),
        _observation(known=365 + 180),
        _observation(end_use="military"),
    ],
)
def test_a_record_of_other_goods_or_other_days_does_not_count(other: Observation) -> None:
    assert _chosen(other) == []


def test_a_record_counts_until_it_has_faded() -> None:
    assert _chosen(_observation(known=365 + 179)) == ["O"]


def test_a_record_of_any_triggering_element_counts() -> None:
    assert _chosen(_observation(elements=["Tb"]), elements=["Dy", "Tb"]) == ["O"]


def _hardness(
    *observations: Observation, side: Side = Side.NOMINAL, as_of: date = make.TODAY
) -> Hardness:
    return observed_hardness(
        observations,
        of_kind=OF_KIND,
        unadapted=UNADAPTED,
        as_of=as_of,
        methodology=make.shipped_methodology(),
        side=side,
    ).hardness


def test_without_a_record_the_kind_decides() -> None:
    found = observed_hardness(
        (),
        of_kind=OF_KIND,
        unadapted=UNADAPTED,
        as_of=make.TODAY,
        methodology=make.shipped_methodology(),
        side=Side.NOMINAL,
    )

    assert (found.hardness, found.observations, found.stale) == (OF_KIND, (), False)


@pytest.mark.parametrize(
    ("side", "refusal", "delays"),
    [
        (Side.LOW, 0.5, (54.0, 108.0, 219.0)),
        (Side.NOMINAL, 0.8, (90.0, 180.0, 365.0)),
        (Side.HIGH, 1.0, (144.0, 288.0, 584.0)),
    ],
)
def test_practice_takes_the_figures_of_a_kind(
    side: Side, refusal: float, delays: tuple[float, float, float]
) -> None:
    found = _hardness(_observation(), side=side)

    assert found.refusal == refusal
    assert found.delays == pytest.approx(delays, abs=EXACT)


def _approvals(refusal: Triple | None, delays: tuple[float, float, float] | None) -> Observation:
    return _observation(basis=ObservationBasis.APPROVALS, refusal=refusal, delays=delays)


def test_approvals_give_share_and_time_with_the_multiplier_of_each_end() -> None:
    seen = _approvals(Triple(0.1, 0.4, 0.7), (10.0, 20.0, 30.0))

    low, nominal, high = (_hardness(seen, side=side) for side in Side)

    assert (low.refusal, nominal.refusal, high.refusal) == (0.1, 0.4, 0.7)
    assert low.delays == pytest.approx((6.0, 12.0, 18.0), abs=EXACT)
    assert nominal.delays == (10.0, 20.0, 30.0)
    assert high.delays == pytest.approx((16.0, 32.0, 48.0), abs=EXACT)


def test_approvals_may_speak_of_the_share_alone_or_of_the_time_alone() -> None:
    share = _hardness(_approvals(Triple.exactly(0.4), None))
    time = _hardness(_approvals(None, (10.0, 20.0, 30.0)))

    assert share == Hardness(0.4, UNADAPTED.delays)
    assert time == Hardness(0.2, (10.0, 20.0, 30.0))


def _flow(flow: Triple, months: int) -> Observation:
    return _observation(basis=ObservationBasis.FLOW_RATIO, flow_ratio=flow, months=months)


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        # Six months weigh one half: 0.5 (1 - flow) + 0.5 x 0.2; flows over the baseline count 1.
        (Side.LOW, 0.5 * 0.0 + 0.1),
        (Side.NOMINAL, 0.5 * 0.5 + 0.1),
        (Side.HIGH, 0.5 * 0.9 + 0.1),
    ],
)
def test_a_flow_is_weighed_by_its_months(side: Side, expected: float) -> None:
    found = _hardness(_flow(Triple(0.1, 0.5, 1.3), months=6), side=side)

    assert found.refusal == pytest.approx(expected, abs=EXACT)
    assert found.delays == pytest.approx((20.0, 40.0, 80.0), abs=EXACT)


def test_months_without_exports_are_nominally_no_worse_than_stalled() -> None:
    nothing = _flow(Triple.exactly(0.0), months=120)

    assert _hardness(nothing).refusal == 0.8
    assert _hardness(nothing, side=Side.HIGH).refusal > 0.9


def test_a_kind_harder_than_stalled_stays_harder() -> None:
    found = observed_hardness(
        (_flow(Triple.exactly(0.0), months=6),),
        of_kind=OF_KIND,
        unadapted=Hardness(0.9, (90.0, 180.0, 365.0)),
        as_of=make.TODAY,
        methodology=make.shipped_methodology(),
        side=Side.NOMINAL,
    )

    assert found.hardness.refusal == pytest.approx(0.9, abs=EXACT)


def test_a_record_fades_in_a_straight_line_without_a_jump_on_any_day() -> None:
    known = make.TODAY
    seen = replace(_observation(), known_from=known)
    days = range(360, 560)

    refusals = [_hardness(seen, as_of=known + timedelta(days=day)).refusal for day in days]

    # From 0.8 (stalled) on day 365 to 0.2 (the kind) on day 545.
    assert refusals[days.index(365)] == pytest.approx(0.8, abs=EXACT)
    assert refusals[days.index(455)] == pytest.approx(0.5, abs=EXACT)
    steps = [before - after for before, after in pairwise(refusals[:186])]
    assert max(steps) == pytest.approx(0.6 / 180.0, abs=EXACT)
    assert min(steps) >= -EXACT
    # After that it is not chosen any more, and the kind itself is what is left.
    assert refusals[days.index(544)] == pytest.approx(0.2 + 0.6 / 180.0, abs=EXACT)


def test_a_fading_record_gives_way_to_the_next_one() -> None:
    halt = _observation("halt", known=365 + 90, elements=["Dy"])
    eased = replace(_observation("eased", known=20), kind="general_licence")

    found = observed_hardness(
        (halt, eased),
        of_kind=OF_KIND,
        unadapted=UNADAPTED,
        as_of=make.TODAY,
        methodology=make.shipped_methodology(),
        side=Side.NOMINAL,
    )

    assert found.hardness.refusal == pytest.approx((0.8 + 0.02) / 2.0, abs=EXACT)
    assert found.stale
    assert [one.id for one in found.observations] == ["halt", "eased"]


def test_an_observation_does_not_speak_of_military_goods() -> None:
    licence = make.measure("A-1", timeline=make.in_force_for(130))
    data = make.reference(
        licence, observations=[_observation()], methodology=crossings.no_structural_risk()
    )
    civil, military = (
        sigma(crossings.paths(data, use=crossings.use_for(end_use)), "A", index=SEPARATION)
        for end_use in (EndUse.CIVIL, EndUse.MILITARY)
    )

    assert civil == pytest.approx(0.97, abs=EXACT)
    assert military == pytest.approx(0.9 + 0.1 * (27.0 + 72.0 + 54.0) / 180.0, abs=EXACT)


def test_an_observation_of_military_goods_speaks_of_them_alone() -> None:
    licence = make.measure("A-1", timeline=make.in_force_for(130))
    eased = replace(_observation(), end_use="military", kind="general_licence")
    data = make.reference(licence, observations=[eased], methodology=crossings.no_structural_risk())
    civil, military = (
        sigma(crossings.paths(data, use=crossings.use_for(end_use)), "A", index=SEPARATION)
        for end_use in (EndUse.CIVIL, EndUse.MILITARY)
    )

    assert civil == pytest.approx(0.552, abs=EXACT)
    assert military == pytest.approx(0.02 + 0.98 * (0.4 * 7.0 + 0.3 * 30.0) / 180.0, abs=EXACT)


def test_an_unknown_end_use_mixes_what_was_observed_with_the_military_case() -> None:
    licence = make.measure("A-1", timeline=make.in_force_for(130))
    data = make.reference(
        licence, observations=[_observation()], methodology=crossings.no_structural_risk()
    )
    found = crossings.paths(data, use=crossings.use_for(EndUse.UNKNOWN, prior=0.2))

    military = 0.9 + 0.1 * (27.0 + 72.0 + 54.0) / 180.0
    assert sigma(found, "A", index=SEPARATION) == pytest.approx(
        0.8 * 0.97 + 0.2 * military, abs=EXACT
    )


def test_observations_do_not_age_with_what_buyers_learn() -> None:
    old, young = (
        make.reference(
            make.measure("A-1", timeline=make.in_force_for(age)),
            observations=[_observation()],
            methodology=crossings.no_structural_risk(),
        )
        for age in (900, 130)
    )

    assert sigma(crossings.paths(old), "A") == sigma(crossings.paths(young), "A")
