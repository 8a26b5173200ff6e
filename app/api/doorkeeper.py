"""The layer that asks who is calling and how often."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.callers import Caller, needed_scope
from app.api.metrics import AUTH_FAILURES
from app.api.problems import problem_of
from app.api.refusals import FORBIDDEN, TOO_MANY, UNKNOWN_CALLER, refuse
from app.errors import ServiceBusyError
from app.settings import Settings

if TYPE_CHECKING:
    from app.api.api_keys import KeyRing
    from app.api.rate_limit import RateLimiter, Standing
    from app.api.tokens import TokenChecker

_CHALLENGE = {"www-authenticate": 'Bearer realm="lodestone"'}


class Doorkeeper:
    """Lets a request in if its caller is known and may do what it asks.

    Args:
        app: The application behind.
        settings: Who may call, and how often.
        tokens: Checker of tokens for tests; None makes the one of the settings.
    """

    def __init__(
        self, app: ASGIApp, *, settings: Settings, tokens: TokenChecker | None = None
    ) -> None:
        self.app = app
        self._settings = settings
        self._keys = _key_ring(settings)
        self._tokens = tokens or _token_checker(settings)
        self._limiter = _limiter(settings.rate_limit, settings.rate_limit_store)
        asks = self._keys is not None or self._tokens is not None
        self._failures = _limiter(settings.auth_failures if asks else None, None)
        self._local_only = settings.auth is None
        self._seen_local: frozenset[str] = frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self._local_only and not self._is_local(scope):
            await _refuse_foreign(scope, receive, send)
            return
        needed = needed_scope(scope["method"], scope["path"])
        if needed is None:
            await self.app(scope, receive, send)
            return
        caller: Caller | None = None
        if self._failures is not None:
            try:
                caller = await self._admitted(scope, receive, send, needed)
            except ServiceBusyError as error:
                from starlette.requests import Request  # noqa: PLC0415 - only for this rare answer

                await problem_of(Request(scope), error)(scope, receive, send)
                return
            if caller is None:
                return
            scope["lodestone.caller"] = caller.name
        if self._limiter is None:
            await self.app(scope, receive, send)
            return
        who = f"caller:{caller.name}" if caller else f"address:{_address(scope)}"
        await self._within_limit(scope, receive, send, await self._limiter.hit(who))

    async def _within_limit(
        self, scope: Scope, receive: Receive, send: Send, standing: Standing
    ) -> None:
        if not standing.allowed:
            detail = f"more than {standing.most} requests in {standing.window_seconds} seconds"
            await refuse(
                scope, receive, send, kind=TOO_MANY, code="rate_limited", detail=detail,
                headers=standing.headers(),
            )  # fmt: skip
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in standing.headers().items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, told)

    async def _admitted(
        self, scope: Scope, receive: Receive, send: Send, needed: str
    ) -> Caller | None:
        """Return the caller, or None after the request was refused."""
        found, reason = await self._caller_of(scope)
        if found is None:
            AUTH_FAILURES.labels(reason).inc()
            await self._refuse_unknown(scope, receive, send, reason)
            return None
        if needed not in found.scopes:
            AUTH_FAILURES.labels("scope").inc()
            await refuse(
                scope, receive, send, kind=FORBIDDEN, code="scope_missing",
                detail=f"this needs the scope {needed}, which the caller does not have",
                headers={
                    "www-authenticate": f'Bearer error="insufficient_scope", scope="{needed}"'
                },
            )  # fmt: skip
            return None
        return found

    async def _refuse_unknown(
        self, scope: Scope, receive: Receive, send: Send, reason: str
    ) -> None:
        if reason != "missing" and self._failures is not None:
            standing = await self._failures.hit(_address(scope))
            if not standing.allowed:
                await refuse(
                    scope, receive, send, kind=TOO_MANY, code="too_many_failures",
                    detail="too many wrong keys or tokens came from this address",
                    headers={"retry-after": str(standing.reset_seconds)},
                )  # fmt: skip
                return
        await refuse(
            scope, receive, send, kind=UNKNOWN_CALLER, code=f"credentials_{reason}",
            detail=self._what_to_send(reason), headers=_CHALLENGE,
        )  # fmt: skip

    def _what_to_send(self, reason: str) -> str:
        if self._tokens is not None:
            way = "send a token of the issuer as `Authorization: Bearer ...`"
        else:
            way = "send an API key as `X-API-Key` or `Authorization: Bearer ...`"
        said = {"missing": "there is no key or token", "expired": "the token is over"}
        return f"{said.get(reason, 'the key or token does not count')}; {way}"

    async def _caller_of(self, scope: Scope) -> tuple[Caller | None, str]:
        headers = Headers(scope=scope)
        sent = headers.getlist("x-api-key") if self._keys is not None else []
        # Beside a key of ours, the other field may be meant for something in between.
        sent = sent or [
            value[7:].strip()
            for value in headers.getlist("authorization")
            if value[:7].lower() == "bearer "
        ]
        if not sent:
            return None, "missing"
        if len(sent) > 1:
            return None, "ambiguous"
        if self._keys is not None:
            return await self._keys.caller_of(sent[0]), "invalid"
        from app.api.tokens import RefusedTokenError  # noqa: PLC0415 - only where tokens count

        if self._tokens is None:  # one of the two is there
            raise AssertionError
        try:
            return await self._tokens.caller_of(sent[0]), ""
        except RefusedTokenError as error:
            return None, error.reason

    def _is_local(self, scope: Scope) -> bool:
        """Return whether the request came in by a loopback address of this machine.

        Another server may have been told to listen elsewhere than our settings say.
        """
        host = (scope.get("server") or ("",))[0]
        if host in self._seen_local:
            return True
        try:
            local = ip_address(host).is_loopback
        except ValueError:  # a socket of the file system, or a test
            local = True
        if local and len(self._seen_local) < 16:
            self._seen_local |= {host}
        return local


async def _refuse_foreign(scope: Scope, receive: Receive, send: Send) -> None:
    await refuse(
        scope, receive, send, kind=FORBIDDEN, code="nobody_chose",
        detail="nobody has said who may call from other machines; set LODESTONE_AUTH",
    )  # fmt: skip


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "-"


def _key_ring(settings: Settings) -> KeyRing | None:
    if settings.auth != "keys" or settings.auth_keys is None:
        return None
    from app.api.api_keys import KeyRing  # noqa: PLC0415 - only where keys count

    return KeyRing(settings.auth_keys)


def _token_checker(settings: Settings) -> TokenChecker | None:
    if settings.auth != "oidc":
        return None
    from app.api.tokens import TokenChecker  # noqa: PLC0415 - loads a library of its own

    return TokenChecker(settings)


def _limiter(limit: str | None, store: str | None) -> RateLimiter | None:
    if limit is None:
        return None
    from app.api.rate_limit import RateLimiter  # noqa: PLC0415 - loads a library of its own

    return RateLimiter(limit, store)
