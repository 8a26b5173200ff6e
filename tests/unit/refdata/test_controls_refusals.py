"""What the loader of the register refuses, and that it says all of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import ReferenceDataError
from app.refdata.controls import load_register
from app.refdata.fault_list import FaultList
from tests.unit.refdata.controls_folder import BAN, KNOWN, load, refusal

M = "controls/jp/xx-7-2031.yaml"
B = "controls/jp/xx-8-2031.yaml"
S = "controls/jp/xx-9-2031.yaml"
OB = "controls/observations.yaml"
LP = "controls/practice.yaml"
REG = "controls/register.yaml"
REM = "controls/remarks.yaml"
CSV = "controls/trade_observations.csv"
CN = "controls/customs_codes.csv"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (M, "title: Lic", "titel: Lic", "key 'titel' is not known"),
        (M, "id: XX-7-2031", "id: XX-7-2031\nid: XX-7-2031", "is repeated"),
        (M, "id: XX-7-2031", "id: XX-77", "must lie in its issuer's folder"),
        (M, "exporter: JP", "exporter: QQ", "'QQ' is no country code"),
        (M, "exporter: JP", "exporter: DE", "must lie in its issuer's folder"),
        (M, "type: licence", "type: license", "'type' is 'license_requirement'"),
        (M, "sources: [notice, gk]", "sources: [notice, blog]", "source 'blog' is not in"),
        (M, "sources: [notice, gk]", "sources: []", "'sources' is empty"),
        (M, "stated, known_from: 2031-05-20, source: notice",
         "stated, known_from: 2031-05-20, source: no", "source 'no'"),
        (M, "announced: 2031-03-01", "announced: 2031-02-30", "must be a day"),
        (M, "announced: 2031-03-01", "announced: 2031-03-02", "is the known_from of no event"),
        (M, "effective_from: 2031-04-01", "effective_from: 2031-04-02", "of no event in_force"),
        (M, "on_date: 2031-03-01", "on_date: 2031-04-03", "'timeline' must ascend"),
        (M, "known_to: 2031-05-20", "known_to: 2031-05-01", "'known_to' must be later"),
        (M, "best_estimate: suspended, worst_case: in_force,\n     ", "",
         "an unconfirmed event has"),
        (M, "status: announced,", "status: announced, worst_case: in_force,",
         "an unconfirmed event has"),
        (M, "best_estimate: suspended", "best_estimate: unconfirmed", "must say what to assume"),
        (M, "best_estimate: suspended, worst_case: in_force",
         "best_estimate: in_force, worst_case: suspended", "milder than the best estimate"),
        (M, "status: announced", "status: not_published", "not_published is no event"),
        (M, "status: announced", "status: announced, precision: week",
         "'precision' must be one of"),
        (M, "elements: [Dy, Tb]", "elements: [Dy, Tx]", "'Tx' is not the symbol"),
        (M, "  elements: [Dy, Tb]\n", "", "'elements' must be there for the mode explicit"),
        (M, "stages: [oxide, magnet]", "stages: [oxide, magnet, magnet]", "a product form twice"),
        (M, "stages: [oxide, magnet]", "stages: [oxide, brick]", "'stages' is 'brick'"),
        (M, "  stages: [oxide, magnet]\n", "", "'stages' is empty"),
        (M, "stages: [oxide], complete", "stages: [metal], complete", "some of those of the scope"),
        (M, "elements: [Dy], stages", "elements: [Sm], stages", "some of those of the scope"),
        (M, "elements: all", "elements: [Dy]", "no item for Tb"),
        (M, "countries: [EU, US]", "countries: [EU, DE]", "names DE twice"),
        (M, "mode: only, countries: [EU, US]", "mode: only",
         "empty for the mode all, and only then"),
        (M, "threshold: 0.001", "threshold: 1.5", "'threshold' must be a share"),
        (M, "threshold: 0.001", "threshold: one", "'threshold' must be a decimal number"),
        (M, "  extraterritorial: [foreign_made_de_minimis]\n", "", "without a way to reach goods"),
        (M, "hs6: [284690]", "hs6: [2846]", "holds '2846', which is no such code"),
        (M, "hs6: [284690]", "hs6: [284690, 284690]", "names a code twice"),
        (M, "end_uses: [any]", "end_uses: [peaceful]", "'end_uses' must name some of"),
        (M, "end_users: [any]", "end_users: []", "'end_users' must name some of"),
        (M, "stages: [magnet]}", "stages: [metal]}", "speaks of metal, the scope does not"),
        (M, "check_every_days: 30", "check_every_days: 0", "'check_every_days' must be 1"),
        (M, "last_verified_on: 2031-05", "last_verified_on: May", "must be YYYY"),
        (M, "announcement: XX-7", "announcement: XX-8", "is the id of another measure"),
        (M, "notes: null", "notes: null\nsuspends: [XX-8-2031]",
         "belongs to a suspension instrument"),
        (M, "notes: null",
         "notes: null\nentities: {names_complete: true, entity_count: 0, listed: []}",
         "belongs to an entity measure"),
        (B, "stages: [oxide]", "stages: [oxide]\n  items: []",
         "has neither 'items' nor 'condition'"),
        (B, "entity_count: 2", "entity_count: 1", "but 1 names are called incomplete"),
        (B, "names_complete: false", "names_complete: true", "but 1 names are called complete"),
        (B, "株式会社リスト", "Listed Works Ltd", "'Listed Works Ltd' is repeated"),
        (B, "names: [Listed Works Ltd, 株式会社リスト]", "names: Listed Works Ltd",
         "'names' must be a list"),
        (B, "country: DE", "country: Germany", "is no country code"),
        (S, "suspends: [XX-7-2031]", "suspends: [XX-70]", "suspends XX-70, which is no measure"),
        (S, "suspends: [XX-7-2031]", "suspends: [XX-8-2031]", "whose timeline has no such event"),
        (REG, "knowledge_cutoff: 2031-06-15", "knowledge_cutoff: 2031-05-10",
         "lies before XX-7-2031"),
        (REG, "on_date: 2031-05-31", "on_date: 2031-08-31", "'scheduled_events' must ascend"),
        (OB, "measure: XX-7-2031\n  exporter: JP\n  basis: flow",
         "measure: XX-1\n  exporter: JP\n  basis: flow", "'XX-1', which is none"),
        (OB, "exporter: JP\n  basis: flow", "exporter: DE\n  basis: flow", "'exporter' must be JP"),
        (OB, "observed_to: 2031-03-31", "observed_to: 2031-04-21", "must not be later"),
        (OB, "elements: [Dy]", "elements: [Nd]", "must be among those of XX-7-2031"),
        (OB, "forms: [oxide]", "forms: [device_magnet]", "'forms' must name some of"),
        (OB, "months: 2", "months: 0", "'months' must be 1 or more"),
        (OB, "  months: 2\n", "", "flow_ratio has flow_ratio and months"),
        (OB, "kind: stalled", "kind: stalled\n  refusal: 0.5", "practice has kind, no other"),
        (OB, "kind: stalled", "kind: slow", "'kind' is 'slow'"),
        (OB, "flow_ratio: [0.1", "flow_ratio: [-0.1", "must not be negative"),
        (OB, "flow_ratio: [0.1, 0.2", "flow_ratio: [0.25, 0.2", "low <= nominal <= high"),
        (OB, "refusal: [0.1, 0.2, 0.3]", "refusal: [0.1, 0.2, 1.3]", "between 0 and 1"),
        (OB, "delays: [10, 20, 30]", "delays: [10]", "must be [D10, D50, D90]"),
        (OB, "delays: [10", "delays: [-10", "'delays' must not be negative"),
        (OB, "effect: halt", "effect: stop", "'effect' must be one of"),
        (OB, "end_use: civil\n  kind", "end_use: peace\n  kind", "'end_use' is 'peace'"),
        (OB, "valid_days: 90\n  elements: [Dy]", "valid_days: 0\n  elements: [Dy]",
         "'valid_days' must be 1"),
        (OB, "OB-2:", "OB-1:", "is repeated"),
        (LP, "effect: slows", "effect: stops", "'effect' must be one of"),
        (LP, "end_users: watch_listed", "end_users: nobody", "must be any or watch_listed"),
        (LP, "low: 0.2", "low: 0.7", "'low' must not be more than 'high'"),
        (LP, "ends: 2031-04-15", "ends: 2031-02-15", "must not be earlier"),
        (LP, "starts: 2031-03\n", "starts: spring\n", "'starts' must be YYYY"),
        (LP, 'destinations: ["*"]', "destinations: [World]", "'World' is no country code"),
        (REM, "id: Q-1", "id: C-1", "'C-1' is repeated"),
        (REM, "parties: [JP, US]", "parties: [JP, ASEAN]", "'ASEAN' is no country code"),
        (CSV, "2031-04,magnets", "April,magnets", "'period' must be"),
        (CSV, "2031-04,magnets", "2031-04,motors", "'product' must be one of"),
        (CSV, "12.5", "-12.5", "'tonnes' must not be negative"),
        (CSV, "2031-01/2031-04,magnets,DE", "2031-04,magnets,WORLD", "is repeated"),
        (CSV, "tonnes,derived", "derived,tonnes", "header must be"),
        (CN, "2846901500,284690", "2846901500,850511", "must have 8 or 10 digits"),
        (CN, "85051190,850511", "850511901,850511", "must have 8 or 10 digits"),
        (CN, "85051190,850511,other magnets,,gk", "2846901500,284690,again,,gk", "is repeated"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(
    tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    refused = refusal(tmp_path, name, old, new)

    assert message in refused
    assert refused.startswith("controls")


def test_all_faults_come_out_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError) as error:
        load(
            tmp_path,
            **{
                "on_date: 2031-03-01, status: announced": (M, "on_date: soon, status: announced"),
                "on_date: 2031-05-01, status: suspended": (M, "on_date: 2031-05-01, status: late"),
                "elements: [Dy, Tb]": (M, "elements: [Dy, Tx]"),
                "end_uses: [any]": (M, "end_uses: [peaceful]"),
                "sources: [notice, gk]": (M, "sources: [blog]"),
                "confidence: high": (M, "confidence: certain"),
                "effect: slows": (LP, "effect: stops"),
                "12.5": (CSV, "many"),
            },
        )

    message = str(error.value)
    for fault in ("soon", "late", "Tx", "blog", "certain", "stops", "many"):
        assert f"'{fault}'" in message
    assert "peaceful" in message
    assert len(message.splitlines()) == 8


def test_a_register_without_measures_is_refused(tmp_path: Path) -> None:
    load(tmp_path)
    for path in (tmp_path / "controls" / "jp").iterdir():
        path.unlink()

    with pytest.raises(ReferenceDataError, match="holds no measure"):
        load_register(tmp_path, KNOWN)


def test_an_empty_timeline_is_refused(tmp_path: Path) -> None:
    block = BAN[BAN.index("timeline:") : BAN.index("scope:")]

    assert "'timeline' is empty" in refusal(tmp_path, B, block, "timeline: []\n")


def test_the_same_id_in_two_files_is_refused(tmp_path: Path) -> None:
    load(tmp_path)
    twin = tmp_path / "controls" / "jp" / "jp" / "xx-8-2031.yaml"
    twin.parent.mkdir()
    twin.write_text(BAN, encoding="utf-8")
    twin.rename(tmp_path / "controls" / "jp" / "XX-8-2031.yaml")

    with pytest.raises(ReferenceDataError, match="must lie in"):
        load_register(tmp_path, KNOWN)


def test_two_events_of_one_day_and_knowledge_are_refused(tmp_path: Path) -> None:
    line = BAN[BAN.index("  - {on_date") : BAN.index("scope:")]

    message = refusal(tmp_path, B, line, line + line.replace("in_force", "ended"))

    assert "two events with the same on_date and known_from" in message


def test_a_fault_list_without_result_is_an_error() -> None:
    with pytest.raises(ReferenceDataError, match="nothing was read"):
        FaultList().result(None)


def test_a_list_that_nothing_is_on_is_refused(tmp_path: Path) -> None:
    load(tmp_path)
    (tmp_path / "controls" / "jp" / "xx-7-2031.yaml").unlink()
    (tmp_path / "controls" / "jp" / "xx-9-2031.yaml").unlink()
    (tmp_path / "controls" / "observations.yaml").write_text("{}\n", encoding="utf-8")

    with pytest.raises(ReferenceDataError, match="follows the dual-use list of JP"):
        load_register(tmp_path, KNOWN)
