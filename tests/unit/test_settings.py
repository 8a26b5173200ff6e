"""Settings: defaults, every complaint at once, and names that are not ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import SettingsError
from app.settings import Settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()


def test_every_setting_is_read(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "LODESTONE_HOST": "0.0.0.0",
            "LODESTONE_PORT": "9000",
            "LODESTONE_LOG_LEVEL": "WARNING",
            "LODESTONE_DATA": str(tmp_path),
            "LODESTONE_DEFAULT_DESTINATION": "de",
            "LODESTONE_MAX_JSON_BYTES": "10",
            "LODESTONE_MAX_UPLOAD_BYTES": "20",
            "LODESTONE_MAX_LINES": "30",
            "PATH": "/bin",
        }
    )

    assert settings == Settings(
        host="0.0.0.0",
        port=9000,
        log_level="warning",
        data=str(tmp_path),
        default_destination="DE",
        max_json_bytes=10,
        max_upload_bytes=20,
        max_lines=30,
    )


def test_a_blank_value_counts_as_not_set() -> None:
    assert Settings.from_environment({"LODESTONE_PORT": "  "}) == Settings()


def test_every_complaint_comes_in_one_message() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(
            {
                "LODESTONE_PORT": "http",
                "LODESTONE_LOG_LEVEL": "loud",
                "LODESTONE_DATA": "/no/such/folder",
                "LODESTONE_DEFAULT_DESTINATION": "Japan",
                "LODESTONE_MAX_LINES": "0",
                "LODESTONE_PROT": "1",
            }
        )

    message = str(caught.value)
    for name in ("PORT", "LOG_LEVEL", "DATA", "DEFAULT_DESTINATION", "MAX_LINES", "PROT"):
        assert f"LODESTONE_{name} is " in message


def test_a_port_above_the_highest_is_refused() -> None:
    with pytest.raises(SettingsError, match="0 to 65535"):
        Settings.from_environment({"LODESTONE_PORT": "65536"})


def test_variables_of_a_kubernetes_service_of_our_name_are_passed_over() -> None:
    settings = Settings.from_environment(
        {
            "LODESTONE_PORT": "tcp://10.0.0.7:80",
            "LODESTONE_PORT_80_TCP_ADDR": "10.0.0.7",
            "LODESTONE_SERVICE_HOST": "10.0.0.7",
            "LODESTONE_SERVICE_PORT": "80",
        }
    )

    assert settings == Settings()


def test_a_file_that_cannot_be_read_is_a_complaint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = tmp_path / "keys.txt"
    keys.touch()
    monkeypatch.setattr(os, "access", lambda path, mode: (str(path), mode) != (str(keys), os.R_OK))

    with pytest.raises(SettingsError, match=rf"user {os.geteuid()} may read"):
        Settings.from_environment({"LODESTONE_AUTH": "keys", "LODESTONE_AUTH_KEYS": str(keys)})


def test_a_service_that_cannot_begin_ends(tmp_path: Path) -> None:
    keys = tmp_path / "keys.txt"
    keys.write_text("this is no line of a key\n", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "app", "serve", "--port", "0"],
        env={**os.environ, "LODESTONE_AUTH": "keys", "LODESTONE_AUTH_KEYS": str(keys)},
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 3
