"""A catalogue on the command line: what goes in, what comes out, and what a kill leaves."""

from __future__ import annotations

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.api.catalogue_product import ProductAnswerer, Terms, summary_line
from app.api.schemas.catalogue import CatalogueQuery
from app.batch.catalogue import CatalogueSummary, State
from app.batch.pipeline import Engine, build_engine
from app.cli import catalogue_run, catalogue_workers
from app.cli.catalogue import Teller
from app.cli.catalogue_run import Run, mark_file, read_mark
from app.cli.catalogue_sinks import COLUMNS, format_of
from app.cli.catalogue_sources import Item, source_of
from app.cli.catalogue_workers import Answer, Remote, RemoteWorkers
from app.errors import InvalidInputError, ServiceBusyError, UnsupportedFormatError
from app.refdata.load import load_reference_data

TODAY = date(2026, 3, 1)
OPTIONS = {"destination": "JP", "end_use": "civil", "as_of": TODAY.isoformat(), "detail": "summary"}
MAGNET = {"line_id": "1", "description": "Sintered NdFeB magnet N42SH", "quantity": 2}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return build_engine(load_reference_data())


class HereWorkers:
    """Answers at once in this process; may be told to die after some batches."""

    def __init__(self, engine: Engine, dies_after: int | None = None) -> None:
        query = CatalogueQuery.model_validate(OPTIONS)
        terms = Terms(
            query=query, today=TODAY, default_destination=None, most_bytes=10**6, most_lines=1000
        )
        self._answerer = ProductAnswerer(engine, terms)
        self._left = dies_after

    def submit(self, items: Sequence[Item], first: int) -> Future[list[Answer]]:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise KeyboardInterrupt
        answered: Future[list[Answer]] = Future()
        answered.set_result(
            [
                self._answerer.answer_file(item.content, item.name, place)
                if item.name
                else self._answerer.answer(item.content, place)
                for place, item in enumerate(items, start=first)
            ]
        )
        return answered

    def summary(self, state: State) -> bytes:
        return summary_line(CatalogueSummary.restored(state), self._answerer.engine, complete=True)

    def close(self) -> None:
        pass


def run_of(source: Path, output: Path, workers: Any) -> Run:
    return Run(
        source=source_of(source),
        workers=workers,
        output=output,
        form=format_of(output),
        options=OPTIONS,
        count=1,
        tell=lambda *_: None,
    )


def product(place: int) -> dict[str, Any]:
    return {"id": f"P{place}", "lines": [{**MAGNET, "quantity": 1 + place % 7}]}


def ndjson(path: Path, products: Sequence[object]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in products), encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_kind_of_source_gives_the_same_products(tmp_path: Path, engine: Engine) -> None:
    plain = ndjson(tmp_path / "in.ndjson", [product(0), product(1)])
    packed = tmp_path / "in.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    table = tmp_path / "in.csv"
    table.write_text(
        "product_id,Description,Qty\n"
        "P0,Sintered NdFeB magnet N42SH,1\nP1,Sintered NdFeB magnet N42SH,2\n",
        encoding="utf-8",
    )
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "P0.json").write_text(json.dumps({"destination": "JP", "bom": product(0)}))
    (folder / "P1.csv").write_text("Description,Qty\nSintered NdFeB magnet N42SH,2\n")
    (folder / ".hidden").write_text("x")

    outputs = []
    for place, source in enumerate((plain, packed, table, folder)):
        output = tmp_path / f"out{place}.csv"
        run_of(source, output, HereWorkers(engine)).go(None)
        outputs.append([(row["id"], row["score"], row["problem"]) for row in rows(output)])

    assert [row[0] for row in outputs[0]] == ["P0", "P1"]
    assert all(one == outputs[0] for one in outputs[1:])


def test_parquet_goes_in_and_out(tmp_path: Path, engine: Engine) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    arrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    whole = tmp_path / "whole.parquet"
    parquet.write_table(
        arrow.table({"bom": [json.dumps(product(0)), json.dumps(product(1))]}), whole
    )
    flat = tmp_path / "flat.parquet"
    parquet.write_table(
        arrow.table(
            {"product_id": ["P0", "P1"], "description": [MAGNET["description"]] * 2,
             "quantity": [1, 2]}
        ),
        flat,
    )  # fmt: skip

    tables = []
    for source in (whole, flat):
        output = tmp_path / f"{source.stem}-out.parquet"
        run_of(source, output, HereWorkers(engine)).go(None)
        tables.append(parquet.read_table(output))

    assert tables[0].column("id").to_pylist() == ["P0", "P1"]
    assert tables[0].schema.names == list(COLUMNS)
    assert tables[0].column("score").to_pylist() == tables[1].column("score").to_pylist()


