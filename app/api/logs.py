"""Log lines: one JSON object each, or one line of text for people."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

import orjson

from app.settings import Settings

_TEXT = "time=%(asctime)s level=%(levelname)s logger=%(name)s %(message)s"
#: Libraries that quote what they work on at the level debug.
_CHATTY = (
    "asyncio", "httpcore", "httpx", "python_multipart", "multipart", "urllib3", "weasyprint",
    "fontTools", "charset_normalizer", "redis", "opentelemetry",
)  # fmt: skip


class Fields:
    """Facts of one log line, written as an object or as `key=value`."""

    __slots__ = ("facts",)

    def __init__(self, facts: Mapping[str, object]) -> None:
        self.facts = facts

    def __str__(self) -> str:
        """Return the facts for people."""
        return " ".join(f"{name}={value}" for name, value in self.facts.items())


class JsonFormatter(logging.Formatter):
    """Writes a record as one JSON object on one line.

    A traceback names where a defect happened, but never the text of an exception: that could
    quote a bill of materials.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created, tz=UTC)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        arguments = record.args
        only = arguments[0] if isinstance(arguments, tuple) and len(arguments) == 1 else None
        if isinstance(only, Fields):
            line.update(only.facts)
        else:
            line["message"] = record.getMessage()
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return orjson.dumps(line, default=str).decode()


class _TextFormatter(logging.Formatter):
    """Writes a record for people, without the text of an exception."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - a name of the library
        """Return the class of the exception only."""
        kind = ei[0] if isinstance(ei, tuple) else None
        return f"error={getattr(kind, '__name__', '-')}"


def place_of(error: BaseException) -> str:
    """Return where an error was raised, innermost first; its text may quote the request."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))


def log_to_stderr(settings: Settings) -> None:
    """Send all log lines to the error stream in the form that the settings name."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter() if settings.log_format == "json" else _TextFormatter(_TEXT)
    )
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    logging.getLogger("uvicorn.access").disabled = True
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
