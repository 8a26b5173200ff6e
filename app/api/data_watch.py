"""Exchanges the reference data under a running service; whatever fails, the old data stay.

A request holds the service that it began with, so each answer rests on exactly one version.
"""

from __future__ import annotations

import dataclasses
import gc
import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fastapi import FastAPI

from app.api.clock import now_utc
from app.api.service import Service
from app.batch.pipeline import build_engine
from app.domain.reference import ReferenceData
from app.errors import BundleError
from app.refdata.bundle import Bundle, load_bundle, read_bundle
from app.refdata.fetch import NEVER_FETCHED, Fetched, fetch_bundle
from app.refdata.load import load_reference_data
from app.refdata.place import is_address, keys_of, load_place, read_bundle_file
from app.settings import Settings

if TYPE_CHECKING:
    import httpx

LOG = logging.getLogger("lodestone.data")

#: Name of the newest good bundle in the cache folder.
CACHED = "lodestone-data.zip"


Origin = Literal["package", "folder", "bundle", "cache"]


@dataclass(slots=True)
class DataState:
    """What is known of the data in use; changed by the watch alone.

    Attributes:
        origin: package, folder, bundle or cache.
        issued_at: When the bundle in use was signed, or None.
        loaded_at: When the data in use were loaded.
        checked_at: When the place was last looked at, or None.
        outcome: How that ended: unchanged, loaded, or the reason of a refusal.
        outcomes: How often each outcome came.
    """

    origin: Origin
    loaded_at: datetime
    issued_at: str | None = None
    checked_at: datetime | None = None
    outcome: str | None = None
    outcomes: Counter[str] = field(default_factory=Counter)


