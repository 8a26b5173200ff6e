"""`lodestone doctor`: what stands in the way of serving, told before anybody is served."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import typer

from app.errors import ProcurementRiskError

if TYPE_CHECKING:
    from app.settings import Settings

_OLD_DAYS = 60


class Finding(NamedTuple):
    """What one look found: ok, warn or fail, and a sentence."""

    state: str
    about: str
    text: str


def doctor() -> None:
    """Look at settings, callers, data, clock, temporary folder and stores; exit 1 on a failure."""
    from app.settings import Settings

    try:
        settings = Settings.from_environment(os.environ)
    except ProcurementRiskError as error:
        _print([Finding("fail", "settings", str(error))])
        raise typer.Exit(1) from error
    findings = [finding for look in _LOOKS for finding in _looked(look, settings)]
    _print(findings)
    if any(finding.state == "fail" for finding in findings):
        raise typer.Exit(1)


def _looked(look: Callable[[Settings], Iterator[Finding]], settings: Settings) -> list[Finding]:
    try:
        return list(look(settings))
    except (ProcurementRiskError, OSError) as error:
        return [Finding("fail", look.__name__.strip("_"), str(error))]


def _print(findings: list[Finding]) -> None:
    for finding in findings:
        typer.echo(f"{finding.state:4}  {finding.about:10}  {finding.text}")


def _callers(settings: Settings) -> Iterator[Finding]:
    settings.refuse_an_open_door()
    if settings.auth == "keys" and settings.auth_keys is not None:
        from app.api.api_keys import read_keys

        count = len(read_keys(settings.auth_keys.read_text(encoding="utf-8")))
        yield Finding("ok" if count else "warn", "callers", f"{count} API keys")
    elif settings.auth == "oidc":
        from app.api.tokens import TokenChecker

        count = asyncio.run(TokenChecker(settings).look())
        state, said = ("ok", f"{count} keys of the issuer") if count else (
            "fail", "the keys of the issuer cannot be had"
        )  # fmt: skip
        yield Finding(state, "callers", said)
    else:
        state = "ok" if settings.is_local else "warn"
        yield Finding(state, "callers", f"everybody who reaches {settings.host}")


def _limits(settings: Settings) -> Iterator[Finding]:
    if settings.rate_limit is None:
        state = "ok" if settings.is_local else "warn"
        yield Finding(state, "limits", "no limit on the number of requests")
        return
    if settings.rate_limit_store is None:
        yield Finding("ok", "limits", f"{settings.rate_limit}, each process counts for itself")
        return
    from app.api.rate_limit import RateLimiter

    limiter = RateLimiter(settings.rate_limit, settings.rate_limit_store)
    reached = asyncio.run(limiter.store_answers())
    said = f"{settings.rate_limit}, the store " + ("answers" if reached else "does not answer")
    yield Finding("ok" if reached else "warn", "limits", said)


def _data(settings: Settings) -> Iterator[Finding]:
    from app.api.clock import today_utc
    from app.api.data_watch import first_data

    reference, state = first_data(settings)
    cutoff = reference.register.knowledge_cutoff
    age = (today_utc() - cutoff).days
    usual = state.origin in {"package", "folder"} and settings.data is not None
    stands_in = usual and state.outcome is not None
    yield Finding(
        "warn" if age > _OLD_DAYS or stands_in else "ok",
        "data",
        f"version {reference.version} from {state.origin}, known up to {cutoff} ({age} days ago)",
    )
    # Data from the future mean that the clock of this machine is wrong.
    yield Finding("fail" if age < 0 else "ok", "clock", f"today is {today_utc()} in UTC")


def _folder(_: Settings) -> Iterator[Finding]:
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
    except OSError as error:
        text = f"no file can be written ({error.strerror}); catalogues need it, the rest does not"
        yield Finding("warn", "temporary", text)
        return
    yield Finding("ok", "temporary", f"{tempfile.gettempdir()} can be written")


_LOOKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (_callers, _limits, _data, _folder)
