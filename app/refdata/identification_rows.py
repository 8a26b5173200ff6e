"""What the loaders of identification data share: names, forms, fractions, documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from app.domain.triple import Triple
from app.domain.vocabulary import Language, Name, Strength
from app.errors import ReferenceDataError
from app.refdata.countries import read_element
from app.refdata.csv_table import read_csv_table
from app.refdata.text_record import TextRecord, gather, unique
from app.refdata.yaml_text import read_yaml_text

#: Forms that scoring knows chains for.
FORMS = frozenset(
    "ore concentrate oxide salt metal alloy target magnet compound "
    "device_magnet device_compound device_metal".split()
)

#: Pseudo language of vocabulary words whose case must agree.
_EXACT = "any_exact"

_LANGUAGE_KEYS = (*(language.value for language in Language), _EXACT)


def check_form(record: TextRecord, form: str) -> str:
    """Return the form where scoring knows a chain for it.

    Raises:
        ReferenceDataError: It does not.
    """
    if form in FORMS:
        return form
    raise record.error(f"{form!r} is no form; known are {', '.join(sorted(FORMS))}")


def check_known(record: TextRecord, key: str, known: Collection[str]) -> str:
    """Return a reference to another row where that row exists.

    Raises:
        ReferenceDataError: It does not.
    """
    reference = record.text(key)
    if reference in known:
        return reference
    raise record.error(f"{key!r} refers to {reference!r}, which is not there")


def check_count(file: str, found: int, minimum: int) -> None:
    """Refuse a table that has lost rows.

    Raises:
        ReferenceDataError: There are fewer than recorded.
    """
    if found < minimum:
        raise ReferenceDataError(f"{file}: holds {found} rows; at least {minimum} are recorded")


def read_names(
    root: Path, file: str, owner: str, known: Collection[str]
) -> Mapping[str, tuple[Name, ...]]:
    """Return the names of each owner of a table of names.

    Args:
        root: Folder of the data.
        file: Path of the table below it.
        owner: Header of the first column.
        known: Ids that the first column may hold.

    Raises:
        ReferenceDataError: An id is not known, a name is repeated, or a word is not.
    """
    columns = (owner, "language", "name", "strength", "exact")

    def named(row: TextRecord) -> tuple[tuple[str, str, str], Name]:
        name = Name(
            text=row.text("name"),
            language=row.choice("language", Language),
            strength=row.choice("strength", Strength),
            exact=row.flag("exact"),
        )
        return (check_known(row, owner, known), name.language, name.text), name

    rows = gather(read_csv_table(root / file, columns, name=file), named)
    names: defaultdict[str, list[Name]] = defaultdict(list)
    for (key, _, _), name in unique(file, rows).items():
        names[key].append(name)
    return {key: tuple(found) for key, found in names.items()}


def read_fractions(
    root: Path,
    file: str,
    columns: tuple[str, ...],
    known: Collection[str],
    *,
    scale: float = 1.0,
) -> Mapping[tuple[str, ...], Triple]:
    """Return low, nominal and high by the key columns of a table.

    Args:
        root: Folder of the data.
        file: Path of the table below it.
        columns: Key columns, the first an id and the last an element, then three figures.
        known: Ids that the first column may hold.
        scale: Factor from the figures of the table to the result.

    Raises:
        ReferenceDataError: A key is not known or repeated, or the figures do not ascend.
    """
    keys, figures = columns[:-3], columns[-3:]

    def figure(row: TextRecord) -> tuple[tuple[str, ...], Triple]:
        check_known(row, keys[0], known)
        read_element(row, keys[-1])
        low, nominal, high = (row.number(key) for key in figures)
        if low < 0:
            raise row.error("a content must not be negative")
        triple = row.ordered(figures[0], low, nominal, high)
        return tuple(row.text(key) for key in keys), triple.scaled(scale)

    return unique(file, gather(read_csv_table(root / file, columns, name=file), figure))


def read_words(record: TextRecord, key: str, strength: Strength) -> tuple[Name, ...]:
    """Return the names of a mapping of languages to words.

    Raises:
        ReferenceDataError: A language is not known, or a word is repeated in one language.
    """
    languages = record.record(key, optional=_LANGUAGE_KEYS)
    names: list[Name] = []
    for language in _LANGUAGE_KEYS:
        exact = language == _EXACT
        names.extend(
            Name(
                text=word,
                language=Language.ANY if exact else Language(language),
                strength=strength,
                exact=exact,
            )
            for word in languages.words(language)
        )
    unique(record.place, (((name.language, name.text), name) for name in names))
    return tuple(names)


def read_document(
    root: Path, file: str, required: Sequence[str], optional: Sequence[str] = ()
) -> TextRecord:
    """Return a YAML document whose top is a mapping with these keys.

    Raises:
        ReferenceDataError: It is no mapping, or lacks a key or has a strange one.
    """
    content = read_yaml_text(root / file, name=file)
    return TextRecord(file, content, required=required, optional=optional)
