"""The three versions that every answer names."""

from __future__ import annotations

from fastapi import FastAPI
from typing_extensions import TypedDict

from app import __version__
from app.domain.reference import ReferenceData


class Versions(TypedDict):
    """What an answer rests on."""

    api_version: str
    methodology_version: str
    reference_data_version: str


def versions_from(reference: ReferenceData) -> Versions:
    """Return the versions of this program and of the data that it loaded."""
    return {
        "api_version": __version__,
        "methodology_version": reference.methodology.version,
        "reference_data_version": reference.version,
    }


def versions_of(app: FastAPI) -> Versions:
    """Return the versions of a running application; its data may have been exchanged since."""
    versions: Versions = app.state.service.versions
    return versions
