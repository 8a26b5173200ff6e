"""Operational settings, all from the environment under one prefix. Nothing here moves a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import TypedDict

from app.environment import EnvironmentReader
from app.errors import SettingsError

PREFIX = "LODESTONE_"

LOG_LEVELS = ("debug", "info", "warning", "error")
MEBIBYTE = 1024 * 1024
_HIGHEST_PORT = 65_535
LOG_FORMATS = ("json", "text")
AUTH_CHOICES = ("keys", "oidc", "none")
#: Signatures that only the holder of a private key can make. A shared secret, or none, is not here.
OIDC_ALGORITHMS = frozenset("RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA".split())


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
        max_catalogue_bytes: Largest catalogue after decompression [bytes].
        max_lines: Most lines of one bill of materials.
        yente_url: Address of a matching service of the OpenSanctions kind, which the screening
            route then asks too; None asks nobody. No assessment ever asks it.
        yente_key: Key for that service, or None.
        auth: Who may call: keys, oidc or none; None where nobody chose, which only a loopback
            address allows.
        auth_keys: File of the hashed API keys.
        auth_failures: Wrong keys or tokens of one address, such as 30/minute, before it must wait.
        oidc_issuer: Issuer that a token must name.
        oidc_audience: Audience that a token must name.
        oidc_jwks_url: Where the issuer's public keys are; None asks the issuer's own document.
        oidc_algorithms: Signature algorithms that count.
        oidc_leeway_seconds: How far two clocks may differ [s].
        rate_limit: Requests of one caller, such as 600/minute, or None for no limit.
        rate_limit_store: Address of a Redis or Valkey that all processes count in, or None.
        body_seconds: Time for a whole body to arrive [s].
        body_idle_seconds: Longest pause inside a body [s].
        request_seconds: Time until an answer must have begun, counted from the whole body [s].
        max_scoring: Requests with a body that compute at the same time in one process.
        max_waiting: Requests with a body that may wait beside those.
        max_bytes_in_flight: Bodies that one process holds at the same time [bytes].
        cors_origins: Origins whose pages may call, or none.
        log_format: json or text.
        workers: Processes that share the port.
        drain_seconds: Time between the loss of readiness and the end of accepting [s].
        stop_seconds: Time for requests under way to end [s].
        tracing: Whether traces are sent; where to is said by the variables of OpenTelemetry.
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
    max_catalogue_bytes: int = 1024 * MEBIBYTE
    max_lines: int = 20_000
    yente_url: str | None = None
    yente_key: str | None = field(default=None, repr=False)
    auth: str | None = None
    auth_keys: Path | None = None
    auth_failures: str = "30/minute"
    oidc_issuer: str | None = None
    oidc_audience: str | None = None
    oidc_jwks_url: str | None = None
    oidc_algorithms: tuple[str, ...] = ("RS256", "ES256")
    oidc_leeway_seconds: int = 30
    rate_limit: str | None = None
    rate_limit_store: str | None = field(default=None, repr=False)
    body_seconds: int = 60
    body_idle_seconds: int = 10
    request_seconds: int = 60
    max_scoring: int = 4
    max_waiting: int = 128
    max_bytes_in_flight: int = 64 * MEBIBYTE
    cors_origins: tuple[str, ...] = ()
    log_format: str = "json"
    workers: int = 1
    drain_seconds: int = 0
    stop_seconds: int = 30
    tracing: str = "off"

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
        reader = EnvironmentReader(environment, prefix=PREFIX)
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
            max_catalogue_bytes=reader.whole_number(
                "MAX_CATALOGUE_BYTES", usual.max_catalogue_bytes, lowest=1
            ),
            max_lines=reader.whole_number("MAX_LINES", usual.max_lines, lowest=1),
            yente_url=reader.address("YENTE_URL"),
            yente_key=reader.secret("YENTE_KEY"),
            **_callers(reader, usual),
            **_limits(reader, usual),
            **_operation(reader, usual),
        )
        if settings.data is not None and not Path(settings.data).is_dir():
            reader.require("DATA_KEY", settings.data_key, "a bundle is only used if it is signed")
        _check_callers(reader, settings)
        reader.finish()
        return settings

    @property
    def is_local(self) -> bool:
        """Return whether only this machine can reach the address that is listened on."""
        return is_loopback(self.host)

    def refuse_an_open_door(self) -> None:
        """Refuse to serve other machines while nobody has said who may call.

        Raises:
            SettingsError: The address is no loopback address and there is no choice.
        """
        if self.auth is None and not self.is_local:
            raise SettingsError(
                f"the service would listen on {self.host}, where other machines reach it, and "
                "nobody has said who may call; set LODESTONE_AUTH to keys (with "
                "LODESTONE_AUTH_KEYS), to oidc (with LODESTONE_OIDC_ISSUER and "
                "LODESTONE_OIDC_AUDIENCE), or to none if something in front of it decides"
            )


def is_loopback(host: str) -> bool:
    """Return whether an address is reached from this machine alone.

    Examples:
        >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::")]
        [True, True, True, False, False]
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class _Callers(TypedDict):
    auth: str | None
    auth_keys: Path | None
    auth_failures: str
    oidc_issuer: str | None
    oidc_audience: str | None
    oidc_jwks_url: str | None
    oidc_algorithms: tuple[str, ...]
    oidc_leeway_seconds: int
    cors_origins: tuple[str, ...]


