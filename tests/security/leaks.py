"""Nothing of a bill of materials is in logs, metrics, traces, dumps or temporary files.

`make leak-test`. The whole suite of the API runs first, and each request that it sends is written
down. All of them, and an upload of every format that is read, then go to a real service at the
log level debug with traces on: as they were, with our words in the free texts, and with our words
everywhere. Then the same against a service whose scoring always fails. At the end everything
that a service has left anywhere is searched.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.cli.serve import curl_line
from tests.property.fuzz_readers import originals
from tests.security.canaries import FREE_TEXTS, MARK, Planter
from tests.security.leak_search import Search
from tests.security.listeners import Listener, listening
from tests.security.planted_requests import FORM_TYPE, Sent, form_of, planted, texts_of
from tests.security.recorder import RECORDING
from tests.security.served import ROOT, Served, served

SUITE = ("tests/api", "tests/contract", "tests/security")
EXAMPLES = ROOT / "examples"
FIXTURES = ROOT / "tests/fixtures/readers"


@dataclass
class Evidence:
    """What became of the requests, and where something may have been left."""

    search: Search
    statuses: Counter[int] = field(default_factory=Counter)
    sent: int = 0
    planted: int = 0
    quoted: int = 0
    spans: int = 0
    log_lines: int = 0
    files: int = 0

    def told(self, what: str) -> str:
        """Return the figures in one line."""
        return (
            f"\n{what}: {self.sent} requests {dict(sorted(self.statuses.items()))}, "
            f"{self.planted} words and numbers put in, {self.quoted} answers quote one; searched "
            f"{self.search.bytes:,} bytes ({self.log_lines} log lines, {self.spans} posts of "
            f"spans, {self.files} files left) for {self.search.needles} needles: "
            f"{len(self.search.hits)} hits"
        )


@pytest.fixture(scope="module")
def requests(tmp_path_factory: pytest.TempPathFactory) -> list[Sent]:
    """Return every request of the suite, and an upload of every format."""
    path = tmp_path_factory.mktemp("recorded") / "requests.ndjson"
    given = os.environ.get(RECORDING)  # an earlier recording, to try something quickly
    if given is None:
        command = [
            sys.executable, "-m", "pytest", "-p", "tests.security.recorder", "-p",
            "no:cacheprovider", "-q", "-n", "0", *SUITE,
        ]  # fmt: skip
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, RECORDING: str(path)}, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-3000:]
    recorded = [
        Sent(one["method"], one["target"], one["headers"], base64.b64decode(one["body"]))
        for one in map(json.loads, Path(given or path).read_text(encoding="utf-8").splitlines())
    ]
    files = originals(EXAMPLES) + [(one.name, one.read_bytes()) for one in FIXTURES.iterdir()]
    uploads = [
        Sent("POST", "/v1/assessments/upload", {"content-type": FORM_TYPE}, form_of(name, content))
        for name, content in files
    ]
    assert len(recorded) > 500
    assert len(uploads) > 40
    return recorded + uploads


def ask(service: Served, one: Sent) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=120)
    try:
        connection.putrequest(one.method, one.target, skip_accept_encoding=True)
        for name, text in one.headers.items():
            connection.putheader(name, text.encode("latin-1", "replace"))
        connection.putheader("content-length", str(len(one.body)))
        connection.endheaders(one.body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (ValueError, OSError, http.client.HTTPException):
        return 0, b""  # it cannot be sent by this client, or is answered before it is in whole
    finally:
        connection.close()


def unhelpful(path: str, body: bytes) -> tuple[int, bytes] | None:
    """Answer as a matching service that is down, talks too much, or hangs up."""
    del path
    return [(500, body), (200, b'{"responses": ' + body + b"}"), None][len(body) % 3]


def run(
    requests: list[Sent], folder: Path, *, texts: frozenset[str], variables: Mapping[str, str]
) -> Evidence:
    """Send everything three times and look everywhere."""
    places = {name: folder / name for name in ("tmp", "home")}
    for place in places.values():
        place.mkdir()
    evidence = Evidence(Search(texts))
    surroundings = {
        "TMPDIR": str(places["tmp"]), "HOME": str(places["home"]), "PYTHONFAULTHANDLER": "1",
        "OTEL_BSP_SCHEDULE_DELAY": "200", **variables,
    }  # fmt: skip
    with (
        listening(lambda _path, _body: (200, b"")) as collector,
        listening(unhelpful) as matching,
        served(
            program="tests.security.odd_world",
            variables=surroundings | {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address},
            log_level="debug", tracing="on", yente_url=matching.address,
            rate_limit="1000000/minute", default_destination="JP",
        ) as service,
    ):  # fmt: skip
        for one in requests:
            soft, hard = Planter(hard=False), Planter(hard=True)
            for what in (one, planted(one, soft), planted(one, hard)):
                status, answer = ask(service, what)
                evidence.sent += 1
                evidence.statuses[status] += 1
                evidence.quoted += MARK.encode() in answer
            evidence.planted += soft.planted + hard.planted
            evidence.search.look("names while it runs", _names(places["tmp"]))
        metrics = ask(service, Sent("GET", "/metrics", {}, b""))[1]
        assert b"lodestone_requests_total" in metrics
        evidence.search.look("metrics", metrics)
        service.process.terminate()  # spans that wait go out at the end
        service.process.wait(timeout=60)
        _collect(evidence, service, collector, folder)
    return evidence


def _names(folder: Path) -> bytes:
    return " ".join(name for _, _, names in os.walk(folder) for name in names).encode()


def _collect(evidence: Evidence, service: Served, collector: Listener, folder: Path) -> None:
    log = service.log.read_bytes()
    evidence.log_lines = log.count(b"\n")
    evidence.search.look("log", log)
    evidence.search.look("standard output", service.out.read_bytes())
    for path, body in collector.got:
        evidence.spans += 1
        evidence.search.look(f"spans to {path}", body)
    evidence.files = evidence.search.look_in_folder(folder)


@pytest.fixture(scope="module")
def texts(requests: list[Sent]) -> frozenset[str]:
    """Return free texts of the requests as they were, long enough to be nothing else."""
    own = curl_line("")  # the service prints a request to try, which some tests send
    found = frozenset(
        text for one in requests for text in texts_of(one, FREE_TEXTS) if text not in own
    )
    assert len(found) > 50
    return found


def test_nothing_of_any_request_is_left_anywhere(
    requests: list[Sent], texts: frozenset[str], tmp_path: Path
) -> None:
    evidence = run(requests, tmp_path, texts=texts, variables={})

    print(evidence.told("leaks"))  # noqa: T201 - the figures are the point
    assert evidence.search.hits == []
    assert {200, 400, 404, 415, 422} <= set(evidence.statuses)
    assert max(evidence.statuses) < 500
    assert evidence.quoted > len(requests) / 4, "the words must have been read"
    assert evidence.log_lines > evidence.sent * 0.9
    assert evidence.spans > 10


def test_nothing_is_left_where_scoring_fails_with_the_bill_in_the_error(
    requests: list[Sent], texts: frozenset[str], tmp_path: Path
) -> None:
    scored = [one for one in requests if one.method == "POST"]

    evidence = run(scored, tmp_path, texts=texts, variables={"ODD_CRASH": "1"})

    print(evidence.told("defects"))  # noqa: T201 - the figures are the point
    assert evidence.search.hits == []
    assert evidence.statuses[500] > 100


@pytest.mark.parametrize("place", ["log", "span", "metric", "file"])
def test_a_service_that_does_leak_is_found_out(
    requests: list[Sent], tmp_path: Path, place: str
) -> None:
    some = [one for one in requests if one.target.startswith("/v1/assessments")][:20]

    evidence = run(some, tmp_path, texts=frozenset(), variables={"ODD_LEAK": place})

    assert evidence.search.hits


# ------------------------------------------------------------------------------ command line


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return a file of every format that is read, with our words in it and in its name."""
    folder = tmp_path_factory.mktemp("files")
    made = []
    for number, (_, content) in enumerate(originals(None)):
        path = folder / f"{MARK}-{number}.bom"
        path.write_bytes(Planter(hard=False).file(content))
        made.append(path)
    return made


