"""The command line in an odd world: `python -m tests.security.odd_world serve ...`.

What is odd is said by the environment, so that a test can start a whole service with it:

ODD_CRASH   every second product meets a defect whose text quotes it, the others another one
ODD_LEAK    log, span, metric, file: one request leaves a part number there (to try the search)
"""

from __future__ import annotations

import itertools
import logging
import os
import tempfile
from typing import Any


def crash() -> None:
    """Let identifying and scoring fail with the whole bill in the text of the error."""
    from app.batch import pipeline  # noqa: PLC0415 - only where it is wanted
    from app.identification import Identifier  # noqa: PLC0415 - only where it is wanted

    turns = itertools.count()
    usual = Identifier.identify_bom

    def identify(self: Any, bom: Any, **options: Any) -> Any:
        if next(turns) % 2 == 0:
            raise KeyError(repr(bom))
        return usual(self, bom, **options)

    def assess(bom: Any, *_: Any, **__: Any) -> Any:
        raise ValueError(f"while scoring {bom!r}") from KeyError(repr(bom))

    Identifier.identify_bom = identify  # type: ignore[method-assign] # the point of it
    pipeline.assess = assess  # type: ignore[attr-defined] # the point of it


def leak(place: str) -> None:
    """Leave the first line of each product in one place."""
    from app.api import metrics, tracing  # noqa: PLC0415 - only where it is wanted
    from app.identification import Identifier  # noqa: PLC0415 - only where it is wanted

    last = ["-"]
    usual = Identifier.identify_bom

    def identify(self: Any, bom: Any, **options: Any) -> Any:
        last[0] = str(bom.lines[0].part_number) if bom.lines else "-"
        if place == "log":
            logging.getLogger("lodestone.any").debug("looking at %s", last[0])
        elif place == "metric":
            metrics.PROBLEMS.labels(last[0]).inc()
        elif place == "file":
            with tempfile.NamedTemporaryFile(delete=False) as file:
                file.write(last[0].encode("utf-16"))
        return usual(self, bom, **options)

    Identifier.identify_bom = identify  # type: ignore[method-assign] # the point of it
    if place == "span":
        tracing.COUNTS_NOTE = "leak"  # type: ignore[attr-defined] # the point of it
        plain = tracing.Tracing.__call__

        async def call(self: Any, scope: Any, receive: Any, send: Any) -> None:
            scope["leak"] = _Last(last)
            await plain(self, scope, receive, send)

        tracing.Tracing.__call__ = call  # type: ignore[method-assign] # the point of it


class _Last(dict[str, str]):
    """Facts of a span, taken when the request ends."""

    def __init__(self, last: list[str]) -> None:
        super().__init__()
        self._last = last

    def items(self) -> Any:
        return {"part": self._last[0]}.items()


def main() -> None:
    """Make the world odd, then run the command."""
    from app.cli import main as command  # noqa: PLC0415 - only where it is wanted

    if "ODD_CRASH" in os.environ:
        crash()
    if "ODD_LEAK" in os.environ:
        leak(os.environ["ODD_LEAK"])
    command()


if __name__ == "__main__":
    main()
