"""API keys: how one is made, hashed and checked, and the file that holds the hashes.

A line of the file is `name scopes until hash`, for example
`erp score,reference 2027-12-31 scrypt$16384$8$1$SALT$HASH`; `until` may be `-`. The key itself is
`lsk_name_secret` and stands nowhere. Its secret has 256 bits, so the hash guards against a leaked
file, not against guessing.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import logging
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from time import monotonic

from app.api.callers import SCOPES, Caller
from app.api.clock import today_utc
from app.errors import SettingsError

LOG = logging.getLogger("lodestone.access")

PREFIX = "lsk_"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SECRET_BYTES = 32
_SALT_BYTES = 16
#: Cost of one hash: 16 MB and some 40 ms, once for each key and process.
_COST = (16384, 8, 1)
_MOST_COST = (65536, 16, 4)
_LONGEST_KEY = 200
#: Hashes at the same time in one process; each needs 16 MB.
_SIDE_BY_SIDE = 2
_REMEMBERED = 4096
_LOOK_EVERY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class HashedKey:
    """One line of the file."""

    caller: Caller
    until: date | None
    cost: tuple[int, int, int]
    salt: bytes
    digest: bytes

    def is_of(self, presented: str) -> bool:
        """Return whether a key is the one that was hashed, in a time that tells nothing."""
        return hmac.compare_digest(_scrypt(presented, self.salt, self.cost), self.digest)


def new_key(name: str) -> str:
    """Return a new key; it is shown once and kept nowhere.

    Raises:
        SettingsError: The name does not fit.
    """
    if NAME.fullmatch(name) is None:
        raise SettingsError(f"the name of a key is {NAME.pattern}, not {name!r}")
    return f"{PREFIX}{name}_{secrets.token_urlsafe(_SECRET_BYTES)}"


def hashed_line(key: str, *, scopes: tuple[str, ...], until: date | None) -> str:
    """Return the line of the file for a key.

    Raises:
        SettingsError: It is no key of ours, or a scope is unknown.
    """
    name = _name_of(key)
    unknown = sorted(set(scopes) - set(SCOPES))
    if name is None or unknown or not scopes:
        raise SettingsError(
            "expected a key of the form lsk_name_secret and scopes out of " + ", ".join(SCOPES)
        )
    salt = secrets.token_bytes(_SALT_BYTES)
    cost = "$".join(map(str, _COST))
    digest = _text(_scrypt(key, salt, _COST))
    end = until.isoformat() if until else "-"
    return f"{name} {','.join(scopes)} {end} scrypt${cost}${_text(salt)}${digest}"


def read_keys(text: str) -> Mapping[str, HashedKey]:
    """Return the keys of a file by name.

    Raises:
        SettingsError: A line is broken; the message names all of them, and holds no hash.
    """
    keys: dict[str, HashedKey] = {}
    faults = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            key = _key_of(line.split())
        except ValueError as error:
            faults.append(f"line {number}: {error}")
            continue
        if key.caller.name in keys:
            faults.append(f"line {number}: there is a key {key.caller.name!r} above already")
        keys[key.caller.name] = key
    if faults:
        raise SettingsError("the file of API keys cannot be used:\n- " + "\n- ".join(faults))
    return keys


def _key_of(fields: list[str]) -> HashedKey:
    if len(fields) != 4:
        raise ValueError("expected: name scopes until hash")
    name, scopes, until, hashed = fields
    if NAME.fullmatch(name) is None:
        raise ValueError(f"a name is {NAME.pattern}")
    if not set(scopes.split(",")) <= set(SCOPES):
        raise ValueError("scopes are " + ", ".join(SCOPES))
    kind, *numbers, salt, digest = hashed.split("$")
    if kind != "scrypt" or len(numbers) != 3 or not all(one.isdigit() for one in numbers):
        raise ValueError("a hash is scrypt$n$r$p$salt$digest")
    n, r, p = (int(one) for one in numbers)
    if not all(1 <= one <= most for one, most in zip((n, r, p), _MOST_COST, strict=True)):
        raise ValueError("the cost of the hash is out of bounds")
    return HashedKey(
        caller=Caller(name, frozenset(scopes.split(","))),
        until=None if until == "-" else date.fromisoformat(until),
        cost=(n, r, p),
        salt=_bytes(salt),
        digest=_bytes(digest),
    )


class KeyRing:
    """The keys of one file, read again whenever it changes.

    A file that is broken or gone leaves the keys as they were, and says so in the log: a slip of
    the pen must not lock everybody out. An empty file locks everybody out.

    Args:
        path: File of the hashed keys.
        today: Says what day it is.

    Raises:
        SettingsError: The file cannot be used at the start.
    """

    def __init__(self, path: Path, *, today: Callable[[], date] = today_utc) -> None:
        self._path = path
        self._today = today
        self._stamp = _stamp_of(path)
        self._keys = _read(path)
        self._looked_at = monotonic()
        # Known keys by a digest under a secret of this process, so that scrypt runs once for each.
        self._pepper = secrets.token_bytes(32)
        self._known: OrderedDict[bytes, bool] = OrderedDict()
        # Threads of its own: computing must not keep callers from being known.
        self._hashing = ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix="key")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the keys."""
        return tuple(self._keys)

    async def caller_of(self, presented: str) -> Caller | None:
        """Return whose key this is, or None."""
        self._look_again()
        name = _name_of(presented)
        key = self._keys.get(name) if name is not None else None
        if key is None or (key.until is not None and self._today() > key.until):
            return None
        mark = hmac.digest(self._pepper, presented.encode(), "sha256")
        fits = self._known.get(mark)
        if fits is None:
            loop = asyncio.get_running_loop()
            fits = await loop.run_in_executor(self._hashing, partial(key.is_of, presented))
            self._remember(mark, fits)
        return key.caller if fits else None

    def _remember(self, mark: bytes, fits: bool) -> None:
        self._known[mark] = fits
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)

    def _look_again(self) -> None:
        now = monotonic()
        if now - self._looked_at < _LOOK_EVERY_SECONDS:
            return
        self._looked_at = now
        stamp = _stamp_of(self._path)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            keys = _read(self._path)
        except SettingsError as error:
            first = str(error).splitlines()[0]
            LOG.log(logging.ERROR, "event=keys_refused detail=%r", first)
            return
        self._keys = keys
        self._known.clear()
        LOG.warning("event=keys_read count=%d", len(keys))


def _read(path: Path) -> Mapping[str, HashedKey]:
    try:
        return read_keys(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"the file of API keys cannot be read: {type(error).__name__}"
        ) from error


def _stamp_of(path: Path) -> tuple[int, int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_ino, facts.st_mtime_ns, facts.st_size


def _name_of(key: str) -> str | None:
    if not key.startswith(PREFIX) or len(key) > _LONGEST_KEY:
        return None
    name, _, secret = key[len(PREFIX) :].partition("_")
    return name if secret and NAME.fullmatch(name) else None


def _scrypt(key: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    most_memory = 256 * n * r + 1024 * 1024
    return hashlib.scrypt(key.encode(), salt=salt, n=n, r=r, p=p, maxmem=most_memory, dklen=32)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
