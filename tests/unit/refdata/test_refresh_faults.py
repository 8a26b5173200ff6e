"""Newer figures from public services: what is said when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.errors import InvalidInputError, RefreshError
from app.refdata.refresh import SOURCES, refresh
from app.refdata.refresh_fetch import MOST_BYTES, MOST_QUESTIONS, Fetcher, new_client
from app.refdata.refresh_places import alpha_2, named_country
from app.refdata.refresh_proposal import Proposal, Wanted
from tests.unit.refdata.refresh_services import (
    ROOT,
    WANTED,
    Handler,
    answer,
    data_release,
    everybody,
    fetcher,
    no_wait,
    sciencebase,
)


def says(status: int, **body: Any) -> Handler:
    return lambda _: httpx.Response(status, **body)


def refused(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route", request=request)


def slow(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("too slow", request=request)


def altered(change: Callable[[Any], object], name: str = "comtrade.json") -> Handler:
    found = answer(name)
    change(found)
    return says(200, json=found)


def csv_with(old: str, new: str) -> Handler:
    content = data_release().replace(old, new)

    def handler(request: httpx.Request) -> httpx.Response:
        if "/catalog/item/" in request.url.path:
            return sciencebase(request)
        return httpx.Response(200, content=content.encode("cp1252"))

    return handler


@pytest.mark.parametrize(
    ("source", "handler", "message"),
    [
        ("world-bank", refused, "cannot be reached: ConnectError"),
        ("world-bank", slow, "cannot be reached: ReadTimeout"),
        ("world-bank", says(404, text="no such page"), "answered 404: no such page"),
        ("world-bank", says(200, text="<html>"), "no JSON: <html>"),
        ("world-bank", says(200, json=answer("world_bank_not_found.json")), "was not found"),
        ("world-bank", says(200, json={}), "answered no list"),
        ("world-bank", says(200, json=[{"pages": 1}]), "neither rows nor a message"),
        ("world-bank", says(200, json=answer("world_bank.json")), "only 1 countries"),
        ("world-bank", altered(lambda a: a[0].update(pages=9), "world_bank.json"), "than 5 pages"),
        ("world-bank", altered(lambda a: a[1][0].update(value=9), "world_bank.json"), "is 9"),
        ("world-bank", altered(lambda a: a[1][0].update(date="2023"), "world_bank.json"),
         "is of 2023 instead of 2024"),
        ("comtrade", says(200, json={"data": [], "error": "Quota exceeded"}), "Quota exceeded"),
        ("comtrade", says(200, json={"statusCode": 200}), "the answer has no records"),
        ("comtrade", says(200, json={"data": [], "error": ""}), "nobody has reported imports of"),
        ("comtrade", altered(lambda a: a.update(data=a["data"] * 60)), "cut off at 500 records"),
        ("comtrade", altered(lambda a: a["data"][1].update(cmdCode="850511")), "heading '850511'"),
        ("comtrade", altered(lambda a: a["data"][1].update(netWgt=-1)), "netWgt of CHN is -1"),
        ("usgs", says(200, json={"files": []}), "holds no file MCSyyyy_Commodities_Data.csv"),
        ("usgs", csv_with("MCS chapter", "Chapter"), "the table has the columns Chapter"),
        ("usgs", csv_with("Burma", "Atlantis"), "'Atlantis' is not known"),
        ("usgs", csv_with('"270,000"', '"about 270"'), "mine output of China is 'about 270'"),
        ("usgs", csv_with("RARE EARTHS", "RHENIUM"), "no mine output of rare earths"),
    ],
)  # fmt: skip
def test_a_source_that_fails_is_named_with_the_reason(
    source: str, handler: Handler, message: str
) -> None:
    with pytest.raises(RefreshError) as caught:
        SOURCES[source](ROOT, fetcher(handler, source), WANTED)

    assert caught.value.source == source
    assert str(caught.value).startswith(f"{source}: ")
    assert message in str(caught.value)


def test_one_source_that_fails_keeps_no_other_from_being_asked(tmp_path: Path) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        return refused(request) if "un.org" in request.url.host else everybody(request)

    client = new_client(httpx.MockTransport(handler))
    found = refresh(
        ROOT, tmp_path / "out", ("comtrade", "usgs"), WANTED, client=client, pause=no_wait
    )

    assert [one.folder is None for one in found] == [True, False]
    assert found[0].text.startswith("comtrade: ")
    assert not (tmp_path / "out" / "comtrade").exists()


def test_a_busy_service_is_asked_again_after_a_wait() -> None:
    statuses, waits = iter([429, 503, 200]), list[float]()

    found = fetcher(lambda _: httpx.Response(next(statuses), text="{}"), waits=waits).document(
        "https://example.org/", {}
    )

    assert found == {}
    assert waits == [2.0, 8.0]


def test_a_service_that_stays_busy_is_given_up() -> None:
    with pytest.raises(RefreshError, match="answered 503: later"):
        fetcher(says(503, text="later")).content("https://example.org/")


def test_answers_and_questions_are_bounded() -> None:
    with pytest.raises(RefreshError, match="sent more than"):
        fetcher(says(200, content=bytes(MOST_BYTES + 1))).content("https://example.org/")
    asking = fetcher(says(200, content=b"x"))
    for _ in range(MOST_QUESTIONS):
        asking.content("https://example.org/")
    with pytest.raises(RefreshError, match="questions were needed"):
        asking.content("https://example.org/")


def test_no_redirection_leads_away_from_https() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.scheme == "https":
            return httpx.Response(302, headers={"location": "http://example.org/plain"})
        return httpx.Response(200, text="{}")

    with pytest.raises(RefreshError, match="without https"):
        fetcher(handler).content("https://example.org/")


def test_a_source_that_limits_questions_gets_pauses_between_them() -> None:
    waits: list[float] = []
    client = new_client(httpx.MockTransport(says(200, text="{}")))
    slowly = Fetcher("comtrade", client, pause=waits.append, between=2.0)

    slowly.content("https://example.org/")
    slowly.content("https://example.org/")

    assert waits == [2.0]


@pytest.mark.parametrize("place", ["supply", "new", "."])
def test_no_proposal_is_written_into_the_live_data(place: str) -> None:
    client = new_client(httpx.MockTransport(refused))

    with pytest.raises(InvalidInputError, match="lies in the live data"):
        refresh(ROOT, ROOT / place, ("usgs",), WANTED, client=client, pause=no_wait)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", "utf-8")
    client = new_client(httpx.MockTransport(refused))

    with pytest.raises(InvalidInputError, match="is not empty"):
        refresh(ROOT, tmp_path, ("usgs",), WANTED, client=client, pause=no_wait)


def test_a_proposal_that_would_break_the_data_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import app.refdata.refresh as door  # noqa: PLC0415 - its table is replaced

    def broken(root: Path, asking: Fetcher, wanted: Wanted) -> Proposal:
        found = SOURCES["usgs"](root, asking, wanted)
        found.files["supply/mine_output.csv"] += "x,y\n"
        return found

    monkeypatch.setattr(door, "SOURCES", {"usgs": broken})
    client = new_client(httpx.MockTransport(everybody))

    (found,) = refresh(ROOT, tmp_path / "out", ("usgs",), WANTED, client=client, pause=no_wait)

    assert "it needs mending" in found.text
    page = (tmp_path / "out/usgs/CHANGES.md").read_text("utf-8")
    assert "do **not** pass the checks" in page
    assert "supply/mine_output.csv: row" in page


def test_year_by_default_is_the_newest_that_is_likely_out() -> None:
    assert Wanted(year=None, item="", asked_on=date(2031, 2, 10)).year_behind(2) == 2029


@pytest.mark.parametrize(
    ("code", "country"),
    [("CHN", "CN"), ("156", "CN"), ("4", "AF"), ("842", "US"), ("699", "IN"), ("KSV", "XK"),
     ("S19", "TW"), ("W00", None), ("EUU", None), ("_X", "ZZ"), ("ARB", None), ("QQQ", None)],
)  # fmt: skip
def test_countries_of_foreign_data_sets(code: str, country: str | None) -> None:
    assert alpha_2(code) == country


def test_countries_by_their_american_names() -> None:
    assert named_country(" United  States ") == "US"
    assert named_country("Burma") == "MM"
    assert named_country("Atlantis") is None
