"""Quantities as text (`12个`, `4 pair`, `~2`, `0-1`, `若干`): value and unit word, or a warning.

A text that holds no number never becomes 1. What a unit word means is not decided here.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from app.readers.number_text import DecimalMark, Number, clean, find_number

#: (code, sentence) of something the reader has to say.
Remark = tuple[str, str]

_EMPTY = frozenset(
    {"", "-", "--", "---", "–", "—", "/", "n/a", "na", "n.a.", "none", "无", "なし", "."}
)
_VAGUE = frozenset(
    "若干 少量 适量 適量 一些 些許 数個 多数 適宜 必要数 任意 some few several various einige etwas"
    " diverse ar tbd tbc nb nachbedarf bedarf asrequired asneeded kilka varios algunos".split()
)
_HAN_DIGITS: dict[str, float] = {
    sign: float(value)
    for value, signs in enumerate(
        ("零", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九", "十")
    )
    for sign in signs
} | {"半": 0.5}
_RANGE = re.compile(r"\s*(?:-|–|—|~|〜|～|to|bis|\.\.+|至|から)\s*(?=\d)")
_APPROXIMATE = re.compile(
    r"^(?:~|≈|≒|≅|ca\.?|circa|about|approx\.?|约|約|およそ|około)\s*", re.IGNORECASE
)
_BOUND = re.compile(r"^(?:>=|<=|>|<|≥|≤|min\.?|max\.?|up to|bis zu|at least)\s*", re.IGNORECASE)
_TIMES = re.compile(r"^[x×*]\s*(?=\d)|(?<=\d)\s*[x×]$", re.IGNORECASE)
_MONEY = re.compile(r"[$€£¥￥₩₹]|zł|\b(?:usd|eur|gbp|jpy|cny|rmb|pln|chf)\b|円|元", re.IGNORECASE)
_UNIT = re.compile(r"(?:[^\W\d_]{1,20}[.]?(?:\^?[23])?(?:/[^\W\d_]{1,12})?|[%\"'])(?![\w^])")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a quantity cell says.

    Attributes:
        value: Number of `unit`, or None where there is none to be read.
        unit: The unit word as written, or None.
        remarks: What the caller must be told.
    """

    value: float | None
    unit: str | None = None
    remarks: tuple[Remark, ...] = ()


def parse_quantity(text: str, mark: DecimalMark = DecimalMark.POINT) -> Quantity:
    """Return value and unit word of a quantity cell.

    Examples:
        >>> parse_quantity("12个")
        Quantity(value=12.0, unit='个', remarks=())
        >>> parse_quantity("0-1").value, parse_quantity("0-1").remarks[0][0]
        (1.0, 'quantity_range')
        >>> parse_quantity("若干").value is None
        True
    """
    if len(text) < 10 and text.isascii() and text.isdigit():  # nearly every cell
        return Quantity(float(text))
    cleaned = clean(text)
    if cleaned.casefold() in _EMPTY:
        return Quantity(None, None, (("quantity_missing", "no quantity is given"),))
    if _MONEY.search(cleaned):
        return _unread(text, "money_in_quantity", "is an amount of money")
    body, remarks = _without_marks(cleaned)
    first = find_number(body, mark)
    if first is None:
        return _in_words(text, body)
    lead = body[: first.start].strip(" ([").casefold()
    if lead not in {"", "qty", "qty.", "qty:"} or not math.isfinite(float(first.value)):
        return _unread(text, "quantity_not_a_number", "does not begin with a finite number")
    return _with_rest(text, body, first=first, remarks=remarks, mark=mark)


def _without_marks(cleaned: str) -> tuple[str, list[Remark]]:
    remarks: list[Remark] = []
    body = _TIMES.sub("", cleaned)
    if _APPROXIMATE.match(body):
        body = _APPROXIMATE.sub("", body)
        remarks.append(("quantity_approximate", f"'{cleaned}' is only approximate"))
    if _BOUND.match(body):
        body = _BOUND.sub("", body)
        remarks.append(("quantity_bound", f"'{cleaned}' is a bound, not a number of pieces"))
    return body, remarks


def _with_rest(
    text: str, body: str, *, first: Number, remarks: list[Remark], mark: DecimalMark
) -> Quantity:
    value = first.value
    rest = body[first.end :].strip()
    if first.ambiguous:
        reading = f"'{_short(text)}' was read as {value.normalize():f}"
        remarks.append(("ambiguous_number", f"{reading}; say it without a thousands mark"))
    between = _RANGE.match(body, first.end)
    upper = find_number(body[between.end() :], mark) if between else None
    if between and upper is not None and upper.start == 0:
        rest = body[between.end() + upper.end :].strip()
        value = max(value, upper.value)
        remarks.append(("quantity_range", f"'{text.strip()}' is a range; its upper end was taken"))
    elif rest == "-":  # SAP lists put the sign behind
        value, rest = -value, ""
    if value < 0 or not math.isfinite(float(value)):
        is_negative = value < 0
        code = "quantity_negative" if is_negative else "quantity_not_a_number"
        return _unread(text, code, "is negative" if is_negative else "is not a finite number")
    return _with_unit(text, value=value, rest=rest, remarks=remarks)


def _with_unit(text: str, *, value: Decimal, rest: str, remarks: list[Remark]) -> Quantity:
    word, further = _unit_and_rest(rest)
    if further:
        in_brackets = rest.startswith(("(", "["))
        if not in_brackets and (not word or further[0].isdigit()):
            return _unread(text, "quantity_not_a_number", "holds more than a number and a unit")
        remarks.append(
            ("quantity_with_note", f"of '{_short(text)}' only the number and its unit were used")
        )
    return Quantity(float(value), word or None, tuple(remarks))


def _unit_and_rest(rest: str) -> tuple[str, str]:
    bare = rest.strip(" ()[]")
    match = _UNIT.match(bare)
    if match is None:
        return "", bare
    word = match.group().rstrip(".,;:)]")
    return word, bare[match.end() :].strip(" ()[],;")


def _in_words(text: str, body: str) -> Quantity:
    if not body:
        return _unread(text, "quantity_not_a_number", "holds no number")
    compact = re.sub(r"[\s/._-]", "", body.casefold())
    if compact in _VAGUE:
        return _unread(text, "quantity_in_words", "names no number")
    if len(body) <= 4 and body[0] in _HAN_DIGITS:
        value = float(_HAN_DIGITS[body[0]])
        unit = body[1:].strip() or None
        remark = (
            "quantity_in_words",
            f"'{text.strip()}' was read as {value:g} {unit or ''}".strip(),
        )
        if unit is None or not any(sign in _HAN_DIGITS or sign in "些点" for sign in unit):
            return Quantity(value, unit, (remark,))
    return _unread(text, "quantity_not_a_number", "holds no number")


def _unread(text: str, code: str, why: str) -> Quantity:
    return Quantity(None, None, ((code, f"'{_short(text)}' {why}; give a number"),))


def _short(text: str) -> str:
    stripped = " ".join(text.split())
    return stripped if len(stripped) <= 60 else f"{stripped[:57]}..."
