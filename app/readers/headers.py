"""Which row heads a table, and which field each of its columns is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.readers.fields import Field
from app.readers.header_words import HEADER_WORDS
from app.readers.table import Row

_BRACKETS = re.compile(r"[(\[{（【<]([^()\[\]{}（）【】<>]*)[)\]}）】>]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SCRIPT_CHANGE = re.compile(
    r"(?<=[\u3040-\u9fff])\s*(?=[A-Za-z])|(?<=[A-Za-z.])\s*(?=[\u3040-\u9fff])"
)
_DUST = re.compile(r"[_\-\s:*?\"'’·]+")
_RULES: tuple[tuple[re.Pattern[str], tuple[Field, ...]], ...] = (
    (re.compile(r"^(?:total|extended|ext|sum|gesamt|min|max)\b"), (Field.IGNORE,)),
    (
        re.compile(r"\b(?:qty|quantity|menge|anzahl)\b(?!.*\b(?:order|stock|pack|price|buy)\b)"),
        (Field.QUANTITY,),
    ),
    (re.compile(r"\b(?:unit|each|per|single)\b.*\b(?:price|cost)\b"), (Field.UNIT_PRICE,)),
    (re.compile(r"\b(?:price|cost|preis)\b"), (Field.UNIT_PRICE,)),
    (
        re.compile(r"\b(?:weight|mass|gewicht|masse)\b(?!.*(?:%|fraction|percent|anteil))"),
        (Field.UNIT_MASS,),
    ),
    (re.compile(r"^cas\b.*(?:no|nr|num)"), (Field.CAS,)),
)
_MAX_HEADER_CHARS = 60
_SCANNED_ROWS = 200
_NUMERIC = re.compile(r"[-+]?[\d.,\s]+%?")
_THRESHOLD = 2.0


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One cell of a header row.

    Attributes:
        index: Column counted from 0.
        text: As written, on one line.
        fields: Candidate fields, the likeliest first; empty where the word is unknown.
        hint: What stood in brackets, such as a unit or a currency.
    """

    index: int
    text: str
    fields: tuple[Field, ...]
    hint: str = ""


