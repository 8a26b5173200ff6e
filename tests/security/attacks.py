"""Attacks over real sockets: slow, huge, deep, deflated, odd. The service answers others still."""

from __future__ import annotations

import io
import json
import socket
import time
import zipfile
from collections.abc import Iterator

import pytest

from tests.security.served import Served, served

pytestmark = pytest.mark.slow

CHUNK = b"10000\r\n" + b" " * 65536 + b"\r\n"
POST = b"POST /v1/assessments HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
#: A gigabyte is declared or begun; the service must not wait for the rest of it.
GIGABYTE = 1024**3


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with served(body_idle_seconds="1", body_seconds="3") as running:
        yield running


def answer_to(connection: socket.socket) -> bytes:
    """Return what comes until the other side ends the connection or a whole head is there."""
    answer = b""
    try:
        while b"\r\n\r\n" not in answer:
            part = connection.recv(65536)
            if not part:
                break
            answer += part
    except ConnectionResetError:
        pass
    return answer


def close_all(connections: list[socket.socket]) -> None:
    for one in connections:
        one.close()


def is_ended(connection: socket.socket, seconds: float) -> bool:
    connection.settimeout(seconds)
    try:
        while connection.recv(65536):
            pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


def test_a_head_that_never_ends_is_cut_and_others_are_served(service: Served) -> None:
    lingering = []
    for _ in range(100):
        one = service.connect()
        one.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: ")
        lingering.append(one)
    started = time.perf_counter()

    assert service.status("/readyz") == 200
    assert time.perf_counter() - started < 5
    assert answer_to(lingering[0]).startswith(b"HTTP/1.1 408")
    assert time.perf_counter() - started < 20
    ended = [is_ended(one, 15) for one in lingering]
    close_all(lingering)
    assert all(ended)


def test_a_connection_that_says_nothing_is_cut(service: Served) -> None:
    with service.connect() as silent:
        assert is_ended(silent, 15)


def test_a_body_that_trickles_is_cut(service: Served) -> None:
    with service.connect() as slow:
        slow.sendall(POST + b"content-length: 100000\r\n\r\n{")
        slow.settimeout(0.3)
        started, answer = time.perf_counter(), b""
        while not answer and time.perf_counter() - started < 12:
            try:
                slow.sendall(b" ")
                answer = slow.recv(65536)
            except TimeoutError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                break

        assert answer.startswith(b"HTTP/1.1 408")
        assert is_ended(slow, 5)


@pytest.mark.parametrize("head", [b"transfer-encoding: chunked\r\n\r\n", None])
def test_a_gigabyte_is_refused_early_and_leaves_no_trace_in_memory(
    service: Served, head: bytes | None
) -> None:
    service.status("/v1/sectors?destination=JP")
    before = service.memory_mb()
    with service.connect() as connection:
        declared = b"content-length: %d\r\n\r\n" % GIGABYTE
        connection.sendall(POST + (head or declared))
        sent = 0
        try:
            while sent < GIGABYTE:
                sent += connection.send(CHUNK)
        except OSError:
            pass  # the service hung up, as it should

    assert sent < GIGABYTE / 8
    assert service.memory_mb() - before < 40
    assert service.status() == 200


def test_a_length_that_lies_does_not_reach_the_next_request(service: Served) -> None:
    body = json.dumps({"lines": [{"part_number": "A"}]}).encode()
    with service.connect() as connection:
        connection.sendall(
            b"POST /v1/identify HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            b"content-length: 5\r\n\r\n" + body
        )
        first = answer_to(connection)

    assert first.startswith(b"HTTP/1.1 400")
    assert service.status() == 200


