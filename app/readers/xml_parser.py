"""An expat parser that refuses document types, depth and endless tokens in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn, Protocol, TypeAlias
from xml.parsers import expat

from app.errors import Fault, UnreadableFileError
from app.readers.options import Guard, limit_error

#: Bytes of a tag, comment or attribute that the parser may still hold unfinished.
_MAX_PENDING = 2 * 1024 * 1024
_CHUNK = 1024 * 1024

_Start: TypeAlias = Callable[[str, dict[str, str]], None]
_End: TypeAlias = Callable[[str], None]


class XmlHandler(Protocol):
    """What wants to hear of elements and text."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text, possibly in several pieces."""


def parse_xml(
    chunks: Iterable[bytes], handler: XmlHandler, *, guard: Guard, separator: str | None = None
) -> None:
    """Feed XML to a handler.

    Args:
        chunks: The bytes of the document.
        handler: Hears of every element.
        guard: Holds the limits.
        separator: What stands between namespace and name; None leaves prefixes as they are.

    Raises:
        UnreadableFileError: The document is not well-formed, or declares a document type.
        LimitExceededError: It is too deep, or one token is too long.
    """
    parser = expat.ParserCreate(namespace_separator=separator)
    parser.buffer_text = True
    parser.buffer_size = 65_536
    start, end = _counting_depth(handler, guard.limits.max_xml_depth)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    fed = 0
    try:
        for chunk in chunks:
            for at in range(0, len(chunk), _CHUNK):
                piece = chunk[at : at + _CHUNK]
                parser.Parse(piece, False)
                fed += len(piece)
                if fed - parser.CurrentByteIndex > _MAX_PENDING:
                    raise limit_error(
                        "max_cell_chars", f"{_MAX_PENDING:,} bytes", "length of a tag"
                    )
                guard.check_time()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        detail = f"line {error.lineno}: the XML is not well-formed: {expat.ErrorString(error.code)}"
        fault = Fault(code="invalid_xml", detail=detail, row=error.lineno)
        raise UnreadableFileError(detail, (fault,)) from error
    except (LookupError, UnicodeError, ValueError) as error:  # an encoding that Python lacks
        detail = "the XML declares an encoding that cannot be read; save it as UTF-8"
        raise UnreadableFileError(detail, (Fault(code="invalid_xml", detail=detail),)) from error


def _counting_depth(handler: XmlHandler, most: int) -> tuple[_Start, _End]:
    """Return the handler's start and end with nesting counted on the way; closures, for speed."""
    depth = 0
    begin, finish = handler.start, handler.end

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > most:
            raise limit_error("max_xml_depth", f"{most} levels", "nesting")
        begin(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        finish(name)

    return start, end


def _refuse_doctype(*_declaration: object) -> NoReturn:
    detail = "the XML declares a document type (DTD), which is refused; remove the DOCTYPE"
    raise UnreadableFileError(detail, (Fault(code="dtd_refused", detail=detail),))
