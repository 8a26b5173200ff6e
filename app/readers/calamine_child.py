"""Runs alone in a child process: reads XLS or XLSB from standard input, writes rows as JSON lines.

python-calamine may ask for hundreds of gigabytes and abort the whole process; so it runs here,
under limits on memory and time; nothing of the service is imported. `calamine_bom.py` starts it.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO

#: Exit codes that the parent understands.
NO_LIBRARY, UNREADABLE, TOO_MUCH, PASSWORD, NO_LIMITS = 3, 4, 5, 6, 7


def main(arguments: list[str]) -> int:
    """Read one workbook.

    Args:
        arguments: Bytes of memory, seconds, rows, columns, cells and characters at most.

    Returns:
        The exit code.
    """
    memory, seconds, *counts = (int(text) for text in arguments)
    if not _limit(memory, seconds):
        return NO_LIMITS
    try:
        # Only now: what the library allocates is under the limit.
        from python_calamine import CalamineError, PasswordError  # noqa: PLC0415 - only under the limit
    except ImportError:
        return NO_LIBRARY
    try:
        return _read(sys.stdin.buffer.read(), counts)
    except MemoryError:
        return TOO_MUCH
    except PasswordError:
        return PASSWORD
    except CalamineError:
        return UNREADABLE


def _read(data: bytes, counts: list[int]) -> int:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  # under the limit, as above

    rows, columns, cells, chars = counts
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    for meta in workbook.sheets_metadata:
        _write({"sheet": meta.name, "visible": str(meta.visible).endswith(".Visible")})
        sheet = workbook.get_sheet_by_name(meta.name)
        before = [""] * (sheet.start[1] if sheet.start else 0)
        for number, row in enumerate(sheet.iter_rows(), start=1):
            texts = [_text(value) for value in row]
            while texts and not texts[-1]:
                texts.pop()
            if not texts:
                continue
            rows, cells, chars = rows - 1, cells - len(texts), chars - sum(map(len, texts))
            if min(rows, cells, chars) < 0 or len(before) + len(texts) > columns:
                return TOO_MUCH
            _write({"row": number, "cells": before + texts})
    return 0


def _limit(memory: int, seconds: int) -> bool:
    """Limit this process; return whether the system can."""
    try:
        import resource  # noqa: PLC0415  # Windows has none
    except ImportError:
        return False
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return True


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()


def _write(record: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
