"""What a caller says about an odd file, as text: which column is what, sheet, header, encoding."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import Fault, UnfitFileOptionError

if TYPE_CHECKING:
    from app.readers import ReadOptions

#: A comma parts two pairs only where a name and a colon follow: headers may hold commas.
_NEXT_PAIR = re.compile(r"[,;\n]\s*(?=[A-Za-z_]{2,30}\s*[:=])")
#: Each character fits one place alone, so that no text makes the search long.
_PAIR = re.compile(r"\s*([^\s:=](?:[^:=]*[^\s:=])?)\s*[:=]\s*(\S(?:.*\S)?)\s*", re.DOTALL)

#: Delimiters that a form or a shell can hardly hold, by name.
_NAMED_DELIMITERS = {
    "tab": "\t",
    "\\t": "\t",
    "comma": ",",
    "semicolon": ";",
    "pipe": "|",
    "space": " ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOptions:
    """What the caller says about a file; None leaves it to the reader.

    Attributes:
        columns: Pairs `field:header`, as `description:Bezeichnung,quantity:Menge`. The header is
            the text of its cell, the letter of the column or its number from 1; the field
            `ignore` drops a column. A JSON object of such pairs is read as well.
        encoding: Name of the encoding of a text file.
        delimiter: Sign between two cells of a text file, or its name (`tab`).
        sheet: Name of the only sheet to read.
        header_row: Row of the header [1 = first]; 0 says that there is none.
    """

    columns: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None

    def read_options(self) -> ReadOptions:
        """Return the same for the readers.

        Raises:
            UnfitFileOptionError: `columns` is no list of pairs, or names no field of ours.
        """
        from app.readers import ReadOptions  # noqa: PLC0415 - dozens of formats, none at start

        return ReadOptions(
            columns=_columns(self.columns) if self.columns else {},
            encoding=self.encoding,
            delimiter=_delimiter(self.delimiter),
            sheet=self.sheet,
            header_row=self.header_row,
        )


NO_OPTIONS = FileOptions()


def _columns(text: str) -> dict[str, str]:
    """Return the field of each header that the caller names."""
    from app.readers.fields import Field  # noqa: PLC0415 - loads the readers

    known = {field.value for field in Field}
    chosen: dict[str, str] = {}
    faults: list[Fault] = []
    for left, right in _pairs(text):
        # The other way round (`Bezeichnung:description`) can mean nothing else.
        field, header = (left, right) if left in known or right not in known else (right, left)
        if field not in known:
            faults.append(_fault("no_such_field", f"'{field[:40]}' is no field; choose one of: "
                                 f"{', '.join(sorted(known))}"))  # fmt: skip
        elif field != Field.IGNORE and field in chosen.values():
            faults.append(_fault("repeated_field", f"the field '{field}' has two columns"))
        elif header in chosen:
            faults.append(_fault("repeated_column", f"the column '{header[:60]}' has two fields"))
        else:
            chosen[header] = field
    if faults:
        raise UnfitFileOptionError(faults[0].detail, tuple(faults))
    return chosen


def _pairs(text: str) -> list[tuple[str, str]]:
    if text.lstrip().startswith("{"):
        return _json_pairs(text)
    pairs = []
    for part in _NEXT_PAIR.split(text):
        match = _PAIR.fullmatch(part)
        if match is None:
            raise _no_pairs(part)
        pairs.append((match[1], match[2]))
    return pairs


def _json_pairs(text: str) -> list[tuple[str, str]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_pairs(text) from error
    pairs = [(key, held) for key, held in value.items() if isinstance(held, str)]
    if len(pairs) < len(value):
        raise _no_pairs(text)
    return pairs


def _no_pairs(text: str) -> UnfitFileOptionError:
    detail = (
        f"'{text.strip()[:60]}' names no field and column; write pairs such as "
        "description:Bezeichnung,quantity:Menge"
    )
    return UnfitFileOptionError(detail, (_fault("no_pairs", detail),))


def _delimiter(text: str | None) -> str | None:
    if text is None:
        return None
    sign = _NAMED_DELIMITERS.get(text.casefold(), text)
    if len(sign) == 1 and sign not in '\r\n"':
        return sign
    detail = f"'{text[:20]}' is no delimiter; write one sign, or {', '.join(_NAMED_DELIMITERS)}"
    fault = Fault(code="no_delimiter", detail=detail, pointer="/delimiter")
    raise UnfitFileOptionError(detail, (fault,))


def _fault(code: str, detail: str) -> Fault:
    return Fault(code=code, detail=detail, pointer="/columns")
