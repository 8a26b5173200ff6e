"""Wrong what-ifs and wrong wishes for actions."""

from __future__ import annotations

from typing import Any

from tests.api.requests import assessment
from tests.api.wrong_case import JSON, Wrong

SCENARIOS = "/v1/scenarios"
MITIGATIONS = "/v1/mitigations"
PATCH = "/scenarios/0/patches/0"


def what_if(*scenarios: Any, **changes: Any) -> dict[str, Any]:
    """Return a request with some what-ifs."""
    return {**assessment(), "scenarios": list(scenarios), **changes}


def wrong(name: str, code: str, pointer: str, request: dict[str, Any], **more: Any) -> Wrong:
    return Wrong(name, 422, code, pointer, path=SCENARIOS, sent={"json": request}, **more)


def scenario(name: str, code: str, pointer: str, **fields: Any) -> Wrong:
    return wrong(name, code, pointer, what_if({"id": "a", **fields}))


def patch(title: str, code: str, pointer: str, /, **fields: Any) -> Wrong:
    return scenario(title, code, PATCH + pointer, patches=[fields])


def wish(name: str, code: str, pointer: str, **fields: Any) -> Wrong:
    request = {**assessment(), **fields}
    return Wrong(name, 422, code, pointer, path=MITIGATIONS, sent={"json": request})


BAN: dict[str, Any] = {"op": "add_measure", "elements": ["Dy"], "outcome": "prohibited"}
SHARES: dict[str, Any] = {
    "op": "set_shares", "table": "world", "stage": "separation", "elements": ["Dy"],
}  # fmt: skip

