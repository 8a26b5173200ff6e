"""Turns symbols that are no formula into statements: dopings, nuclides, goods, alloys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain.exposure import EvidenceItem
from app.identification.content import element_content
from app.identification.line_text import LineText
from app.identification.nuclides import find_certain_nuclides, find_named_nuclides, find_nuclides
from app.identification.printed_chemistry import PrintedDoping, find_alloys
from app.identification.printed_goods import find_bracketed, find_complexes, find_symbol_goods
from app.identification.reading import FieldReading
from app.identification.statement import Statement


def doping_statements(
    reading: FieldReading, dopings: Sequence[PrintedDoping], form: str
) -> Sequence[Statement]:
    """Return what dopings in a field say; the share of a dopant is not known."""
    if not dopings:  # nearly every field
        return ()
    return [_doping_statement(reading, doping, form) for doping in dopings]


def _doping_statement(reading: FieldReading, doping: PrintedDoping, form: str) -> Statement:
    """Return what one doping says."""
    words = reading.text.original[doping.start : doping.end]
    evidence = EvidenceItem(
        kind="formula", text=words, field=reading.name, start=doping.start, end=doping.end
    )
    symbols = dict.fromkeys((*doping.dopants, *doping.host_elements))
    return Statement(
        kind="formula",
        contents=tuple(element_content(symbol) for symbol in symbols),
        forms=(form,),
        evidence=(evidence,),
        subject=words,
    )


def nuclide_statements(reading: FieldReading) -> Sequence[Statement]:
    """Return what nuclides with the name of their element say (`Yttrium-90`)."""
    return doping_statements(reading, find_named_nuclides(reading.text.original), "compound")


def symbol_statements(
    reading: FieldReading, text: LineText, hosts: Mapping[str, tuple[str, ...]]
) -> Iterable[Statement]:
    """Return what symbols that are no formula say in a field: nuclides, goods, alloys."""
    original = reading.text.original
    if text.matter:
        yield from doping_statements(reading, find_nuclides(original), "compound")
        yield from doping_statements(reading, find_symbol_goods(original), "compound")
        if "-" in original and not text.magnet:
            yield from doping_statements(reading, find_alloys(original), "alloy")
    elif "-" in original or "[" in original:
        yield from doping_statements(reading, find_certain_nuclides(original), "compound")
    if "(" in original:
        yield from doping_statements(reading, find_complexes(original), "salt")
        yield from doping_statements(reading, find_bracketed(original, hosts), "compound")