def header_key(text: str) -> str:
    """Return a header text as it stands in `HEADER_WORDS`.

    Examples:
        >>> header_key("Qty_Per-Parent:")
        'qty per parent'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _DUST.sub(" ", folded).strip(" .,;/")


def candidate_fields(text: str) -> tuple[Field, ...]:
    """Return the fields that a header text may stand for."""
    if not text or len(text) > _MAX_HEADER_CHARS or text.startswith(("http", "=")):
        return ()
    bare = _BRACKETS.sub(" ", text)
    return (
        _known(_spellings(text, bare)) or _by_rule(header_key(bare)) or _known(_parts(bare)) or ()
    )


def _known(spellings: Iterable[str]) -> tuple[Field, ...] | None:
    for spelling in spellings:
        found = HEADER_WORDS.get(header_key(spelling))
        if found is not None:
            return found
    return None


def _by_rule(key: str) -> tuple[Field, ...] | None:
    if len(key) <= 40:
        for pattern, fields in _RULES:
            if pattern.search(key):
                return fields
    return None


def is_header_word(text: str) -> bool:
    """Return whether a cell holds a known header word."""
    return bool(candidate_fields(text.strip()))


def _spellings(text: str, bare: str) -> tuple[str, ...]:
    """Return how a header may be listed: with and without brackets, split, and run together."""
    joined = "".join(bare.split())
    return (_BRACKETS.sub(r" \1 ", text), text, bare, _CAMEL.sub(" ", bare), joined)


def _parts(bare: str) -> list[str]:
    """Return the words of a header in two languages, such as "Menge / Quantity"."""
    parts = re.split(r"[/|\n／]", bare)
    parts += _SCRIPT_CHANGE.split(bare)
    return [part for part in parts if part.strip() and part != bare]


def header_cells(row: Row) -> tuple[HeaderCell, ...]:
    """Return the cells of a header row with their candidate fields."""
    cells = []
    for index, text in enumerate(row.cells):
        if text:
            inside = _BRACKETS.search(text)
            one_line = " ".join(text.split())
            cells.append(
                HeaderCell(
                    index, one_line, candidate_fields(text), inside[1].strip() if inside else ""
                )
            )
    return tuple(cells)


def header_score(row: Row) -> float:
    """Return how much a row looks like a header: known words, distinct fields, no numbers."""
    score = 0.0
    seen: set[Field] = set()
    for text in row.cells:
        if not text:
            continue
        if _NUMERIC.fullmatch(text) or len(text) > 2 * _MAX_HEADER_CHARS:
            score -= 1.0
            continue
        fields = candidate_fields(text)
        if not fields or fields[0] in seen:
            continue
        seen.add(fields[0])
        score += 0.5 if fields[0] is Field.IGNORE else 0.8 if len(fields) > 1 else 1.0
    useful = seen - {Field.IGNORE, Field.REMARK, Field.PRODUCT}
    return score if useful and len(seen) > 1 else min(score, 1.0)


def find_header(rows: Sequence[Row]) -> int | None:
    """Return the index of the first row that heads a table, or None.

    A later row may score higher, because a second table may be wider; so the first row with half of
    the best score is taken.
    """
    scores = [header_score(row) for row in rows[:_SCANNED_ROWS]]
    best = max(scores, default=0.0)
    width = max((len(row.cells) for row in rows[:_SCANNED_ROWS]), default=0)
    threshold = _THRESHOLD - 0.4 if width > 1 else 0.8
    if best < threshold:
        return None
    return next(
        index for index, score in enumerate(scores) if score >= threshold and score >= best / 2
    )


def assign_fields(
    cells: Sequence[HeaderCell],
    samples: Mapping[int, Sequence[str]],
    overrides: Mapping[int, Field],
) -> dict[int, Field]:
    """Return the field of each column.

    Args:
        cells: The header cells.
        samples: Some filled cells of each column below the header.
        overrides: Fields that the caller prescribes, by column.
    """
    chosen: dict[int, Field] = dict(overrides)
    for cell in cells:
        if cell.index not in chosen and len(cell.fields) == 1:
            _claim(chosen, cell.index, cell.fields[0], samples)
    for cell in cells:
        if cell.index not in chosen and len(cell.fields) > 1:
            taken = frozenset(chosen.values())
            field = _by_content(cell.fields, samples.get(cell.index, ()), taken)
            _claim(chosen, cell.index, field, samples)
    _settle_running_numbers(chosen, samples)
    return {index: field for index, field in chosen.items() if field is not Field.IGNORE}


def _settle_running_numbers(chosen: dict[int, Field], samples: Mapping[int, Sequence[str]]) -> None:
    """Take a "part number" that only counts 1, 2, 3 for a position where a real one stands by."""
    by_field = {field: index for index, field in chosen.items()}
    number, maker = by_field.get(Field.PART_NUMBER), by_field.get(Field.MAKER_PART_NUMBER)
    if number is None or maker is None or Field.POSITION in by_field:
        return
    sample = samples.get(number, ())
    if len(sample) > 2 and list(sample) == [str(count) for count in range(1, len(sample) + 1)]:
        chosen[number], chosen[maker] = Field.POSITION, Field.PART_NUMBER


#: Where a second column for a text field goes.
_NEXT_BEST: Mapping[Field, Field] = {
    Field.NAME: Field.DESCRIPTION,
    Field.DESCRIPTION: Field.SPECIFICATION,
    Field.VALUE: Field.SPECIFICATION,
    Field.PART_NUMBER: Field.MAKER_PART_NUMBER,
}


def _claim(
    chosen: dict[int, Field], index: int, field: Field, samples: Mapping[int, Sequence[str]]
) -> None:
    """Give `field` to column `index`, unless a filled column has it already."""
    holder = next((other for other, held in chosen.items() if held is field), None)
    if field is Field.IGNORE or holder is None:
        chosen[index] = field
        return
    if not samples.get(holder) and samples.get(index):
        chosen[holder] = Field.IGNORE
        chosen[index] = field
        return
    other_field = _NEXT_BEST.get(field)
    if other_field is not None and other_field not in chosen.values():
        chosen[index] = other_field
    else:
        chosen[index] = Field.IGNORE


_SHORT_NUMBER = re.compile(r"\d{1,5}(?:\.\d{1,3})*\.?0?")
_CODE = re.compile(r"(?=[^\s]*\d)[\w./+#-]{2,40}", re.ASCII)
_MONEY = re.compile(r"[$€£¥￥]|\d[.,]\d\d$")


def _by_content(fields: tuple[Field, ...], sample: Sequence[str], taken: frozenset[Field]) -> Field:
    """Return the candidate that fits the column's cells."""
    if Field.POSITION in fields and _share(_SHORT_NUMBER, sample) >= 0.8:
        return Field.POSITION
    named = {Field.NAME, Field.DESCRIPTION, Field.PART_NUMBER} & taken
    if fields[0] is Field.QUANTITY:
        is_money = Field.QUANTITY in taken or _share(_MONEY, sample, whole=False) > 0.5
        return Field.IGNORE if is_money else Field.QUANTITY
    if Field.MATERIAL in fields:
        open_number = Field.PART_NUMBER in fields and Field.PART_NUMBER not in taken
        if open_number and _share(_CODE, sample) >= 0.7:
            return Field.PART_NUMBER
        return Field.MATERIAL if named else Field.NAME
    if Field.PART_NUMBER in fields and _share(_CODE, sample) >= 0.6:
        return Field.PART_NUMBER
    texts = [field for field in fields if field in {Field.NAME, Field.DESCRIPTION}]
    return texts[0] if texts else fields[-1]


def _share(pattern: re.Pattern[str], sample: Sequence[str], *, whole: bool = True) -> float:
    if not sample:
        return 0.0
    match = pattern.fullmatch if whole else pattern.search
    return sum(1 for text in sample if match(text)) / len(sample)
