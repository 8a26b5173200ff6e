"""Line stops and months at their edges."""

from __future__ import annotations

from datetime import date

from app.domain.triple import Triple
from app.scoring.builtin_scenarios import Builtin, builtin_patches
from app.scoring.patches_lines import RaiseStock
from app.scoring.stress_calendar import month_edges, stress_calendars
from tests import factories as make
from tests import plain_world as plain


def test_a_month_ends_on_its_last_day_where_it_is_shorter() -> None:
    assert month_edges(date(2027, 11, 30), 4) == (
        date(2027, 11, 30),
        date(2027, 12, 30),
        date(2028, 1, 30),
        date(2028, 2, 29),
        date(2028, 3, 30),
    )


def test_the_base_comes_first_and_each_scenario_has_its_year() -> None:
    bench = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty())))
    ban = builtin_patches(Builtin.DESTINATION_BAN, bench.inputs)

    found = stress_calendars(
        bench, [("ban", ban), ("stock", [RaiseStock(line_ids=frozenset(), to_days=160.0)])]
    )

    assert [one.id for one in found] == ["base", "ban", "stock"]
    base, banned, stocked = (sum(month.product_days for month in one.months) for one in found)
    assert stocked < base < banned
    assert found[1].stops[0].measure == "SUPPOSED-BAN"
    # Deliveries come before this stock is gone, even in the slowest tenth.
    (stop,) = found[2].stops
    assert (stop.stops_on, stop.stops_on_if_slow) == (None, None)


def test_a_line_that_nothing_holds_up_does_not_stop() -> None:
    (found,) = stress_calendars(plain.bench_of(plain.inputs_of(plain.plain_reference())), ())

    assert found.stops == ()
    assert all(month.product_days == 0.0 for month in found.months)


def test_what_is_only_possible_is_in_no_month() -> None:
    possible = make.content("Tb", presence=Triple(0.0, 0.0, 1.0))
    rows = [
        (plain.oxide_line("1"), plain.dysprosium("1")),
        (plain.oxide_line("2"), make.found("2", possible, forms=("oxide",))),
    ]
    bench = plain.bench_of(plain.inputs_of(plain.plain_reference(plain.duty()), rows))

    (found,) = stress_calendars(bench, ())

    days = dict(found.months[0].element_days)
    assert days["Tb"] == 0.0
    assert days["Dy"] > 0.0
