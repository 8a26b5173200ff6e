"""Bearer tokens: what counts, and every way in which one is forged or out of date."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from app.api import tokens
from app.api.clock import now_utc
from app.api.doorkeeper import Doorkeeper
from app.api.tokens import RefusedTokenError, TokenChecker
from app.errors import ServiceBusyError
from app.settings import Settings

ISSUER = "https://login.example.org/tenant"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE = ec.generate_private_key(ec.SECP256R1())
SETTINGS = Settings(host="0.0.0.0", auth="oidc", oidc_issuer=ISSUER, oidc_audience="lodestone")


def published() -> dict[str, Any]:
    first = json.loads(RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "rsa-1", "use": "sig"}
    second = json.loads(ECAlgorithm.to_jwk(CURVE.public_key())) | {"kid": "ec-1", "alg": "ES256"}
    shared = {"kty": "oct", "kid": "oct-1", "k": base64.urlsafe_b64encode(b"s" * 32).decode()}
    return {"keys": [first, second, shared]}


class Issuer(httpx.AsyncBaseTransport):
    """The issuer's two documents, and how often they were asked for."""

    def __init__(self, *, down: bool = False) -> None:
        self.asked: list[str] = []
        self.down = down
        self.hangs = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if self.hangs:
            await asyncio.sleep(3600)
        if self.down:
            raise httpx.ConnectError("no way")
        if request.url.path.endswith("openid-configuration"):
            return httpx.Response(200, json={"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys"})
        return httpx.Response(200, json=published())


def claims(**changes: Any) -> dict[str, Any]:
    now = int(now_utc().timestamp())
    usual = {
        "iss": ISSUER, "aud": "lodestone", "sub": "erp@example.org", "iat": now, "exp": now + 300,
        "scope": "openid score reference",
    }  # fmt: skip
    return {name: value for name, value in (usual | changes).items() if value is not ...}


def token(key: Any = KEY, *, alg: str = "RS256", kid: str | None = "rsa-1", **changes: Any) -> str:
    headers = {} if kid is None else {"kid": kid}
    return jwt.encode(claims(**changes), key, algorithm=alg, headers=headers)


def hand_made(header: dict[str, Any], secret: bytes | None) -> str:
    """Return a token that no library would make."""

    def part(value: object) -> bytes:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    signed = part(header) + b"." + part(claims())
    digest = b"" if secret is None else hmac.new(secret, signed, hashlib.sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(digest).rstrip(b"=")).decode()


PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
_NOW = int(now_utc().timestamp())

FORGED: dict[str, Callable[[], str]] = {
    "no signature": lambda: hand_made({"alg": "none", "kid": "rsa-1"}, None),
    "no signature, other case": lambda: hand_made({"alg": "nOnE", "kid": "rsa-1"}, None),
    "public key as shared secret": lambda: hand_made({"alg": "HS256", "kid": "rsa-1"}, PEM),
    "a published shared secret": lambda: hand_made({"alg": "HS256", "kid": "oct-1"}, b"s" * 32),
    "shared secret under an allowed name": lambda: hand_made(
        {"alg": "RS256", "kid": "oct-1"}, b"s" * 32
    ),
    "another key": lambda: token(OTHER),
    "another key id": lambda: token(kid="rsa-2"),
    "no key id": lambda: token(kid=None),
    "key of another kind": lambda: token(CURVE, alg="ES256", kid="rsa-1"),
    "algorithm that is not allowed": lambda: token(alg="RS512"),
    "over": lambda: token(exp=_NOW - 3600),
    "not yet": lambda: token(nbf=_NOW + 3600),
    "issued in the future": lambda: token(iat=_NOW + 3600),
    "for somebody else": lambda: token(aud="payroll"),
    "for nobody": lambda: token(aud=...),
    "from somebody else": lambda: token(iss="https://login.example.org/other"),
    "without an end": lambda: token(exp=...),
    "without a subject": lambda: token(sub=...),
    "changed after signing": lambda: token()[:-8] + "AAAAAAAA",
    "claims of another": lambda: ".".join(
        [token().split(".")[0], token(scope="admin").split(".")[1], token().split(".")[2]]
    ),
    "key sent along": lambda: jwt.encode(
        claims(), OTHER, algorithm="RS256",
        headers={"jwk": json.loads(RSAAlgorithm.to_jwk(OTHER.public_key())), "kid": "x"},
    ),
    "address of a key sent along": lambda: jwt.encode(
        claims(), OTHER, algorithm="RS256", headers={"jku": "https://evil.example", "kid": "x"}
    ),
    "no token": lambda: "nonsense",
    "too long": lambda: token(pad="x" * 10_000),
    "empty parts": lambda: "..",
}  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
def test_a_token_that_does_not_count_is_refused(how: str) -> None:
    checker = TokenChecker(SETTINGS, transport=Issuer())

    with pytest.raises(RefusedTokenError):
        asyncio.run(checker.caller_of(FORGED[how]()))