WHAT_IFS = [
    Wrong("no what-ifs", 422, "missing", "/scenarios", path=SCENARIOS, sent={"json": assessment()}),
    wrong("an empty list", "too_few", "/scenarios", what_if()),
    wrong("eleven", "too_many", "/scenarios", what_if(*[{"id": str(n)} for n in range(11)])),
    wrong("no list", "wrong_type", "/scenarios", {**assessment(), "scenarios": {"id": "a"}}),
    wrong("no id", "missing", "/scenarios/0/id", what_if({"builtin": "flow_zero"})),
    wrong("one id twice", "duplicate_scenario_id", "/scenarios/1/id",
          what_if({"id": "a"}, {"id": "a"})),
    wrong("an unknown field", "unknown_field", "/scenario",
          {**what_if({"id": "a"}), "scenario": 1}),
    wrong("sectors in words", "wrong_type", "/sectors", what_if({"id": "a"}, sectors="yes")),
    wrong("a BOM that does not fit", "missing", "/bom", {"scenarios": [{"id": "a"}]}),
    wrong("no destination", "missing", "/destination",
          {**assessment(destination=...), "scenarios": [{"id": "a"}]}),
    scenario("an unknown built-in", "not_one_of", "/scenarios/0/builtin", builtin="war"),
    scenario("an element for a ban", "unknown_field", "/scenarios/0/element",
             builtin="destination_ban", element="Dy"),
    scenario("a country for a flow", "unknown_field", "/scenarios/0/country",
             builtin="flow_zero", country="MY"),
    scenario("an element without a built-in", "unknown_field", "/scenarios/0/element",
             element="Dy"),
    scenario("no rare earth", "not_one_of", "/scenarios/0/element", builtin="flow_zero",
             element="Fe"),
    scenario("an unknown country", "unknown_country", "/scenarios/0/country",
             builtin="supplier_replaced", country="XX"),
    scenario("fifty-one patches", "too_many", "/scenarios/0/patches",
             patches=[{"op": "delays", "factor": 1.0}] * 51),
    patch("an unknown op", "union_tag_invalid", "", op="invade"),
    patch("no op", "union_tag_not_found", "", factor=2.0),
    patch("a field of another op", "unknown_field", "/factor", **BAN, factor=2.0),
    patch("no elements", "missing", "/elements", op="add_measure", outcome="licence"),
    patch("an empty list of elements", "too_few", "/elements", op="add_measure", elements=[],
          outcome="licence"),
    patch("an unknown element", "not_one_of", "/elements/0", op="add_measure", elements=["Xx"],
          outcome="licence"),
    patch("an unknown form", "not_one_of", "/forms/0", **BAN, forms=["motor"]),
    patch("an unknown outcome", "not_one_of", "/outcome", op="add_measure", elements=["Dy"],
          outcome="exempt"),
    patch("an id of the register", "duplicate_measure", "/id", **BAN, id="CN-18-2025"),
    patch("a date in words", "not_a_date", "/in_force_from", **BAN, in_force_from="soon"),
    scenario("one new id twice", "duplicate_measure", "/scenarios/0/patches/1/id",
             patches=[BAN, BAN]),
    patch("an unknown measure", "unknown_measure", "/measure", op="set_status", measure="CN-0",
          status="ended"),
    patch("an unknown status", "not_one_of", "/status", op="set_status", measure="CN-18-2025",
          status="forgotten"),
    scenario("a suspension that ends before it begins", "does_not_fit", "/scenarios/0",
             patches=[{"op": "set_status", "measure": "CN-18-2025", "status": "suspended",
                       "back_on": "2026-02-01"}]),
    patch("days as a fraction", "wrong_type", "/days", op="move_dates", measure="CN-18-2025",
          days=1.5),
    patch("too many days", "too_large", "/days", op="move_dates", measure="CN-18-2025", days=99999),
    patch("an outcome for nothing", "unknown_measure", "/measure", op="set_outcome", measure="x",
          outcome="licence"),
    patch("a negative flow", "too_small", "/flow", op="set_flow", measure="CN-18-2025",
          elements=["Dy"], flow=-0.1),
    patch("a negative factor", "too_small", "/factor", op="delays", factor=-1.0),
    patch("a huge factor", "too_large", "/factor", op="delays", factor=1e9),
    patch("an unknown parameter", "unknown_parameter", "/name", op="set_parameter", name="mood",
          value=1.0),
    patch("a parameter without an interval", "unknown_parameter", "/name", op="set_parameter",
          name="gamma", value=0.5),
    patch("a value above the interval", "too_large", "/value", op="set_parameter",
          name="p_reactivated", value=0.9),
    patch("a value below the interval", "too_small", "/value", op="set_parameter",
          name="p_reactivated", value=0.01),
    patch("shares that miss 1", "shares_not_one", "/shares", **SHARES, shares={"CN": 0.5}),
    patch("shares of a wrong country", "not_one_of", "/shares/Utopia", **SHARES,
          shares={"Utopia": 1.0}),
    patch("a share over 1", "too_large", "/shares/CN", **SHARES, shares={"CN": 1.5}),
    patch("a place of the world", "unknown_field", "/place", **SHARES, shares={"CN": 1.0},
          place="JP"),
    patch("a feed of nowhere", "missing", "/place", **{**SHARES, "table": "feed"},
          shares={"CN": 1.0}),
    patch("an unknown stage", "not_one_of", "/stage", **{**SHARES, "stage": "sorting"},
          shares={"CN": 1.0}),
    patch("an outage of nothing", "missing", "", op="mine_outage"),
    patch("an outage of two things", "missing", "", op="mine_outage", mine="Bayan Obo",
          country="MM"),
    patch("an unknown mine", "unknown_mine", "/mine", op="mine_outage", mine="Moria"),
    scenario("a country without mines", "does_not_fit", "/scenarios/0",
             patches=[{"op": "mine_outage", "country": "LU"}]),
    patch("an unknown line", "unknown_line", "/line_ids/0", op="set_lines", line_ids=["99"],
          stock_days=5),
    patch("negative stock", "too_small", "/stock_days", op="set_lines", stock_days=-5),
    patch("suppliers over 1", "shares_over_one", "/suppliers", op="set_lines",
          suppliers=[{"country": "JP", "share": 0.6}, {"country": "DE", "share": 0.6}]),
    patch("sourcing over 1", "shares_over_one", "/sourcing", op="set_lines",
          sourcing=[{"stage": "metal", "country": "JP", "share": 0.6},
                    {"stage": "metal", "country": "DE", "share": 0.6}]),
    patch("a recycled share over 1", "too_large", "/recycled_share", op="set_lines",
          recycled_share=2),
    patch("a second source of too much", "too_large", "/share", op="second_source", stage="metal",
          country="GB", share=1.01),
    patch("an unknown material", "unknown_material", "/material", op="replace_material",
          material="mithril"),
    patch("a form that is none", "not_one_of", "/form", op="change_form", form="powder"),
    wish("a limit of nothing", "too_small", "/limit", limit=0),
    wish("too high a limit", "too_large", "/limit", limit=201),
    wish("an unknown band", "not_one_of", "/target_band", target_band="green"),
    wish("negative months", "too_small", "/within_months", within_months=-1),
    wish("endless months", "too_large", "/within_months", within_months=1000),
    wish("an unknown extra", "not_one_of", "/include/0", include=["weather"]),
    wish("an unknown what-if in the calendar", "not_one_of", "/calendar_scenarios/0",
         calendar_scenarios=["war"]),
    wish("three what-ifs in the calendar", "too_many", "/calendar_scenarios",
         calendar_scenarios=["flow_zero"] * 3),
    wish("what-ifs", "unknown_field", "/scenarios", scenarios=[{"id": "a"}]),
    Wrong("a broken what-if", 400, "unreadable_json", "", path=SCENARIOS,
          sent={"content": b'{"scenarios": [', "headers": JSON}),
    Wrong("text for actions", 415, None, None, path=MITIGATIONS,
          sent={"content": b"x", "headers": {"content-type": "text/plain"}}),
    Wrong("actions as a page", 406, None, None, path=MITIGATIONS,
          sent={"json": assessment(), "headers": {"accept": "text/html"}}),
    Wrong("a what-if by GET", 405, None, None, path=SCENARIOS, method="GET"),
    Wrong("an unknown parameter of actions", 422, "unknown_field", "/limit", path=MITIGATIONS,
          sent={"json": assessment(), "params": {"limit": "3"}}),
]  # fmt: skip