def test_a_table_keeps_problems_and_defuses_formulas(tmp_path: Path, engine: Engine) -> None:
    source = ndjson(tmp_path / "in.ndjson", [{"id": "=1+1", "lines": []}, product(1)])
    output = tmp_path / "out.csv"

    summary = run_of(source, output, HereWorkers(engine)).go(None)

    bad, good = rows(output)
    assert (bad["id"], bad["problem"]) == ("'=1+1", "urn:lodestone:problem:invalid")
    assert (good["id"], good["problem"]) == ("P1", "")
    assert summary.failed == 1


@pytest.mark.parametrize("ending", ["ndjson", "csv"])
def test_a_run_that_stopped_goes_on_to_the_same_bytes(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(catalogue_run, "_MARK_SECONDS", 0.0)
    monkeypatch.setattr(catalogue_run, "_BATCH_ITEMS", 3)
    products: list[object] = [product(place) for place in range(40)]
    products[17] = {"id": "bad", "lines": []}
    source = ndjson(tmp_path / "in.ndjson", products)
    undisturbed, stopped = tmp_path / f"whole.{ending}", tmp_path / f"again.{ending}"
    run_of(source, undisturbed, HereWorkers(engine)).go(None)
    with pytest.raises(KeyboardInterrupt):
        run_of(source, stopped, HereWorkers(engine, dies_after=9)).go(None)
    with (tmp_path / f"again.{ending}.part").open("ab") as file:
        file.write(b"half a line that the mark does not kn")

    mark = read_mark(stopped)
    assert mark is not None
    summary = run_of(source, stopped, HereWorkers(engine)).go(mark)

    assert 0 < mark.products < len(products)
    assert stopped.read_bytes() == undisturbed.read_bytes()
    assert summary.products == len(products)
    assert not mark_file(stopped).exists()


def test_a_mark_of_another_question_is_refused(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_run, "_MARK_SECONDS", 0.0)
    monkeypatch.setattr(catalogue_run, "_BATCH_ITEMS", 1)
    source = ndjson(tmp_path / "in.ndjson", [product(place) for place in range(9)])
    output = tmp_path / "out.ndjson"
    with pytest.raises(KeyboardInterrupt):
        run_of(source, output, HereWorkers(engine, dies_after=6)).go(None)
    mark = read_mark(output)
    other = run_of(ndjson(source, [product(8)]), output, HereWorkers(engine))

    with pytest.raises(InvalidInputError, match="begin anew"):
        other.go(mark)


def test_a_mark_without_its_output_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "out.ndjson"
    mark_file(output).write_text("{}", encoding="utf-8")

    with pytest.raises(InvalidInputError, match="begin anew"):
        read_mark(output)


@pytest.mark.parametrize("name", ["in.txt", "in.csv", "nothing.ndjson"])
def test_what_is_no_catalogue_is_refused(tmp_path: Path, name: str, engine: Engine) -> None:
    if not name.startswith("nothing"):
        (tmp_path / name).write_text("description\nmagnet\n", encoding="utf-8")

    with pytest.raises((InvalidInputError, UnsupportedFormatError)):
        run_of(tmp_path / name, tmp_path / "out.csv", HereWorkers(engine)).go(None)


def test_an_output_without_a_known_ending_is_refused() -> None:
    with pytest.raises(UnsupportedFormatError, match="names no format"):
        format_of(Path("out.docx"))


# ------------------------------------------------------------------------------- a service


def remote(answer: Callable[[httpx.Request], httpx.Response]) -> RemoteWorkers:
    return RemoteWorkers(
        2,
        Remote(url="https://risk.example.org", query=OPTIONS, key="k"),
        httpx.MockTransport(answer),
    )


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_workers, "_FIRST_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(catalogue_workers, "_LONGEST_PAUSE_SECONDS", 0.0)


@pytest.mark.usefixtures("no_pause")
def test_a_service_answers_after_tries_that_failed(tmp_path: Path, engine: Engine) -> None:
    here = HereWorkers(engine)
    tries: list[httpx.Request] = []

    def service(request: httpx.Request) -> httpx.Response:
        tries.append(request)
        if len(tries) == 1:
            raise httpx.ConnectError("down")
        if len(tries) == 2:
            return httpx.Response(503, headers={"retry-after": "1"})
        lines = request.content.splitlines()
        answers = here.submit([Item(line, "", 0) for line in lines], 1).result()
        return httpx.Response(200, content=b"\n".join([*(a for a, _ in answers), b"{}"]))

    source = ndjson(tmp_path / "in.ndjson", [product(0), {"id": "bad", "lines": []}, product(2)])
    workers = remote(service)
    run_of(source, tmp_path / "far.ndjson", workers).go(None)
    workers.close()
    run_of(source, tmp_path / "near.ndjson", here).go(None)

    far = (tmp_path / "far.ndjson").read_text().splitlines()
    assert far[:-1] == (tmp_path / "near.ndjson").read_text().splitlines()[:-1]
    assert json.loads(far[-1])["summary"]["products"] == 3
    assert tries[0].headers["x-api-key"] == "k"
    assert tries[0].url.params["destination"] == "JP"


@pytest.mark.usefixtures("no_pause")
def test_files_go_to_the_upload_and_a_refused_one_has_its_problem(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "bad.csv").write_text("x")

    def service(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/v1/assessments/upload"
        problem = {"type": "urn:lodestone:problem:unreadable", "detail": "no"}
        return httpx.Response(400, json=problem)

    workers = remote(service)
    summary = run_of(folder, tmp_path / "out.csv", workers).go(None)
    workers.close()

    (row,) = rows(tmp_path / "out.csv")
    assert (row["id"], row["problem"]) == ("bad", "urn:lodestone:problem:unreadable")
    assert summary.failed == 1


@pytest.mark.usefixtures("no_pause")
@pytest.mark.parametrize(("status", "kind"), [(401, InvalidInputError), (503, ServiceBusyError)])
def test_a_service_that_refuses_ends_the_run(
    tmp_path: Path, status: int, kind: type[Exception]
) -> None:
    source = ndjson(tmp_path / "in.ndjson", [product(0)])
    workers = remote(lambda _: httpx.Response(status))

    with pytest.raises(kind):
        run_of(source, tmp_path / "out.ndjson", workers).go(None)
    workers.close()


# -------------------------------------------------------------------------------- the command


def command(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
    environment = {key: text for key, text in os.environ.items() if "LODESTONE" not in key}
    return subprocess.Popen(
        [sys.executable, "-m", "app", "catalogue", *map(str, arguments)],
        cwd=Path(__file__).parents[3],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        **options,
    )


def told(process: subprocess.Popen[bytes]) -> str:
    _, text = process.communicate(timeout=120)
    return text.decode()


@pytest.mark.slow
def test_a_killed_run_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    products = [product(place) for place in range(1200)]
    products[5] = {"id": "bad", "lines": []}
    source = ndjson(tmp_path / "in.ndjson", products)
    asked = ("--destination", "JP", "--as-of", "2026-03-01", "--workers", "1")
    output = tmp_path / "killed.ndjson"
    process = command(source, output, *asked)
    until = time.monotonic() + 60
    while not mark_file(output).exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    killed = mark_file(output).exists()

    refused = command(source, output, *asked)
    text = told(refused)
    resumed = command(source, output, *asked, "--resume")
    told(resumed)
    whole = command(source, tmp_path / "whole.ndjson", *asked)
    told(whole)

    assert killed
    assert process.returncode != 0
    assert (refused.returncode, "--resume" in text) == (2, True)
    assert (resumed.returncode, whole.returncode) == (1, 1)
    assert output.read_bytes() == (tmp_path / "whole.ndjson").read_bytes()
    assert len(output.read_bytes().splitlines()) == len(products) + 1


def test_a_wrong_option_ends_with_two(tmp_path: Path) -> None:
    source = ndjson(tmp_path / "in.ndjson", [product(0)])

    process = command(source, tmp_path / "out.ndjson", "--detail", "all")

    assert "--detail" in told(process)
    assert process.returncode == 2


def test_progress_tells_rate_and_time_to_go(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    teller = Teller(1000, 0)
    monkeypatch.setattr("app.cli.catalogue._TELL_FILE_SECONDS", 0.0)

    teller(100, CatalogueSummary())
    teller(500, CatalogueSummary())

    last = capsys.readouterr().err.splitlines()[-1]
    assert "[##########..........] 50%" in last
    assert "/s" in last
    assert "s to go" in last
