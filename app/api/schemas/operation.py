"""That the service lives and is ready, as it is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from app.api.versions import Versions


class Health(Versions):
    """That the process answers, and with what."""

    status: Literal["ok"]


class DataInUse(TypedDict):
    """The reference data in use: where from, how old, how the last look for newer ones ended."""

    origin: Annotated[
        Literal["package", "folder", "bundle", "cache"],
        Field(description="package although another place is set: that place could not be used."),
    ]
    knowledge_cutoff: Annotated[str, Field(description="Day of the newest source on the law.")]
    age_days: Annotated[int, Field(description="Days from that day until today in UTC.")]
    issued_at: Annotated[str | None, Field(description="When the bundle in use was signed.")]
    loaded_at: str
    checked_at: Annotated[str | None, Field(description="When a newer bundle was looked for.")]
    outcome: Annotated[
        str | None,
        Field(
            description="How that ended: loaded, unchanged, or why the bundle was refused: "
            "unreachable, unreadable, bad_signature, bad_digest, bad_data, older or key."
        ),
    ]


class Readiness(Health):
    """That requests are served, and with which data."""

    data: DataInUse
