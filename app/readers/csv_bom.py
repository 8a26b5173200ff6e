"""CSV, TSV and their dialects to a BOM."""

from __future__ import annotations

from app.domain.bom import Bom
from app.readers.delimited import read_delimited
from app.readers.encoding import DecodedText
from app.readers.headers import is_header_word
from app.readers.source import Source
from app.readers.table_bom import read_table_bom


def read_csv_bom(source: Source, decoded: DecodedText) -> Bom:
    """Return the BOM of a delimited text.

    Args:
        source: The file.
        decoded: Its text and encoding.

    Raises:
        UnreadableFileError: The text holds no table.
        LimitExceededError: A limit was passed.
    """
    found = read_delimited(
        decoded.text, guard=source.guard, delimiter=source.options.delimiter, known=is_header_word
    )
    if decoded.guessed:
        found.sheet.notes.append(
            (
                "encoding_guessed",
                f"the encoding {decoded.encoding} was detected; name it if letters are wrong",
            )
        )
    return read_table_bom(
        source,
        [found.sheet],
        file_format="tsv" if found.delimiter == "\t" else "csv",
        encoding=decoded.encoding,
        delimiter=found.delimiter,
    )