class DataWatch:
    """Looks for a newer bundle and puts it in place of the data in use.

    Args:
        app: Application whose service is exchanged.
        settings: Place, keys, cache, and how often to look.
        transport: Stands in for the network in tests.
        ready: Called with each new service before it is used, for instance to warm it up.
    """

    def __init__(
        self,
        app: FastAPI,
        settings: Settings,
        *,
        transport: httpx.BaseTransport | None = None,
        ready: Callable[[Service], None] | None = None,
    ) -> None:
        self._app = app
        self._settings = settings
        self._transport = transport
        self._ready = ready
        self._last: Fetched = NEVER_FETCHED
        self._stamp: tuple[int, int] | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    @property
    def state(self) -> DataState:
        """Return what is known of the data in use."""
        state: DataState = self._app.state.data
        return state

    def check(self) -> str:
        """Look once for a newer bundle and use it if it is good.

        Returns:
            unchanged, loaded, or the reason why the bundle was refused.
        """
        with self._lock:
            try:
                outcome = self._check()
            except BundleError as error:
                outcome = error.reason
                _log_refusal(error, at="check")
            self.state.checked_at = now_utc()
            self.state.outcome = outcome
            self.state.outcomes[outcome] += 1
            return outcome

    def _check(self) -> str:
        place = self._settings.data or ""
        fetched, stamp = self._last, self._stamp
        if is_address(place):
            fetched = fetch_bundle(place, last=self._last, transport=self._transport)
            content = fetched.content
        else:
            content, stamp = _newer_file(Path(place), self._stamp)
        outcome = "unchanged" if content is None else self._use(content)
        # A bundle that was refused is looked at again: its marks are not kept.
        self._last, self._stamp = fetched, stamp
        return outcome

    def _use(self, content: bytes) -> str:
        bundle = read_bundle(content, keys_of(self._settings.data_key))
        issued, current = bundle.manifest.issued_at, self.state.issued_at
        if current is not None and issued < current:
            raise BundleError("older", f"signed at {issued}, the one in use at {current}")
        service: Service = self._app.state.service
        if bundle.manifest.data_version == service.reference.version:
            self.state.issued_at = issued
            return "unchanged"
        self._exchange(service, bundle)
        self._keep(content)
        return "loaded"

    def _exchange(self, service: Service, bundle: Bundle) -> None:
        """Load a bundle beside the data in use, then let requests to come have it."""
        engine = build_engine(load_bundle(bundle))
        fresh = dataclasses.replace(service, engine=engine)
        if self._ready is not None:
            self._ready(fresh)
        old = service.reference.version
        # One assignment: a request sees the old service or the new one, never a mixture.
        self._app.state.service = fresh
        self.state.origin = "bundle"
        self.state.issued_at = bundle.manifest.issued_at
        self.state.loaded_at = now_utc()
        LOG.warning(
            "event=data_exchanged from=%s to=%s issued_at=%s",
            old, fresh.reference.version, bundle.manifest.issued_at,
        )  # fmt: skip
        del service, engine
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _keep(self, content: bytes) -> None:
        """Write the newest good bundle of an address to the cache, whole or not at all."""
        folder = self._settings.data_cache
        if folder is None or not is_address(self._settings.data or ""):
            return
        part = folder / f"{CACHED}.part"
        try:
            part.write_bytes(content)
            part.replace(folder / CACHED)
        except OSError as error:
            LOG.log(
                logging.ERROR, "event=data_cache_failed detail=%r", error.strerror or str(error)
            )

    def start(self) -> None:
        """Begin to look every so often, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="data-watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop looking; a look under way ends first."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=30)

    def _run(self) -> None:
        while not self._stop.wait(self._settings.data_check_seconds):
            try:
                self.check()
            except Exception as error:  # noqa: BLE001 - the watch must outlive any defect
                LOG.log(logging.ERROR, "event=data_watch_defect error=%s", type(error).__name__)


def _newer_file(
    path: Path, known: tuple[int, int] | None
) -> tuple[bytes | None, tuple[int, int] | None]:
    """Return the bytes of a file and its stamp; None where the stamp is the known one."""
    try:
        facts = path.stat()
    except OSError as error:
        raise BundleError("unreachable", f"{path}: {error.strerror or error}") from error
    stamp = (facts.st_mtime_ns, facts.st_size)
    return (None, known) if stamp == known else (read_bundle_file(path), stamp)


def watched(settings: Settings) -> bool:
    """Return whether the place of the data is one that may change under the service."""
    return settings.data is not None and not Path(settings.data).is_dir()


def first_data(
    settings: Settings, *, transport: httpx.BaseTransport | None = None
) -> tuple[ReferenceData, DataState]:
    """Return the reference data to start with, and where they come from.

    A bundle that cannot be had or used does not keep the service from starting: the newest good
    one from the cache stands in, else the data inside the package, and readiness says so.

    Raises:
        ReferenceDataError: A folder, or the package, holds broken data.
    """
    if not watched(settings):
        plain: Origin = "package" if settings.data is None else "folder"
        reference = load_place(settings.data, settings.data_key)
        return reference, DataState(origin=plain, loaded_at=now_utc())
    place, outcomes = settings.data or "", Counter[str]()
    cached = None if settings.data_cache is None else settings.data_cache / CACHED
    tries: list[tuple[Origin, Callable[[], bytes]]] = [
        ("bundle", lambda: _content_of(place, transport))
    ]
    if cached is not None:
        tries.append(("cache", lambda: read_bundle_file(cached)))
    for origin, content in tries:
        try:
            bundle = read_bundle(content(), keys_of(settings.data_key))
            reference = load_bundle(bundle)
        except BundleError as error:
            outcomes[error.reason] += 1
            _log_refusal(error, at="start")
            continue
        outcomes["loaded"] += 1
        state = DataState(
            origin=origin, loaded_at=now_utc(), issued_at=bundle.manifest.issued_at,
            outcome=next(iter(outcomes)), outcomes=outcomes,
        )  # fmt: skip
        return reference, state
    reason = next(iter(outcomes))
    state = DataState(origin="package", loaded_at=now_utc(), outcome=reason, outcomes=outcomes)
    return load_reference_data(), state


def _log_refusal(error: BundleError, *, at: str) -> None:
    """Log why a bundle was refused: the first line only, broken data have one for each fault."""
    detail = str(error).splitlines()[0][:300]
    LOG.log(logging.ERROR, "event=data_refused at=%s reason=%s detail=%r", at, error.reason, detail)


def _content_of(place: str, transport: httpx.BaseTransport | None) -> bytes:
    if is_address(place):
        return fetch_bundle(place, transport=transport).content or b""
    return read_bundle_file(Path(place))
