"""Reads variables of the environment one by one and complains about all of them at once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from app.errors import SettingsError

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class EnvironmentReader:
    """Takes settings one by one and keeps every complaint until the end."""

    def __init__(self, environment: Mapping[str, str], *, prefix: str) -> None:
        self._prefix = prefix
        self._values = {
            name.removeprefix(prefix): value.strip()
            for name, value in environment.items()
            if name.startswith(prefix)
            and value.strip()
            and not _is_service_link(name, value, prefix)
        }
        self._known: list[str] = []
        self._complaints: list[str] = []

    def _take(self, name: str) -> str | None:
        self._known.append(name)
        return self._values.pop(name, None)

    def _complain(self, name: str, value: str, expected: str) -> None:
        self._complaints.append(f"{self._prefix}{name} is {value!r}, expected {expected}")

    def text(self, name: str, default: str) -> str:
        """Return a text as it stands."""
        return self._take(name) or default

    def whole_number(
        self, name: str, default: int, *, lowest: int, highest: int | None = None
    ) -> int:
        """Return a whole number inside its range, both ends included."""
        value = self._take(name)
        if value is None:
            return default
        number = int(value) if value.isascii() and value.isdigit() else None
        if number is None or number < lowest or (highest is not None and number > highest):
            upper = f" to {highest}" if highest is not None else " or more"
            self._complain(name, value, f"a whole number, {lowest}{upper}")
            return default
        return number

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """Return one of a few words, in lower case."""
        value = self._take(name)
        if value is None:
            return default
        if value.lower() not in allowed:
            self._complain(name, value, "one of " + ", ".join(allowed))
            return default
        return value.lower()

    def words(
        self, name: str, default: tuple[str, ...], allowed: frozenset[str] | None = None
    ) -> tuple[str, ...]:
        """Return the words of a list with commas; each must be one of the allowed, if given."""
        value = self._take(name)
        if value is None:
            return default
        words = tuple(word.strip() for word in value.split(",") if word.strip())
        if allowed is not None and not set(words) <= allowed:
            self._complain(name, value, "a list of " + ", ".join(sorted(allowed)))
            return default
        return words

    def folder(self, name: str) -> Path | None:
        """Return a folder that exists, or None."""
        value = self._take(name)
        if value is None:
            return None
        if not Path(value).is_dir():
            self._complain(name, value, "a folder that exists")
        return Path(value)

    def file(self, name: str) -> Path | None:
        """Return a file that exists and can be read, or None."""
        value = self._take(name)
        if value is None:
            return None
        if not Path(value).is_file():
            self._complain(name, value, "a file that exists")
        elif not os.access(value, os.R_OK):
            self._complain(name, value, f"a file that user {os.geteuid()} may read")
        return Path(value)

    def place(self, name: str) -> str | None:
        """Return a folder or file that exists, or an https address, or None."""
        value = self._take(name)
        if value is None:
            return None
        if "://" in value:
            parts = urlsplit(value)
            local = parts.scheme == "http" and parts.hostname in _LOOPBACK
            if not parts.hostname or not (parts.scheme == "https" or local):
                self._complain(name, value, "an https address")
        elif not Path(value).exists():
            self._complain(name, value, "a folder or bundle that exists, or an https address")
        return value

    def address(self, name: str) -> str | None:
        """Return an http or https address, or None."""
        value = self._take(name)
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            self._complain(name, value, "an address such as https://match.example.org")
        return value.rstrip("/")

    def safe_address(self, name: str) -> str | None:
        """Return an https address (http on this machine alone) as it stands, or None."""
        value = self._take(name)
        if value is None:
            return None
        parts = urlsplit(value)
        local = parts.scheme == "http" and parts.hostname in _LOOPBACK
        if not parts.hostname or not (parts.scheme == "https" or local):
            self._complain(name, value, "an https address")
        return value

    def rate(self, name: str) -> str | None:
        """Return a number of requests in a time, such as 600/minute, or None."""
        value = self._take(name)
        if value is None:
            return None
        if not re.fullmatch(r"[1-9][0-9]{0,8}/(?:second|minute|hour)", value):
            self._complain(name, value, "requests in a time, such as 600/minute")
        return value

    def secret(self, name: str) -> str | None:
        """Return a text that no message repeats, or None."""
        return self._take(name)

    def country(self, name: str) -> str | None:
        """Return a two-letter code in upper case; whether it is a country is checked later."""
        value = self._take(name)
        if value is None:
            return None
        if not (value.isascii() and value.isalpha() and len(value) == 2):
            self._complain(name, value, "a two-letter country code such as JP")
        return value.upper()

    def complain(self, text: str) -> None:
        """Keep a complaint about several settings together."""
        self._complaints.append(text)

    def require(self, name: str, value: object, why: str) -> None:
        """Complain where another setting makes this one necessary and it is not there."""
        if value is None:
            self._complaints.append(f"{self._prefix}{name} is not set, but {why}")

    def finish(self) -> None:
        """Raise all complaints as one readable message.

        Raises:
            SettingsError: There is at least one.
        """
        for name in sorted(self._values):
            known = ", ".join(self._prefix + key for key in self._known)
            self._complaints.append(
                f"{self._prefix}{name} is no setting of ours; there are {known}"
            )
        if self._complaints:
            raise SettingsError("settings cannot be used:\n- " + "\n- ".join(self._complaints))


def _is_service_link(name: str, value: str, prefix: str) -> bool:
    """Return whether Kubernetes set this variable because a service is called like us."""
    linked = name.startswith((f"{prefix}SERVICE_", f"{prefix}PORT_"))
    return linked or value.startswith(("tcp://", "udp://"))