@pytest.mark.parametrize(
    "head",
    [
        b"content-length: 5\r\ncontent-length: 6\r\n\r\nhello",
        b"content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"content-length: -1\r\n\r\n",
        b"content-length: 0x10\r\n\r\n",
        b"transfer-encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_an_ambiguous_length_is_no_request(service: Served, head: bytes) -> None:
    with service.connect() as connection:
        connection.sendall(POST + head)
        answer = answer_to(connection)

    assert b" 400 " in answer.split(b"\r\n")[0] or b" 408 " in answer.split(b"\r\n")[0]
    assert service.status() == 200


def test_a_flood_of_header_fields_is_cut(service: Served) -> None:
    before = service.memory_mb()
    with service.connect() as connection:
        sent = 0
        try:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\n")
            while sent < 50_000_000:
                sent += connection.send(b"x-a: " + b"b" * 1000 + b"\r\n")
        except OSError:
            pass  # cut, as it should be

    assert sent < 10_000_000
    assert service.memory_mb() - before < 30
    assert service.status() == 200


def test_a_deep_body_is_refused_in_no_time(service: Served) -> None:
    deep = b"[" * 1_000_000
    with service.connect() as connection:
        started = time.perf_counter()
        connection.sendall(POST + b"content-length: %d\r\n\r\n" % len(deep) + deep)
        answer = answer_to(connection)

    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 422"))
    assert time.perf_counter() - started < 10


def upload(service: Served, name: str, content: bytes) -> bytes:
    boundary = b"----lodestone"
    body = (
        b"--" + boundary + b'\r\ncontent-disposition: form-data; name="destination"\r\n\r\nJP\r\n'
        b"--" + boundary + b'\r\ncontent-disposition: form-data; name="file"; filename="'
        + name.encode() + b'"\r\n\r\n' + content + b"\r\n--" + boundary + b"--\r\n"
    )  # fmt: skip
    with service.connect() as connection:
        connection.sendall(
            b"POST /v1/assessments/upload HTTP/1.1\r\nhost: x\r\n"
            b"content-type: multipart/form-data; boundary=" + boundary + b"\r\n"
            b"content-length: %d\r\n\r\n" % len(body) + body
        )
        return answer_to(connection)


def bomb(entries: int, size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for number in range(entries):
            archive.writestr(f"xl/worksheets/sheet{number + 1}.xml", b" " * size)
    return file.getvalue()


@pytest.mark.parametrize(("entries", "size"), [(1, 700_000_000), (300, 1_000)])
def test_a_zip_that_grows_is_refused(service: Served, entries: int, size: int) -> None:
    before = service.memory_mb()

    answer = upload(service, "bom.xlsx", bomb(entries, size))

    assert answer.split()[1] in {b"400", b"413", b"415", b"422"}
    assert service.memory_mb() - before < 100
    assert service.status() == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/page/../../app/settings.py",
        "/page/%2e%2e/%2e%2e/etc/passwd",
        "/page/..%2fsettings.py",
        "/swagger//etc/passwd",
        "/v1/controls/..%2f..%2fetc%2fpasswd",
        "/v1/controls/%00",
        "//healthz",
        "/healthz/",
        "/v1/elements/Dy;admin=1",
    ],
)
def test_an_odd_path_leads_nowhere(service: Served, path: str) -> None:
    with service.connect() as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part

    assert answer.split()[1] in {b"404", b"422", b"400"}
    assert b"root:" not in answer
    assert b"import" not in answer


def test_probes_answer_while_large_bills_are_scored(service: Served) -> None:
    lines = [{"description": f"NdFeB magnet N42SH no {n}", "quantity": 1} for n in range(400)]
    body = json.dumps({"destination": "JP", "bom": {"lines": lines}}).encode()
    busy = [service.connect() for _ in range(8)]
    for one in busy:
        one.settimeout(120)
        one.sendall(POST + b"content-length: %d\r\n\r\n" % len(body) + body)

    waits = []
    for _ in range(20):
        started = time.perf_counter()
        assert service.status() == 200
        waits.append(time.perf_counter() - started)

    assert sorted(waits)[len(waits) // 2] < 2
    answers = [answer_to(one) for one in busy]
    close_all(busy)
    assert all(answer.startswith(b"HTTP/1.1 200") for answer in answers)
