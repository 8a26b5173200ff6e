"""Loads and checks the whole of `app/data` into one value."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar, cast

import app
from app.domain.reference import ReferenceData
from app.errors import ReferenceDataError
from app.refdata.background import load_background
from app.refdata.consistency import check_consistency
from app.refdata.controls import load_register
from app.refdata.counts import check_minimum_counts, data_files
from app.refdata.elements import load_elements
from app.refdata.form_maps import load_form_maps
from app.refdata.materials import load_identification
from app.refdata.methodology import load_methodology
from app.refdata.mitigation import load_mitigation
from app.refdata.sectors import load_sectors
from app.refdata.sources import KnownSources, load_sources
from app.refdata.supply import load_supply
from app.refdata.supply_chains import load_chains

_Part = TypeVar("_Part")

#: Digits of the version; enough to tell editions apart in an answer.
_VERSION_LENGTH = 12


def packaged_data_folder() -> Path:
    """Return the folder of the data files that come with the package."""
    return Path(app.__file__).parent / "data"


def load_reference_data(root: Path | None = None) -> ReferenceData:
    """Return everything that the service knows about the world, read and checked.

    Args:
        root: Folder of the data files; that of the package by default.

    Raises:
        ReferenceDataError: A file is missing or broken, or two of them contradict each other;
            the message holds a line for every fault that could be found, each naming its file.
    """
    folder = packaged_data_folder() if root is None else root
    faults = _Faults()
    sources = load_sources(folder)
    known = KnownSources(sources)
    table = faults.attempt(lambda: load_elements(folder, known))
    chains = faults.attempt(lambda: load_chains(folder, known))
    faults.raise_if_any()
    forms = chains.chains.keys()
    faults.attempt(lambda: check_minimum_counts(folder))
    sectors = faults.attempt(lambda: load_sectors(folder, known_sources=known, chains=forms))
    supply = faults.attempt(
        lambda: load_supply(folder, elements=table.elements, known_sources=known)
    )
    form_maps = faults.attempt(lambda: load_form_maps(folder, chains=forms, known_sources=known))
    register = faults.attempt(lambda: load_register(folder, known))
    methodology = faults.attempt(lambda: load_methodology(folder, known))
    identification = faults.attempt(lambda: load_identification(folder, known))
    faults.raise_if_any()
    mitigation = faults.attempt(
        lambda: load_mitigation(folder, known_sources=known, sectors=sectors.keys())
    )
    background = faults.attempt(
        lambda: load_background(folder, known_sources=known, sectors=sectors.keys())
    )
    faults.raise_if_any()
    reference = ReferenceData(
        version=data_version(folder),
        sources=sources,
        elements=table.elements,
        supply=supply,
        register=register,
        sectors=sectors,
        methodology=methodology,
        identification=identification,
        mitigation=mitigation,
        background=background,
        cited_sources=frozenset(known.cited),
    )
    check_consistency(reference, stages=table.stages, form_maps=form_maps)
    return reference


def data_version(root: Path) -> str:
    """Return a digest of all data files: their paths below `root` and their bytes."""
    return digest_of(
        (path.relative_to(root).as_posix(), path.read_bytes()) for path in data_files(root)
    )


def digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """Return the version of data files given by path and content, sorted by path."""
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:_VERSION_LENGTH]


class _Faults:
    """Runs the parts one by one, so that the faults of all files come out at once."""

    def __init__(self) -> None:
        self._messages: list[str] = []

    def attempt(self, load: Callable[[], _Part]) -> _Part:
        """Return what `load` returns; a fault is kept until `raise_if_any`.

        After a fault the result is not there, so nothing may be done with it before that.
        """
        try:
            return load()
        except ReferenceDataError as error:
            self._messages.append(str(error))
            return cast("_Part", None)

    def raise_if_any(self) -> None:
        """Raise all faults so far as one error."""
        if self._messages:
            raise ReferenceDataError("\n".join(self._messages))
