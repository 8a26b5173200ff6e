"""Traces for OpenTelemetry: one span a request, with facts that hold nothing of the request."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.middleware import COUNTS_NOTE, IDS_NOTE
from app.api.trace_context import Ids
from app.errors import SettingsError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_SERVER_ERROR = 500


class Tracing:
    """Makes a span of each request; where spans go is said by the variables of OpenTelemetry.

    Args:
        app: The application behind.
        provider: Where spans go in tests; None sends them by OTLP.

    Raises:
        SettingsError: The extra `otel` is not installed.
    """

    def __init__(self, app: ASGIApp, *, provider: TracerProvider | None = None) -> None:
        self.app = app
        self._tracer = (provider or _provider()).get_tracer("lodestone")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request inside a span."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        from opentelemetry.trace import SpanKind, StatusCode  # noqa: PLC0415 - an extra
        from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415 - an extra
            TraceContextTextMapPropagator,
        )

        status = 0

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        parent = TraceContextTextMapPropagator().extract(sent)
        # The text of an exception may quote the request, so no exception is recorded.
        with self._tracer.start_as_current_span(
            scope["method"] if scope["method"].isalpha() else "other",
            context=parent,
            kind=SpanKind.SERVER,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            own = span.get_span_context()
            ids = scope[IDS_NOTE]
            trace_id, span_id = f"{own.trace_id:032x}", f"{own.span_id:016x}"
            named = ids.request_id if ids.request_id != ids.trace_id else trace_id
            scope[IDS_NOTE] = Ids(named, trace_id, span_id, f"{int(own.trace_flags):02x}")
            try:
                await self.app(scope, receive, seen)
            finally:
                route = str(getattr(scope.get("route"), "path", "-"))
                span.update_name(f"{scope['method']} {route}")
                span.set_attribute("http.request.method", scope["method"])
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", status)
                for name, value in scope.get(COUNTS_NOTE, {}).items():
                    span.set_attribute(f"lodestone.{name}", value)
                if status == 0 or status >= _SERVER_ERROR:
                    span.set_status(StatusCode.ERROR)


def _provider() -> TracerProvider:
    if importlib.util.find_spec("opentelemetry.sdk") is None:
        raise SettingsError("LODESTONE_TRACING is on, but the extra `otel` is not installed")
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - an extra
        OTLPSpanExporter,
    )
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - an extra
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - an extra

    provider = TracerProvider(resource=Resource.create({"service.name": "lodestone"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider
