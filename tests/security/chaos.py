"""What happens when processes are told to end, killed, or lose what they lean on; `make chaos`."""

from __future__ import annotations

import http.client
import os
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.security.served import Served, served

BODY = b'{"destination": "JP", "bom": {"lines": [{"description": "NdFeB magnet N42SH"}]}}'


@dataclass
class Load:
    """Clients that keep their connections, as a load balancer does, and count what they get."""

    service: Served
    follows_readiness: bool
    counts: Counter[str] = field(default_factory=Counter)
    failed_at: list[float] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=60)
        while not self.stop.is_set():
            if self.follows_readiness and connection.sock is None and not self.is_ready():
                return
            try:
                connection.request(
                    "POST", "/v1/assessments?detail=summary", BODY,
                    {"content-type": "application/json"},
                )  # fmt: skip
                answer = connection.getresponse()
                answer.read()
                self.counts[str(answer.status)] += 1
            except (OSError, http.client.HTTPException) as error:
                self.counts[type(error).__name__] += 1
                self.failed_at.append(time.perf_counter())
                connection.close()
        connection.close()

    def is_ready(self) -> bool:
        return self.service.status("/readyz") == 200


def warm_up(service: Served, requests: int) -> None:
    for _ in range(requests):
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=120)
        connection.request(
            "POST", "/v1/assessments?detail=summary", BODY, {"content-type": "application/json"}
        )
        connection.getresponse().read()
        connection.close()


def under_load(
    service: Served, clients: int, *, follows_readiness: bool
) -> tuple[Load, list[threading.Thread]]:
    load = Load(service, follows_readiness)
    threads = [threading.Thread(target=load.run) for _ in range(clients)]
    for thread in threads:
        thread.start()
    return load, threads


def test_a_signal_under_load_loses_no_request() -> None:
    with served(drain_seconds="3") as service:
        warm_up(service, 1)
        load, threads = under_load(service, 8, follows_readiness=True)
        time.sleep(4)
        service.process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join(timeout=60)
        code = service.process.wait(timeout=60)

    print(f"\nSIGTERM under load: {dict(load.counts)}, exit code {code}")  # noqa: T201 - the figure is the point
    assert set(load.counts) == {"200"}
    assert load.counts["200"] > 20


def children_of(process: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(encoding="utf-8")
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == process and b"spawn_main" in command:
                found.append(int(entry.name))
    return found


def test_one_killed_process_of_four_is_replaced_and_hardly_noticed() -> None:
    with served("--workers", "4") as service:
        warm_up(service, 24)  # each process answers its first, which is dear
        load, threads = under_load(service, 8, follows_readiness=False)
        time.sleep(4)
        victim = children_of(service.process.pid)[0]
        killed_at = time.perf_counter()
        os.kill(victim, signal.SIGKILL)
        time.sleep(8)
        load.stop.set()
        for thread in threads:
            thread.join(timeout=60)
        replaced = len(children_of(service.process.pid))

    total = sum(load.counts.values())
    failed = total - load.counts["200"]
    lasted = max((moment - killed_at for moment in load.failed_at), default=0.0)
    print(f"\nkill -9 of one of four: {dict(load.counts)}, errors for {lasted:.2f} s")  # noqa: T201 - the figure
    assert failed / total < 0.01
    assert lasted < 1
    assert replaced == 4


def test_data_that_cannot_be_read_stop_a_start_but_no_running_service(tmp_path: Path) -> None:
    empty = tmp_path / "data"
    empty.mkdir()
    with pytest.raises(AssertionError, match="lodestone"), served(data=str(empty)):
        pass


def test_without_a_place_for_files_everything_but_large_catalogues_works() -> None:
    nowhere = "/proc/nowhere"
    os.environ["TMPDIR"] = nowhere
    try:
        with served() as service:
            connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
            connection.request(
                "POST", "/v1/assessments", BODY, {"content-type": "application/json"}
            )
            status = connection.getresponse().status
            connection.close()
    finally:
        del os.environ["TMPDIR"]

    assert status == 200


def test_a_store_of_counts_that_is_gone_stops_nobody() -> None:
    with served(
        auth="none", rate_limit="1000/minute", rate_limit_store="redis://127.0.0.1:1/0"
    ) as service:
        statuses = {service.status("/v1/elements/Dy?destination=JP") for _ in range(20)}

    assert statuses == {200}
