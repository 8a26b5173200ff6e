"""Sends generated requests, good and bad, to a service that asks for keys; `make fuzz-api`.

Every answer must fit the OpenAPI document: its status, its schema, its content type, and nothing
without a key. Starts the service itself and ends it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from app.api.api_keys import hashed_line, new_key
from app.api.callers import SCOPES


def main(examples: int, seed: int) -> int:
    """Run schemathesis over all operations; return its exit code."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        key, file = new_key("fuzz"), Path(folder) / "keys.txt"
        file.write_text(hashed_line(key, scopes=SCOPES, until=None), encoding="utf-8")
        environment = os.environ | {
            "LODESTONE_AUTH": "keys",
            "LODESTONE_AUTH_KEYS": str(file),
            "LODESTONE_LOG_LEVEL": "error",
        }
        serve = [sys.executable, "-m", "app", "serve", "--port", str(port)]
        with subprocess.Popen(serve, env=environment, stdout=subprocess.DEVNULL) as server:
            try:
                address = f"http://127.0.0.1:{port}"
                _wait(f"{address}/readyz")
                return subprocess.call(_command(address, key, examples, seed))
            finally:
                server.terminate()
                server.wait(timeout=60)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the service did not become ready")


def _command(address: str, key: str, examples: int, seed: int) -> list[str]:
    phases = ["--phases", os.environ["PHASES"]] if "PHASES" in os.environ else []
    return [
        str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/openapi.json",
        "--header", f"X-API-Key: {key}", "--checks", "all", "--max-examples", str(examples),
        "--seed", str(seed), "--continue-on-failure", "--generation-database", "none",
        # Wrong keys are sent away with 429 after some tries, where that check knows 401 alone;
        # tests/security/test_api_keys.py checks them. Rules between fields (one of two, not both)
        # are no part of the schema, so that a request may fit it and be refused.
        "--exclude-checks", "unsupported_method,ignored_auth,positive_data_acceptance",
        *phases,
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, int((sys.argv[2:] or ["1"])[0])))
