"""JSON text to values: bounded in size and depth, numbers kept as their text, no NaN."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias

from app.errors import Fault, UnreadableFileError
from app.readers.options import Guard, limit_error


class JsonNumber(str):
    """The text of a number, so that neither digits nor the written form are lost."""

    __slots__ = ()


JsonValue: TypeAlias = "None | bool | str | list[JsonValue] | dict[str, JsonValue]"

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')


def load_json(text: str, guard: Guard) -> JsonValue:
    """Return the value of a JSON text.

    Raises:
        UnreadableFileError: The text is no JSON; names line and column.
        LimitExceededError: It is too deep or holds too many values.
    """
    _bound_values(text, guard)
    try:
        value: JsonValue = json.loads(
            text, parse_float=JsonNumber, parse_int=JsonNumber, parse_constant=_refuse_constant
        )
    except RecursionError as error:
        raise _too_deep(guard) from error
    except json.JSONDecodeError as error:
        detail = (
            f"line {error.lineno}, column {error.colno}: {error.msg}; the file is no valid JSON"
        )
        fault = Fault(code="invalid_json", detail=detail, row=error.lineno, column=str(error.colno))
        raise UnreadableFileError(detail, (fault,)) from error
    except ValueError as error:
        detail = "the file is no valid JSON: NaN and Infinity are no numbers"
        raise UnreadableFileError(detail, (Fault(code="invalid_json", detail=detail),)) from error
    _bound_depth(value, guard)
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _bound_values(text: str, guard: Guard) -> None:
    """Count what the text would become before any of it is built."""
    limit = guard.limits.max_cells
    bare = text
    if _opening(text) + text.count(",") > limit:
        bare = _STRING.sub('""', text)
    if _opening(bare) + bare.count(",") > limit or _opening(bare) > limit // 2:
        raise limit_error("max_cells", f"{limit:,} values", "number of values")
    guard.check_time()


def _opening(text: str) -> int:
    return text.count("{") + text.count("[")


def _bound_depth(value: JsonValue, guard: Guard) -> None:
    level: list[JsonValue] = [value]
    depth = 0
    while level:
        depth += 1
        if depth > guard.limits.max_json_depth + 1:
            raise _too_deep(guard)
        below: list[JsonValue] = []
        for node in level:
            if isinstance(node, dict):
                below.extend(node.values())
            elif isinstance(node, list):
                below.extend(node)
        level = below
    guard.check_time()


def _too_deep(guard: Guard) -> Exception:
    return limit_error("max_json_depth", f"{guard.limits.max_json_depth} levels", "nesting")


def text_of(value: JsonValue) -> str | None:
    """Return a scalar as text, or None for null, an empty text, a list or an object."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip() or None
    return None


def objects_in(value: JsonValue) -> list[dict[str, JsonValue]]:
    """Return the objects of a list; everything else is left out."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def inside(value: JsonValue | Mapping[str, JsonValue], *path: str) -> JsonValue:
    """Return what stands under a path of keys, or None."""
    for key in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value if not isinstance(value, Mapping) else dict(value)


Record: TypeAlias = Mapping[str, JsonValue]
Records: TypeAlias = Sequence[Record]
