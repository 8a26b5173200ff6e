"""The layers around the routes, from the outside in. Each is plain ASGI and costs microseconds."""

from __future__ import annotations

from fastapi import FastAPI

from app.api.doorkeeper import Doorkeeper
from app.api.intake import Intake
from app.api.middleware import Guard
from app.api.retirement import RETIREMENTS, Announcer
from app.settings import Settings

_CORS_METHODS = ("GET", "HEAD", "POST")
_CORS_HEADERS = ("authorization", "content-type", "traceparent", "x-api-key", "x-request-id")
_CORS_EXPOSED = ("ratelimit", "ratelimit-policy", "retry-after", "traceparent", "x-request-id")


def add_layers(app: FastAPI, settings: Settings) -> None:
    """Put the layers around an application; the last one added is the outermost."""
    if RETIREMENTS:
        app.add_middleware(Announcer)
    app.add_middleware(Intake, settings=settings)
    app.add_middleware(Doorkeeper, settings=settings)
    if settings.cors_origins:
        from fastapi.middleware.cors import CORSMiddleware  # noqa: PLC0415 - rarely wanted

        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=_CORS_METHODS,
            allow_headers=_CORS_HEADERS,
            expose_headers=_CORS_EXPOSED,
        )
    if settings.tracing == "on":
        from app.api.tracing import Tracing  # noqa: PLC0415 - an extra

        app.add_middleware(Tracing)
    app.add_middleware(Guard)