def _callers(reader: EnvironmentReader, usual: Settings) -> _Callers:
    return {
        "auth": reader.choice("AUTH", "", AUTH_CHOICES) or None,
        "auth_keys": reader.file("AUTH_KEYS"),
        "auth_failures": reader.rate("AUTH_FAILURES") or usual.auth_failures,
        "oidc_issuer": reader.safe_address("OIDC_ISSUER"),
        "oidc_audience": reader.text("OIDC_AUDIENCE", "") or None,
        "oidc_jwks_url": reader.safe_address("OIDC_JWKS_URL"),
        "oidc_algorithms": reader.words("OIDC_ALGORITHMS", usual.oidc_algorithms, OIDC_ALGORITHMS),
        "oidc_leeway_seconds": reader.whole_number(
            "OIDC_LEEWAY_SECONDS", usual.oidc_leeway_seconds, lowest=0, highest=300
        ),
        "cors_origins": reader.words("CORS_ORIGINS", usual.cors_origins),
    }


class _Limits(TypedDict):
    rate_limit: str | None
    rate_limit_store: str | None
    body_seconds: int
    body_idle_seconds: int
    request_seconds: int
    max_scoring: int
    max_waiting: int
    max_bytes_in_flight: int


def _limits(reader: EnvironmentReader, usual: Settings) -> _Limits:
    def positive(name: str, default: int) -> int:
        return reader.whole_number(name, default, lowest=1)

    return {
        "rate_limit": reader.rate("RATE_LIMIT"),
        "rate_limit_store": reader.secret("RATE_LIMIT_STORE"),
        "body_seconds": positive("BODY_SECONDS", usual.body_seconds),
        "body_idle_seconds": positive("BODY_IDLE_SECONDS", usual.body_idle_seconds),
        "request_seconds": positive("REQUEST_SECONDS", usual.request_seconds),
        "max_scoring": positive("MAX_SCORING", usual.max_scoring),
        "max_waiting": reader.whole_number("MAX_WAITING", usual.max_waiting, lowest=0),
        "max_bytes_in_flight": positive("MAX_BYTES_IN_FLIGHT", usual.max_bytes_in_flight),
    }


class _Operation(TypedDict):
    log_format: str
    workers: int
    drain_seconds: int
    stop_seconds: int
    tracing: str


def _operation(reader: EnvironmentReader, usual: Settings) -> _Operation:
    return {
        "log_format": reader.choice("LOG_FORMAT", usual.log_format, LOG_FORMATS),
        "workers": reader.whole_number("WORKERS", usual.workers, lowest=1, highest=256),
        "drain_seconds": reader.whole_number("DRAIN_SECONDS", usual.drain_seconds, lowest=0),
        "stop_seconds": reader.whole_number("STOP_SECONDS", usual.stop_seconds, lowest=1),
        "tracing": reader.choice("TRACING", usual.tracing, ("off", "on")),
    }


def _check_callers(reader: EnvironmentReader, settings: Settings) -> None:
    if settings.auth == "keys":
        reader.require("AUTH_KEYS", settings.auth_keys, "LODESTONE_AUTH is keys")
    if settings.auth == "oidc":
        reader.require("OIDC_ISSUER", settings.oidc_issuer, "LODESTONE_AUTH is oidc")
        reader.require("OIDC_AUDIENCE", settings.oidc_audience, "LODESTONE_AUTH is oidc")
    if "*" in settings.cors_origins:
        reader.complain(
            f"{PREFIX}CORS_ORIGINS is '*', expected origins such as https://erp.example.org"
        )
