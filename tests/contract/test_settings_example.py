"""The file that lists every setting lists every setting, with its default."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from app.settings import PREFIX, Settings

EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"


def listed_settings() -> dict[str, str]:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_example_lists_every_setting_and_no_other() -> None:
    assert set(listed_settings()) == {PREFIX + field.name.upper() for field in fields(Settings)}


def test_the_values_of_the_example_are_the_defaults() -> None:
    assert Settings.from_environment(listed_settings()) == Settings()
