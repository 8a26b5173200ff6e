"""Bearer tokens of an OpenID Connect issuer, checked against its published keys."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx
import jwt

from app.api.callers import SCOPES, Caller
from app.errors import ServiceBusyError
from app.settings import Settings, is_loopback

LOG = logging.getLogger("lodestone.access")

_LONGEST_TOKEN = 8192
_MOST_BYTES = 512 * 1024
_FRESH_SECONDS = 300.0
#: An unknown key id asks the issuer again, but not more often than this.
_PAUSE_SECONDS = 10.0
#: Keys are used that long when the issuer cannot be reached.
_STALE_SECONDS = 24 * 3600.0
_TIMEOUT_SECONDS = 5.0
#: Both documents together; an issuer that trickles must not hold callers.
_FETCH_SECONDS = 10.0
_KIND_OF = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}


class RefusedTokenError(Exception):
    """A token does not count; `reason` is for logs and metrics."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TokenChecker:
    """Checks tokens: signature, algorithm, issuer, audience, time.

    Args:
        settings: Issuer, audience, algorithms, leeway.
        transport: Stands in for the network in tests.
    """

    def __init__(
        self, settings: Settings, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._issuer = settings.oidc_issuer or ""
        self._audience = settings.oidc_audience or ""
        self._algorithms = settings.oidc_algorithms
        self._leeway = settings.oidc_leeway_seconds
        self._keys_url = settings.oidc_jwks_url
        self._transport = transport
        self._keys: dict[str, dict[str, Any]] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._is_gone = False
        self._fetching: asyncio.Task[None] | None = None

    async def look(self) -> int:
        """Fetch the keys of the issuer and return how many there are."""
        trying = self._begin()
        if trying is not None:
            await asyncio.shield(trying)
        return len(self._keys)

    async def caller_of(self, token: str) -> Caller:
        """Return who a token speaks for.

        Raises:
            RefusedTokenError: The token does not count.
            ServiceBusyError: The issuer's keys cannot be had now.
        """
        key, algorithm = await self._key_for(token)
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=self._audience,
                issuer=self._issuer,
                leeway=self._leeway,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise RefusedTokenError("expired") from error
        except jwt.InvalidAudienceError as error:
            raise RefusedTokenError("audience") from error
        except jwt.InvalidIssuerError as error:
            raise RefusedTokenError("issuer") from error
        except jwt.InvalidSignatureError as error:
            raise RefusedTokenError("signature") from error
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise RefusedTokenError("invalid") from error
        subject = hashlib.sha256(f"{self._issuer} {claims['sub']}".encode()).hexdigest()[:12]
        return Caller(f"sub-{subject}", _scopes_of(claims))

    async def _key_for(self, token: str) -> tuple[jwt.PyJWK, str]:
        if len(token) > _LONGEST_TOKEN:
            raise RefusedTokenError("too_long")
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise RefusedTokenError("unreadable") from error
        algorithm, name = header.get("alg"), header.get("kid")
        # The allow-list comes first: neither `none` nor a shared secret is ever on it.
        if not isinstance(algorithm, str) or algorithm not in self._algorithms:
            raise RefusedTokenError("algorithm")
        if not isinstance(name, str):
            raise RefusedTokenError("key_id")
        data = await self._published(name)
        if data.get("kty") != _KIND_OF[algorithm[:2]] or data.get("alg", algorithm) != algorithm:
            raise RefusedTokenError("algorithm")
        try:
            return jwt.PyJWK(data, algorithm=algorithm), algorithm
        except (jwt.PyJWTError, ValueError) as error:
            raise RefusedTokenError("key") from error

    async def _published(self, name: str) -> dict[str, Any]:
        """Return a key of the issuer.

        Keys that are not fresh any more are fetched first. Where the last try failed, a key that
        is known counts at once, and the next try goes on beside: nobody waits for an issuer that
        is gone.
        """
        known = name in self._keys
        if not known or self._age() > _FRESH_SECONDS:
            trying = self._begin()
            if trying is not None and not (known and self._is_gone):
                await asyncio.shield(trying)
        if name in self._keys:
            return self._keys[name]
        if not self._keys and self._is_gone:
            raise ServiceBusyError(
                "the keys of the token issuer cannot be had now", retry_after_seconds=10
            )
        raise RefusedTokenError("key_id")

    def _age(self) -> float:
        return float("inf") if self._fetched_at is None else monotonic() - self._fetched_at

    def _begin(self) -> asyncio.Task[None] | None:
        """Return the fetch under way, or a new one; None where one has only just ended."""
        if self._fetching is None:
            tried = self._tried_at
            if tried is not None and monotonic() - tried < _PAUSE_SECONDS:
                return None
            self._tried_at = monotonic()
            self._fetching = asyncio.ensure_future(self._fetch())
            self._fetching.add_done_callback(self._fetched)
        return self._fetching

    def _fetched(self, _: asyncio.Task[None]) -> None:
        self._fetching = None

    async def _fetch(self) -> None:
        try:
            async with (
                asyncio.timeout(_FETCH_SECONDS),
                httpx.AsyncClient(
                    timeout=_TIMEOUT_SECONDS, follow_redirects=False, transport=self._transport
                ) as client,
            ):
                self._keys = _signing_keys(await _json(client, await self._address(client)))
                self._fetched_at, self._is_gone = monotonic(), False
        except (httpx.HTTPError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            self._is_gone = True
            LOG.log(logging.ERROR, "event=issuer_unreachable error=%s", type(error).__name__)
            if self._age() > _STALE_SECONDS:
                self._keys = {}

    async def _address(self, client: httpx.AsyncClient) -> str:
        if self._keys_url is not None:
            return self._keys_url
        place = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        document = await _json(client, place)
        if document["issuer"] != self._issuer:
            raise ValueError("the document names another issuer")
        address = str(document["jwks_uri"])
        parts = urlsplit(address)
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise ValueError("the keys must be at an https address")
        return address


async def _json(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    body = bytearray()
    async with client.stream("GET", address) as answer:
        answer.raise_for_status()
        async for chunk in answer.aiter_bytes():
            body += chunk
            if len(body) > _MOST_BYTES:
                raise ValueError("the answer is too large")
    document: dict[str, Any] = json.loads(bytes(body))
    return document


def _signing_keys(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        str(key["kid"]): key
        for key in document["keys"]
        if "kid" in key and key.get("use", "sig") == "sig" and key.get("kty") in _KIND_OF.values()
    }


def _scopes_of(claims: dict[str, Any]) -> frozenset[str]:
    """Return our scopes among those of a token, whichever of the usual claims holds them."""
    found: set[str] = set()
    for name in ("scope", "scp", "roles"):
        value = claims.get(name, ())
        found.update(value.split() if isinstance(value, str) else map(str, value or ()))
    return frozenset(found & set(SCOPES))
