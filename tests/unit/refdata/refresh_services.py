"""Public services that answer from fixtures, for the tests of `lodestone refresh`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from app.refdata.load import packaged_data_folder
from app.refdata.refresh_fetch import Fetcher, new_client
from app.refdata.refresh_imports import REPORTERS
from app.refdata.refresh_proposal import Wanted

ROOT = packaged_data_folder()
ANSWERS = Path(__file__).parents[2] / "fixtures" / "refresh"
WANTED = Wanted(year=2024, item="0123456789abcdef01234567", asked_on=date(2031, 2, 10))

Handler = Callable[[httpx.Request], httpx.Response]


def no_wait(seconds: float) -> None:
    assert seconds > 0


def answer(name: str) -> Any:
    return json.loads((ANSWERS / name).read_text("utf-8"))


def fetcher(handler: Handler, source: str = "usgs", waits: list[float] | None = None) -> Fetcher:
    client = new_client(httpx.MockTransport(handler))
    return Fetcher(source, client, pause=no_wait if waits is None else waits.append)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# --------------------------------------------------------------------------- the three services


def data_release() -> str:
    return (ANSWERS / "MCS2031_Commodities_Data.csv").read_text("utf-8")


def world_bank(request: httpx.Request) -> httpx.Response:
    """Answer with all countries of the present table, each estimate 0.25 for China, else 0.5."""
    assert request.url.host == "api.worldbank.org"
    assert dict(request.url.params)["source"] == "3"
    meta, rows = answer("world_bank.json")
    pattern = rows[0]
    countries = [row["country"] for row in table(ROOT / "supply" / "governance.csv")]
    rows += [
        {**pattern, "country": {"id": code, "value": code}, "countryiso3code": "", "value": 0.5}
        for code in [*countries, "GG"]
        if code not in {"CN", "EU"}
    ]
    return httpx.Response(200, json=[meta, rows])


def comtrade(request: httpx.Request) -> httpx.Response:
    """Answer for Japan; nobody else has reported."""
    found = answer("comtrade.json")
    if request.url.params["reporterCode"] != REPORTERS["JP"]:
        found |= {"data": [], "count": 0}
    return httpx.Response(200, json=found)


def sciencebase(request: httpx.Request) -> httpx.Response:
    if "/catalog/item/" in request.url.path:
        return httpx.Response(200, json=answer("sciencebase_item.json"))
    assert request.url.params["f"] == "two"
    return httpx.Response(200, content=data_release().encode("cp1252"))


SERVICES: dict[str, Handler] = {
    "api.worldbank.org": world_bank,
    "comtradeapi.un.org": comtrade,
    "www.sciencebase.gov": sciencebase,
}


def everybody(request: httpx.Request) -> httpx.Response:
    return SERVICES[request.url.host](request)
