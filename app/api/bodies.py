"""Bodies as dependencies: read on the event loop, under their limits, before a route runs."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from app.api.json_body import json_bytes
from app.api.service import TheService
from app.api.upload import Upload, read_upload


async def _json(request: Request, service: TheService) -> bytes:
    return await json_bytes(
        request,
        most_bytes=service.settings.max_json_bytes,
        setting="LODESTONE_MAX_JSON_BYTES",
    )


async def _upload(request: Request, service: TheService) -> Upload:
    return await read_upload(request, most_bytes=service.settings.max_upload_bytes)


JsonBytes = Annotated[bytes, Depends(_json)]
TheUpload = Annotated[Upload, Depends(_upload)]
