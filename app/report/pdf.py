"""An HTML report as PDF, made by a child process under limits, one at a time."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore

from app.errors import (
    Fault,
    LimitExceededError,
    ServiceBusyError,
    UnknownAnswerFormatError,
)
from app.report import pdf_child as child

#: Memory of the child [bytes]; A4 with 500 rows took 110 MB.
_MOST_BYTES = 1_500_000_000
#: Time to lay out one report [s].
_MOST_SECONDS = 60
#: Seconds after which a caller who met a busy worker should try again.
RETRY_AFTER_SECONDS = 10

_HINT = "take html and print it to PDF, or install the extra `pdf`"


def can_make_pdf() -> bool:
    """Return whether the extra for PDF is installed."""
    return find_spec("weasyprint") is not None


class PdfMaker:
    """Makes one PDF at a time; a second caller is told to come back, and never waits."""

    def __init__(self) -> None:
        self._place = BoundedSemaphore(1)

    def pdf(self, html: bytes) -> bytes:
        """Return a report as PDF; the same HTML gives the same bytes.

        Raises:
            ServiceBusyError: Another one is being made.
            UnknownAnswerFormatError: The extra, or what it needs of the system, is not there.
            LimitExceededError: It takes too long or too much memory.
        """
        if not self._place.acquire(blocking=False):
            raise ServiceBusyError(
                "another PDF is being made, one at a time is the limit; try again, or take html",
                retry_after_seconds=RETRY_AFTER_SECONDS,
            )
        try:
            return _made(html)
        finally:
            self._place.release()


def _made(html: bytes) -> bytes:
    command = [
        sys.executable, "-I", str(Path(child.__file__)), str(_MOST_BYTES), str(_MOST_SECONDS),
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603  # our own file and numbers, no shell
            command, input=html, capture_output=True, timeout=2 * _MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much() from error
    if done.returncode == 0 and done.stdout:
        return done.stdout
    if done.returncode == child.NO_LIBRARY:
        raise UnknownAnswerFormatError(f"no PDF is made here; {_HINT}")
    if done.returncode == child.NO_LIMITS:
        raise UnknownAnswerFormatError("no PDF is made on this system; take html and print it")
    raise _too_much()


def _too_much() -> LimitExceededError:
    detail = (
        f"the report is too long for a PDF: more than {_MOST_SECONDS} s or "
        f"{_MOST_BYTES // 1_000_000:,} MB; take html and print it, or xlsx"
    )
    return LimitExceededError(detail, (Fault(code="pdf_too_large", detail=detail),))
