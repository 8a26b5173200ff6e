"""From a validation error of pydantic to faults that say where, what was expected, how to mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from app.api.codes import suggest_country
from app.batch.vocabulary import suggest_word
from app.errors import Fault

#: More faults than this are counted, not listed.
MOST_FAULTS = 1000

_COUNTRY_FIELDS = frozenset({"destination", "country"})
_LONGEST_ECHO = 60


def pointer_to(path: Sequence[str | int]) -> str:
    """Return the JSON pointer (RFC 6901) of a path.

    Examples:
        >>> pointer_to(["bom", "lines", 3, "a/b"])
        '/bom/lines/3/a~1b'
    """
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def faults_of(errors: Sequence[ErrorDetails], *, known_fields: Sequence[str]) -> tuple[Fault, ...]:
    """Return the faults behind the errors of one validation, in their order.

    Args:
        errors: What pydantic found.
        known_fields: Names of all fields of the request, for hints about misspelt ones.
    """
    return tuple(_fault_of(error, known_fields) for error in errors)


def echo(value: object) -> str:
    """Return what a caller sent, short enough to repeat in a sentence."""
    text = repr(value) if not isinstance(value, str) else f"'{value}'"
    return text if len(text) <= _LONGEST_ECHO else text[: _LONGEST_ECHO - 3] + "..."


def _fault_of(error: ErrorDetails, known_fields: Sequence[str]) -> Fault:
    path = [step for step in error["loc"] if step not in {"query", "path", "body", "[key]"}]
    if error["type"] == "literal_error":
        code, detail = _not_one_of(str(path[-1]) if path else "", error)
    elif error["type"] == "extra_forbidden":
        code, detail = _unknown_field(str(path[-1]) if path else "", known_fields)
    else:
        describe = _DESCRIPTIONS.get(error["type"])
        if describe is None:
            code, detail = error["type"], error["msg"]
        else:
            code, text = describe
            detail = text(error.get("ctx", {})) if callable(text) else text
            detail = f"{detail}, got {echo(error['input'])}" if code != "missing" else detail
    return Fault(code=code, detail=detail, pointer=pointer_to(path))


def _unknown_field(name: str, known_fields: Sequence[str]) -> tuple[str, str]:
    near = suggest_word(name, known_fields)
    hint = f"; did you mean {near!r}?" if near else ""
    return "unknown_field", f"there is no field {echo(name)} here{hint}"


def _not_one_of(name: str, error: ErrorDetails) -> tuple[str, str]:
    sent = error["input"]
    if not isinstance(sent, str):
        return "wrong_type", f"expected text, got {echo(sent)}"
    if name in _COUNTRY_FIELDS:
        near = suggest_country(sent)
        hint = f"; did you mean {near!r}?" if near else ""
        return "unknown_country", f"{echo(sent)} is no ISO 3166-1 alpha-2 country code{hint}"
    if name == "currency":
        upper = sent.strip().upper()
        hint = f"; did you mean {upper!r}?" if f"'{upper}'" in error["ctx"]["expected"] else ""
        return "unknown_currency", f"{echo(sent)} is no ISO 4217 currency code{hint}"
    expected = str(error["ctx"]["expected"])
    near = suggest_word(sent, expected.replace("'", "").replace(" or ", ", ").split(", "))
    hint = f"; did you mean {near!r}?" if near else ""
    return "not_one_of", f"expected {expected}, got {echo(sent)}{hint}"


def _bound(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


_Text = str | Callable[[Mapping[str, Any]], str]

_WRONG_TYPE: dict[str, str] = {
    "string_type": "expected text",
    "float_type": "expected a number",
    "float_parsing": "expected a number",
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "date_type": "expected a date as YYYY-MM-DD",
    "decimal_type": "expected a number or a decimal as text",
    "decimal_parsing": "expected a number or a decimal as text",
    "list_type": "expected a list",
    "dict_type": "expected an object",
    "model_type": "expected an object",
    "model_attributes_type": "expected an object",
}

_DESCRIPTIONS: dict[str, tuple[str, _Text]] = {
    **{kind: ("wrong_type", text) for kind, text in _WRONG_TYPE.items()},
    "missing": ("missing", "this field is required"),
    "not_a_date": ("not_a_date", "expected a date as YYYY-MM-DD"),
    "date_parsing": ("not_a_date", "expected a date of the calendar as YYYY-MM-DD"),
    "date_from_datetime_parsing": ("not_a_date", "expected a date of the calendar as YYYY-MM-DD"),
    "finite_number": ("not_finite", "expected a finite number"),
    "greater_than_equal": ("too_small", lambda ctx: f"expected {_bound(ctx['ge'])} or more"),
    "less_than_equal": ("too_large", lambda ctx: f"expected {_bound(ctx['le'])} or less"),
    "string_too_long": ("too_long", lambda ctx: f"expected up to {ctx['max_length']} characters"),
    "string_too_short": (
        "too_short",
        lambda ctx: f"expected {ctx['min_length']} or more characters",
    ),
    "too_long": ("too_many", lambda ctx: f"expected up to {ctx['max_length']} entries"),
    "too_short": ("too_few", lambda ctx: f"expected {ctx['min_length']} or more entries"),
    "string_pattern_mismatch": (
        "wrong_form",
        lambda ctx: f"expected text of the form {ctx['pattern']}",
    ),
    "decimal_max_digits": ("too_large", lambda ctx: f"expected up to {ctx['max_digits']} digits"),
    "string_unicode": ("wrong_type", "expected text in UTF-8"),
}
