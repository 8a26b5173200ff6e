"""What a running application holds, and how a route asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Request

from app.api.clock import today_utc
from app.api.versions import Versions, versions_from
from app.batch.pipeline import Engine
from app.batch.vocabulary import Vocabulary
from app.domain.reference import ReferenceData
from app.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Settings and engine; never changed after the start."""

    settings: Settings
    engine: Engine

    @property
    def versions(self) -> Versions:
        """Return the versions that every answer names."""
        return versions_from(self.engine.reference)

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the words of the reference data."""
        return self.engine.vocabulary

    @property
    def reference(self) -> ReferenceData:
        """Return the reference data."""
        return self.engine.reference


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


TheService = Annotated[Service, Depends(_service)]
Today = Annotated[date, Depends(today_utc)]