@pytest.mark.parametrize("odd", [{}, {"ODD_CRASH": "1"}])
def test_commands_leave_nothing_either(
    files: list[Path], tmp_path: Path, odd: dict[str, str]
) -> None:
    catalogue, out, left = (tmp_path / name for name in ("boms.ndjson", "out.ndjson", "left"))
    line = {"id": MARK, "lines": [{"part_number": MARK, "description": f"magnet N42SH {MARK}"}]}
    catalogue.write_text(f"{json.dumps(line)}\n" * 40, encoding="utf-8")
    left.mkdir()
    search, codes, names = Search(), list[int](), [str(path) for path in files]
    for arguments in (
        ["score", "--destination", "JP", *names],
        ["score", "--destination", "JP", "--format", "json", names[0]],
        ["identify", names[0]],
        ["mitigate", "--destination", "JP", names[0]],
        ["catalogue", "--destination", "JP", "--workers", "2", str(catalogue), str(out)],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "tests.security.odd_world", *arguments],
            cwd=ROOT, check=False, capture_output=True,
            env={**os.environ, **odd, "TMPDIR": str(left), "LODESTONE_LOG_LEVEL": "debug"},
        )  # fmt: skip
        codes.append(done.returncode)
        assert b"Usage" not in done.stderr, done.stderr
        # A refusal names the file to who typed the command; a defect quotes nothing. The
        # processes of a catalogue are fresh ones, where nothing is odd.
        if odd or done.returncode == 0:
            search.look(f"errors of {arguments[0]}", done.stderr)
    files_left = search.look_in_folder(left)

    print(f"\ncommands {odd}: codes {codes}, {files_left} files left")  # noqa: T201 - the figures
    assert search.hits == []
    assert files_left == 0
    assert codes == ([70, 70, 70, 70, 0] if odd else [0] * 5)
    assert odd or MARK in out.read_text(encoding="utf-8")
