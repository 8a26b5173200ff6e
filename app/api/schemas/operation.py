"""That the service lives and is ready, as it is answered."""

from __future__ import annotations

from typing import Literal

from app.api.versions import Versions


class Health(Versions):
    """That the process answers, and with what."""

    status: Literal["ok"]
