"""Fetches a bundle over https, only if it is another than the last one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import BundleError
from app.refdata.bundle import MOST_BYTES

if TYPE_CHECKING:
    import httpx

#: Longest wait for a connection or the next bytes [s].
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer of the server.

    Attributes:
        content: The bundle, None where it is the one that we have.
        etag, last_modified: What the server calls this edition, for the next question.
    """

    content: bytes | None
    etag: str | None = None
    last_modified: str | None = None


NEVER_FETCHED = Fetched(content=None)


def fetch_bundle(
    url: str, *, last: Fetched = NEVER_FETCHED, transport: httpx.BaseTransport | None = None
) -> Fetched:
    """Return a bundle from an address, or that it has not changed.

    Redirections are not followed: the operator names the address that counts.

    Args:
        url: Address of the bundle.
        last: The last answer; its marks go with the question.
        transport: Stands in for the network in tests.

    Raises:
        BundleError: The server cannot be reached, answers an error, or sends too much.
    """
    import httpx  # noqa: PLC0415 - only a deployment with a bundle needs it

    headers = {"accept": "application/zip, application/octet-stream"}
    if last.etag is not None:
        headers["if-none-match"] = last.etag
    if last.last_modified is not None:
        headers["if-modified-since"] = last.last_modified
    try:
        with (
            httpx.Client(timeout=_PATIENCE, transport=transport) as client,
            client.stream("GET", url, headers=headers) as response,
        ):
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return Fetched(content=None, etag=last.etag, last_modified=last.last_modified)
            if response.status_code != httpx.codes.OK:
                raise BundleError("unreachable", f"the server answered {response.status_code}")
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise BundleError("unreadable", f"more than {MOST_BYTES:,} bytes were sent")
            return Fetched(
                content=bytes(content),
                etag=response.headers.get("etag"),
                last_modified=response.headers.get("last-modified"),
            )
    except httpx.HTTPError as error:
        raise BundleError(
            "unreachable", f"the bundle cannot be fetched: {type(error).__name__}"
        ) from error
