"""Numbers as people type them: decimal mark by column, thousands, full-width digits, signs.

Nothing here guesses silently: a text that could be one or one thousand is marked ambiguous.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

#: Digits of one number. Longer ones are part numbers or attacks.
MAX_DIGITS = 40

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u2212": "-"})
_NUMBER = re.compile(
    r"[+-]?(?:\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*|[.,]\d+)"
    r"(?:[eE][+-]?\d{1,3}(?![\w.]))?"
)
_GROUPS = {
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+"),
    ",": re.compile(r"\d{1,3}(?:,\d{3})+"),
}


class DecimalMark(StrEnum):
    """The decimal mark of a column."""

    POINT = "."
    COMMA = ","
    UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a text.

    Attributes:
        value: The number.
        ambiguous: True where the mark could also separate thousands.
        start, end: Where it stood in the cleaned text.
    """

    value: Decimal
    ambiguous: bool
    start: int
    end: int


def clean(text: str) -> str:
    """Return `text` with half-width digits, plain spaces and plain signs, stripped."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text.translate(_SPACES)).translate(_SPACES).strip()


def find_number(text: str, mark: DecimalMark) -> Number | None:
    """Return the first number in a cleaned text, or None.

    Examples:
        >>> find_number("1.234,50 EUR", DecimalMark.UNKNOWN).value
        Decimal('1234.50')
        >>> find_number("1.000", DecimalMark.UNKNOWN).ambiguous
        True
        >>> find_number("1.000", DecimalMark.COMMA).value
        Decimal('1000')
    """
    match = _NUMBER.search(text)
    if match is None or len(match.group()) > MAX_DIGITS:
        return None
    body = match.group().replace(" ", "").replace("'", "").replace("’", "")
    plain, ambiguous = _plain(body, mark)
    if plain is None:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return Number(value, ambiguous, match.start(), match.end())


def parse_number(text: str, mark: DecimalMark = DecimalMark.POINT) -> Decimal | None:
    """Return the number that the whole text is, or None."""
    cleaned = clean(text)
    found = find_number(cleaned, mark)
    if found is None or found.start != 0:
        return None
    rest = cleaned[found.end :].strip()
    if rest == "-" and not cleaned.startswith("-"):  # SAP lists put the sign behind
        return -found.value
    return found.value if not rest else None


def _plain(body: str, mark: DecimalMark) -> tuple[str | None, bool]:
    """Return the number with a decimal point only, and whether another reading was possible."""
    if mark is DecimalMark.POINT and "," not in body and body.count(".") <= 1:
        return body, False  # nearly every number
    mantissa, letter, exponent = body.partition("e" if "e" in body else "E")
    tail = letter + exponent
    points, commas = mantissa.count("."), mantissa.count(",")
    if not points and not commas:
        return body, False
    if points and commas:
        decimal = "." if mantissa.rfind(".") > mantissa.rfind(",") else ","
        return _with_decimal(mantissa, decimal, tail), False
    separator = "." if points else ","
    grouped = mantissa.replace(separator, "") + tail
    if points + commas > 1:
        is_grouped = _GROUPS[separator].fullmatch(mantissa.lstrip("+-"))
        return (grouped if is_grouped else None), False
    ambiguous = could_be_thousands(mantissa)
    decimal = separator if mark is DecimalMark.UNKNOWN and separator == "." else mark.value
    is_decimal = not ambiguous or decimal == separator
    plain = mantissa.replace(",", ".") + tail if is_decimal else grouped
    return plain, ambiguous and mark is DecimalMark.UNKNOWN


def _with_decimal(mantissa: str, decimal: str, tail: str) -> str | None:
    other = "," if decimal == "." else "."
    if mantissa.count(decimal) > 1:
        return None
    whole, _, fraction = mantissa.partition(decimal)
    if not _GROUPS[other].fullmatch(whole.lstrip("+-")):
        return None
    return f"{whole.replace(other, '')}.{fraction}{tail}"


def could_be_thousands(mantissa: str) -> bool:
    """Return whether a single separator in `mantissa` could group thousands.

    Examples:
        >>> could_be_thousands("1.000"), could_be_thousands("0.500"), could_be_thousands("5,29")
        (True, False, False)
    """
    whole, _, fraction = mantissa.lstrip("+-").replace(",", ".").partition(".")
    return len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")


def is_ambiguous(text: str) -> bool:
    """Return whether the first number of a text could be read in two ways."""
    found = find_number(clean(text), DecimalMark.UNKNOWN)
    return found is not None and found.ambiguous


def decimal_mark(texts: Iterable[str]) -> DecimalMark:
    """Return the decimal mark that the numbers of a column agree on.

    A column in which every number shows three digits behind the mark was printed with three
    decimals; one in which plain integers stand beside round thousands (`1.000`) groups them. Plain
    integers beside `3.793` prove nothing.

    Examples:
        >>> decimal_mark(["5,29", "1.000"]).name
        'COMMA'
        >>> decimal_mark(["1.000", "2.000"]).name, decimal_mark(["1.000", "12"]).name
        ('POINT', 'COMMA')
        >>> decimal_mark(["1.000"]).name
        'UNKNOWN'
    """
    votes = {".": 0, ",": 0}
    open_cases: dict[str, list[str]] = {".": [], ",": []}
    plain = 0
    for text in texts:
        match = _NUMBER.search(clean(text))
        if match is None:
            continue
        mantissa = match.group().partition("e")[0].partition("E")[0].replace(" ", "")
        points, commas = mantissa.count("."), mantissa.count(",")
        if points and commas:
            votes["." if mantissa.rfind(".") > mantissa.rfind(",") else ","] += 1
        elif points + commas > 1:
            votes["," if points else "."] += 1
        elif not points and not commas:
            plain += 1
        else:
            separator = "." if points else ","
            if could_be_thousands(mantissa):
                open_cases[separator].append(mantissa)
            else:
                votes[separator] += 1
    if votes["."] != votes[","]:
        return DecimalMark.POINT if votes["."] > votes[","] else DecimalMark.COMMA
    return _mark_of_open_cases(open_cases, plain)


def _mark_of_open_cases(open_cases: dict[str, list[str]], plain: int) -> DecimalMark:
    if bool(open_cases["."]) == bool(open_cases[","]):
        return DecimalMark.UNKNOWN
    separator = "." if open_cases["."] else ","
    other = "," if separator == "." else "."
    cases = open_cases[separator]
    if plain:
        is_round = all(case.endswith("00") for case in cases)
        return DecimalMark(other) if is_round else DecimalMark.UNKNOWN
    return DecimalMark(separator) if len(cases) > 1 else DecimalMark.UNKNOWN
