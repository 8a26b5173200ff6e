"""Operational settings, all from the environment under one prefix. Nothing here moves a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from app.errors import SettingsError

PREFIX = "LODESTONE_"

LOG_LEVELS = ("debug", "info", "warning", "error")
MEBIBYTE = 1024 * 1024
_HIGHEST_PORT = 65_535
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the service runs.

    Attributes:
        host: Address to listen on.
        port: Port to listen on, 0 for any free one.
        log_level: debug, info, warning or error.
        data: Reference data: a folder, a bundle file or the https address of one; None for the
            data inside the package.
        data_key: File with the public keys (PEM) whose signature a bundle must bear.
        data_cache: Folder that keeps the newest good bundle of an address, or None.
        data_check_seconds: How often to look for a newer bundle [s].
        default_destination: Destination of requests that name none, ISO 3166-1 alpha-2.
        max_json_bytes: Largest JSON body [bytes].
        max_upload_bytes: Largest upload [bytes].
        max_lines: Most lines of one bill of materials.
        yente_url: Address of a matching service of the OpenSanctions kind, which the screening
            route then asks too; None asks nobody. No assessment ever asks it.
        yente_key: Key for that service, or None.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    log_level: str = "info"
    data: str | None = None
    data_key: Path | None = None
    data_cache: Path | None = None
    data_check_seconds: int = 3600
    default_destination: str | None = None
    max_json_bytes: int = 5 * MEBIBYTE
    max_upload_bytes: int = 25 * MEBIBYTE
    max_lines: int = 20_000
    yente_url: str | None = None
    yente_key: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Return the settings that an environment holds; what it leaves out has its default.

        Args:
            environment: Variables by name, usually `os.environ`.

        Raises:
            SettingsError: A variable is unknown or unusable; the message lists all of them.

        Examples:
            >>> Settings.from_environment({"LODESTONE_PORT": "9000"}).port
            9000
        """
        usual = cls()
        reader = _Reader(
            {
                name.removeprefix(PREFIX): value.strip()
                for name, value in environment.items()
                if name.startswith(PREFIX) and value.strip() and not _is_service_link(name, value)
            }
        )
        settings = cls(
            host=reader.text("HOST", usual.host),
            port=reader.whole_number("PORT", usual.port, lowest=0, highest=_HIGHEST_PORT),
            log_level=reader.choice("LOG_LEVEL", usual.log_level, LOG_LEVELS),
            data=reader.place("DATA"),
            data_key=reader.file("DATA_KEY"),
            data_cache=reader.folder("DATA_CACHE"),
            data_check_seconds=reader.whole_number(
                "DATA_CHECK_SECONDS", usual.data_check_seconds, lowest=1
            ),
            default_destination=reader.country("DEFAULT_DESTINATION"),
            max_json_bytes=reader.whole_number("MAX_JSON_BYTES", usual.max_json_bytes, lowest=1),
            max_upload_bytes=reader.whole_number(
                "MAX_UPLOAD_BYTES", usual.max_upload_bytes, lowest=1
            ),
            max_lines=reader.whole_number("MAX_LINES", usual.max_lines, lowest=1),
            yente_url=reader.address("YENTE_URL"),
            yente_key=reader.secret("YENTE_KEY"),
        )
        if settings.data is not None and not Path(settings.data).is_dir():
            reader.require("DATA_KEY", settings.data_key, "a bundle is only used if it is signed")
        reader.finish()
        return settings


def _is_service_link(name: str, value: str) -> bool:
    """Return whether Kubernetes set this variable because a service is called like us."""
    linked = name.startswith((f"{PREFIX}SERVICE_", f"{PREFIX}PORT_"))
    return linked or value.startswith(("tcp://", "udp://"))


class _Reader:
    """Takes settings one by one and keeps every complaint until the end."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)
        self._known: list[str] = []
        self._complaints: list[str] = []

    def _take(self, name: str) -> str | None:
        self._known.append(name)
        return self._values.pop(name, None)

    def _complain(self, name: str, value: str, expected: str) -> None:
        self._complaints.append(f"{PREFIX}{name} is {value!r}, expected {expected}")

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

    def folder(self, name: str) -> Path | None:
        """Return a folder that exists, or None."""
        value = self._take(name)
        if value is None:
            return None
        if not Path(value).is_dir():
            self._complain(name, value, "a folder that exists")
        return Path(value)

    def file(self, name: str) -> Path | None:
        """Return a file that exists, or None."""
        value = self._take(name)
        if value is None:
            return None
        if not Path(value).is_file():
            self._complain(name, value, "a file that exists")
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

    def require(self, name: str, value: object, why: str) -> None:
        """Complain where another setting makes this one necessary and it is not there."""
        if value is None:
            self._complaints.append(f"{PREFIX}{name} is not set, but {why}")

    def finish(self) -> None:
        """Raise all complaints as one readable message.

        Raises:
            SettingsError: There is at least one.
        """
        for name in sorted(self._values):
            known = ", ".join(PREFIX + key for key in self._known)
            self._complaints.append(f"{PREFIX}{name} is no setting of ours; there are {known}")
        if self._complaints:
            raise SettingsError("settings cannot be used:\n- " + "\n- ".join(self._complaints))
