"""Bodies as dependencies: read on the event loop, under their limits, before a route runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request

from app.api.json_body import json_bytes, media_type_of
from app.api.service import TheService
from app.api.spool import Spool, spooled
from app.api.upload import Upload, read_upload
from app.errors import UnsupportedFormatError

#: Media types of one JSON object a line; there is no registered one.
_NDJSON = (
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonlines",
    "application/jsonlines",
)


async def _json(request: Request, service: TheService) -> bytes:
    return await json_bytes(
        request,
        most_bytes=service.settings.max_json_bytes,
        setting="LODESTONE_MAX_JSON_BYTES",
    )


async def _upload(request: Request, service: TheService) -> Upload:
    return await read_upload(request, most_bytes=service.settings.max_upload_bytes)


async def _spool(request: Request, service: TheService) -> AsyncIterator[Spool]:
    media_type = media_type_of(request)
    if media_type not in _NDJSON:
        sent = f"'{media_type}'" if media_type else "no media type"
        raise UnsupportedFormatError(f"expected the media type {_NDJSON[0]}, got {sent}")
    spool = await spooled(
        request,
        most_bytes=service.settings.max_catalogue_bytes,
        setting="LODESTONE_MAX_CATALOGUE_BYTES",
    )
    # Closed after the answer went out, also where there is none for a wrong parameter.
    with spool:
        yield spool


JsonBytes = Annotated[bytes, Depends(_json)]
TheUpload = Annotated[Upload, Depends(_upload)]
TheSpool = Annotated[Spool, Depends(_spool)]
