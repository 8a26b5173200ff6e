"""The ids by which one request is followed through several services."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_TRACEPARENT = re.compile(rb"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_NO_TRACE, _NO_SPAN = "0" * 32, "0" * 16


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of one request: ours or those that came with it.

    Attributes:
        request_id: From `x-request-id` if it is a plain one, else the trace id.
        trace_id: 32 hexadecimal digits.
        span_id: 16 hexadecimal digits, made here.
        flags: Two hexadecimal digits of the W3C trace context.
    """

    request_id: str
    trace_id: str
    span_id: str
    flags: str

    @property
    def traceparent(self) -> str:
        """Return the W3C header that says which span answered."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


def ids_of(headers: list[tuple[bytes, bytes]]) -> Ids:
    """Return the ids of a request with these header fields.

    Examples:
        >>> ids_of([(b"x-request-id", b"order-4711"), (b"traceparent", b"nonsense")]).request_id
        'order-4711'
    """
    trace, flags, request_id = "", "00", ""
    for name, value in headers:
        if name == b"traceparent":
            found = _TRACEPARENT.fullmatch(value)
            if found and found[1].decode() != _NO_TRACE and found[2].decode() != _NO_SPAN:
                trace, flags = found[1].decode(), found[3].decode()
        elif name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            request_id = value.decode()
    if not trace:
        trace = secrets.token_hex(16)
    return Ids(request_id or trace, trace, secrets.token_hex(8), flags)
