"""Which rare earths a line holds: declarations, numbers, formulas, grades, names, parts, codes."""

from app.identification.identifier import Identifier, Memory, compile_identifier

__all__ = ["Identifier", "Memory", "compile_identifier"]
