"""Brings newer world figures as proposed changes; the live data are never touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import RefreshError
from app.refdata import refresh_governance, refresh_imports, refresh_production
from app.refdata.refresh_fetch import Fetcher
from app.refdata.refresh_proposal import Proposal, Wanted, check_output, write_proposal

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one source.

    Attributes:
        folder: Where its proposal lies, None where it failed.
        text: One sentence for a person.
    """

    source: str
    folder: Path | None
    text: str


#: The pause that a source asks for between questions [s].
_PAUSES = {refresh_imports.NAME: 2.0}

#: Every source by its name.
SOURCES: Mapping[str, Callable[[Path, Fetcher, Wanted], Proposal]] = {
    refresh_governance.NAME: refresh_governance.propose_governance,
    refresh_imports.NAME: refresh_imports.propose_imports,
    refresh_production.NAME: refresh_production.propose_production,
}


def refresh(
    root: Path,
    output: Path,
    sources: tuple[str, ...],
    wanted: Wanted,
    *,
    client: httpx.Client,
    pause: Callable[[float], None],
) -> tuple[Outcome, ...]:
    """Return what became of each source; a proposal lies in a folder of its own below `output`.

    A source that fails does not keep the others from being asked.

    Args:
        root: Folder of the live data.
        output: Folder of the proposals, empty or not there.
        sources: Names of sources.
        wanted: What to ask for.
        client: Where questions go.
        pause: Waits so many seconds.

    Raises:
        InvalidInputError: The folder lies in the live data, or is not empty.
    """
    check_output(root, output)
    outcomes = []
    for name in sources:
        fetcher = Fetcher(name, client, pause=pause, between=_PAUSES.get(name, 0.0))
        try:
            proposal = SOURCES[name](root, fetcher, wanted)
        except RefreshError as error:
            outcomes.append(Outcome(source=name, folder=None, text=str(error)))
            continue
        folder = output / name
        fault = write_proposal(root, folder, proposal, fetched_on=wanted.asked_on)
        sound = "the data with it pass every check" if fault is None else "it needs mending"
        large = sum(change.is_large for change in proposal.changes)
        text = (
            f"{name}: {proposal.rows} rows, {large} figures to look at; {sound}; "
            f"read {folder / 'CHANGES.md'}"
        )
        outcomes.append(Outcome(source=name, folder=folder, text=text))
    return tuple(outcomes)