@pytest.mark.parametrize(
    ("made", "scopes"),
    [
        (token, {"score", "reference"}),
        (lambda: token(CURVE, alg="ES256", kid="ec-1"), {"score", "reference"}),
        (lambda: token(scope=..., scp=["score"]), {"score"}),
        (lambda: token(scope=..., roles=["admin", "owner"]), {"admin"}),
        (lambda: token(scope=...), set()),
        (lambda: token(aud=["payroll", "lodestone"]), {"score", "reference"}),
        (lambda: token(exp=int(now_utc().timestamp()) - 10), {"score", "reference"}),
    ],
)
def test_a_token_that_counts_brings_its_scopes(made: Callable[[], str], scopes: set[str]) -> None:
    caller = asyncio.run(TokenChecker(SETTINGS, transport=Issuer()).caller_of(made()))

    assert caller.scopes == scopes
    assert "example.org" not in caller.name


def test_the_keys_are_fetched_once_and_unknown_ids_do_not_flood_the_issuer() -> None:
    issuer = Issuer()
    checker = TokenChecker(SETTINGS, transport=issuer)

    async def many() -> None:
        await asyncio.gather(*(checker.caller_of(token()) for _ in range(50)))
        for number in range(50):
            with pytest.raises(RefusedTokenError):
                await checker.caller_of(token(kid=f"unknown-{number}"))

    asyncio.run(many())

    assert len(issuer.asked) == 2  # the document and the keys, once each


def test_known_keys_outlive_an_issuer_that_is_gone() -> None:
    issuer = Issuer()
    checker = TokenChecker(SETTINGS, transport=issuer)

    async def goes() -> frozenset[str]:
        await checker.caller_of(token())
        issuer.down = True
        checker._fetched_at = (checker._fetched_at or 0) - 3600
        checker._tried_at = None
        return (await checker.caller_of(token())).scopes

    assert asyncio.run(goes()) == {"score", "reference"}


def test_an_issuer_that_hangs_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_FETCH_SECONDS", 0.3)
    issuer = Issuer()
    checker = TokenChecker(SETTINGS, transport=issuer)

    async def waits() -> list[float]:
        loop = asyncio.get_running_loop()
        await checker.caller_of(token())
        issuer.hangs = True
        seconds = []
        for _ in range(4):
            checker._fetched_at = (checker._fetched_at or 0) - 3600
            checker._tried_at = None  # the pause is over each time
            started = loop.time()
            assert (await checker.caller_of(token())).scopes
            seconds.append(loop.time() - started)
            if checker._fetching is not None:
                await asyncio.wait([checker._fetching])
        return seconds

    first, *others = asyncio.run(waits())

    assert 0.25 < first < 2
    assert max(others) < 0.1
    assert len(issuer.asked) == 2 + 4, "it is tried again beside"


def test_an_issuer_without_keys_lets_nobody_in() -> None:
    checker = TokenChecker(SETTINGS, transport=Issuer())

    async def goes() -> None:
        await checker.caller_of(token())
        checker._keys = {}
        with pytest.raises(RefusedTokenError):
            await checker.caller_of(token())

    asyncio.run(goes())


def test_without_any_key_the_answer_is_to_come_back() -> None:
    checker = TokenChecker(SETTINGS, transport=Issuer(down=True))

    with pytest.raises(ServiceBusyError):
        asyncio.run(checker.caller_of(token()))


def test_the_service_lets_in_whom_the_issuer_knows(guarded: FastAPI) -> None:
    app = FastAPI()
    app.state.service = guarded.state.service
    app.get("/v1/elements")(lambda: {"ok": True})
    app.add_middleware(
        Doorkeeper, settings=SETTINGS, tokens=TokenChecker(SETTINGS, transport=Issuer())
    )

    with TestClient(app) as client:
        statuses = [
            client.get("/v1/elements", headers={"authorization": f"Bearer {made}"}).status_code
            for made in (token(), token(scope="score"), FORGED["over"]())
        ]
        as_key = client.get("/v1/elements", headers={"x-api-key": token()}).status_code

    assert statuses == [200, 403, 401]
    assert as_key == 401
