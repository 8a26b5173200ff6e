"""Runs alone in a child process: reads HTML from standard input, writes a PDF to standard output.

Laying out pages takes seconds and much memory; so it runs here, under limits on both; nothing of
the service is imported. `pdf.py` starts it.
"""

from __future__ import annotations

import sys

#: Exit codes that the parent understands.
NO_LIBRARY, TOO_MUCH, NO_LIMITS = 3, 4, 5


def main(arguments: list[str]) -> int:
    """Make one PDF.

    Args:
        arguments: Bytes of memory and seconds of processor time at most.

    Returns:
        The exit code.
    """
    memory, seconds = (int(text) for text in arguments)
    if not _limit(memory, seconds):
        return NO_LIMITS
    try:
        from weasyprint import HTML  # noqa: PLC0415 - only under the limit
    except (ImportError, OSError):  # the package, or the libraries of the system behind it
        return NO_LIBRARY
    try:
        text = sys.stdin.buffer.read().decode()
        page = HTML(string=text, url_fetcher=_refuse, base_url=None)
        page.write_pdf(sys.stdout.buffer)
    except MemoryError:
        return TOO_MUCH
    return 0


def _refuse(url: str, *_: object, **__: object) -> object:
    """Refuse every address: a report holds all that it shows."""
    raise ValueError(f"a report loads nothing, but names {url[:80]}")


def _limit(memory: int, seconds: int) -> bool:
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return False
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
