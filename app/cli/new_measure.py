"""`lodestone new-measure`: asks for the fields of a new notice and writes its files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.errors import InvalidInputError, ReferenceDataError

if TYPE_CHECKING:
    from app.domain.reference import ReferenceData
    from app.refdata.measure_answers import MeasureAnswers
    from app.refdata.new_measure import NewMeasure
    from app.refdata.yaml_text import YamlText

#: Where a checkout keeps the acceptance tables of the measures.
ACCEPTANCE = Path("tests/acceptance/controls")


def new_measure(
    answers: Annotated[
        Path | None,
        typer.Option(help="YAML file with the answers; without one they are asked for."),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder of reference data to add to.", show_default="LODESTONE_DATA or the package"
        ),
    ] = None,
    acceptance: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the acceptance table.",
            show_default=f"{ACCEPTANCE} in a checkout, else acceptance beside the data",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the files and write nothing.")
    ] = False,
) -> None:
    """Add an export-control measure: its file, its source and its acceptance rows.

    Everything is checked in a copy of the data first; a mistake leaves no trace.
    """
    from app.refdata.load import packaged_data_folder
    from app.refdata.measure_answers import read_answers
    from app.refdata.new_measure import add_measure, prepare
    from app.refdata.yaml_text import read_yaml_text
    from app.settings import Settings

    place = Settings.from_environment(os.environ).data
    root = data or (packaged_data_folder() if place is None else Path(place))
    if not root.is_dir():
        raise InvalidInputError(
            f"{root} is no folder; a bundle is made from a folder, add it there"
        )
    in_checkout = root == packaged_data_folder() and ACCEPTANCE.is_dir()
    folder = acceptance or (ACCEPTANCE if in_checkout else root.parent / "acceptance")
    if answers is not None:
        given = read_answers(read_yaml_text(answers), place=str(answers))
        new = prepare(root, given)
        if dry_run:
            _show(new, given)
        else:
            _say_what_was_written(add_measure(root, folder, new), new, given, root, folder)
        return
    typer.echo("What does the notice say? Only what it states; your reading goes into the notes.\n")
    said: dict[str, str] = {}
    while not _walked_through(root, folder, said, dry_run=dry_run):
        if not typer.confirm("Once more, with your answers as defaults?", default=True):
            raise typer.Exit(1)


def _walked_through(root: Path, folder: Path, said: dict[str, str], *, dry_run: bool) -> bool:
    """Return whether a person's answers became files; if not, say what is wrong with them."""
    from app.refdata.measure_answers import read_answers
    from app.refdata.new_measure import add_measure, prepare

    try:
        given = read_answers(_conversation(said), place="your answers")
        new = prepare(root, given)
        _show(new, given)
        if not dry_run:
            if not typer.confirm("Write these files?", default=True):
                raise typer.Exit(1)
            _say_what_was_written(add_measure(root, folder, new), new, given, root, folder)
    except ReferenceDataError as error:
        typer.echo(f"\n{error}\n")
        return False
    return True


def _show(new: NewMeasure, given: MeasureAnswers) -> None:
    for name, text in new.data.items():
        if name.endswith(f"/{given.id.lower()}.yaml"):
            typer.echo(f"--- {name}\n{text}")
    typer.echo(f"--- acceptance: {new.acceptance_name}\n{new.acceptance}")


def _say_what_was_written(
    reference: ReferenceData, new: NewMeasure, given: MeasureAnswers, root: Path, folder: Path
) -> None:
    for name in new.data:
        typer.echo(f"written: {root / name}")
    typer.echo(f"written: {folder / new.acceptance_name}")
    typer.echo(f"the data are sound; their version is now {reference.version}")
    doubts = [
        event
        for event in reference.register.scheduled_events
        if new.known_until < event.on_date <= reference.register.knowledge_cutoff
    ]
    if doubts:
        typer.echo("days that passed since the last look; if you know what they brought, say so in")
        typer.echo("the timelines of the measures concerned:")
    for event in doubts:
        typer.echo(f"  {event.on_date}: {event.what}")
    before = given.in_force_on - timedelta(days=1)
    typer.echo(
        "next: read the file once more beside the notice; in a checkout run `make test` and\n"
        "`make snapshot`; see what moves with\n"
        f"  lodestone diff YOUR-BOM --from {before} --to {given.in_force_on} --destination JP"
    )


# ------------------------------------------------------------------------- asking a person


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One question; `choices` limits the answer, an empty answer leaves the field out."""

    key: str
    text: str
    choices: tuple[str, ...] = ()
    default: str | None = None
    day: bool = False

    def ask(self, last: str | None = None) -> str:
        """Return the answer of the person at the terminal; `last` is what was said before."""
        if self.choices:
            typer.echo(f"  one of: {', '.join(self.choices)}")
        offer = last or self.default or ""
        while True:
            answer: str = typer.prompt(self.text, default=offer, show_default=bool(offer))
            answer = answer.strip()
            wrong = self._wrong(answer)
            if wrong is None:
                return answer
            typer.echo(f"  {wrong}")

    def _wrong(self, answer: str) -> str | None:
        if not answer and self.default is None:
            return "an answer is needed"
        if answer and self.choices and answer not in self.choices:
            return f"must be one of {', '.join(self.choices)}"
        if answer and self.day and not _is_day(answer):
            return "must be a day written YYYY-MM-DD"
        return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _conversation(said: dict[str, str]) -> YamlText:
    from app.domain.controls import MeasureType, Outcome
    from app.refdata.controls_measure import END_USERS, END_USES
    from app.refdata.measure_answers import ENTITY_TYPES

    answers: dict[str, YamlText] = {}
    _put(said, answers, _first_questions(tuple(MeasureType)))
    if answers["type"] in ENTITY_TYPES:
        names = _lines("Name of a listed firm, as printed (nothing when done)")
        answers["names"] = names
        complete = typer.confirm("Are these all the names of the list?", default=True)
        answers["names_complete"] = str(complete).lower()
        if not complete:
            _put(
                said, answers, [_Question(key="entity_count", text="How many firms does it name?")]
            )
    rules: list[YamlText] = []
    while not rules or typer.confirm("Another rule?", default=False):
        rule: dict[str, YamlText] = {}
        _put(
            said,
            rule,
            [
                _Question(key="when", text="A rule: when does it apply? (in words)"),
                _Question(key="outcome", text="What then?", choices=tuple(Outcome)),
                _Question(
                    key="end_uses", text="For which end use?", choices=tuple(sorted(END_USES)),
                    default="any",
                ),
                _Question(
                    key="end_users", text="For which end users?",
                    choices=tuple(sorted(END_USERS)), default="any",
                ),
            ],
        )  # fmt: skip
        rules.append(rule)
    answers["rules"] = rules
    source: dict[str, YamlText] = {}
    _put(said, source, _source_questions())
    answers["source"] = source
    _put(said, answers, _last_questions(str(answers["published_on"])))
    return answers


def _put(
    said: dict[str, str], answers: dict[str, YamlText], questions: Iterable[_Question]
) -> None:
    for question in questions:
        answer = said[question.text] = question.ask(said.get(question.text))
        if answer:
            answers[question.key] = answer


def _lines(text: str) -> list[YamlText]:
    found: list[YamlText] = []
    while answer := typer.prompt(text, default="", show_default=False).strip():
        found.append(answer)
    return found


def _first_questions(types: tuple[str, ...]) -> list[_Question]:
    return [
        _Question(key="id", text="Id, such as CN-99-2031"),
        _Question(key="title", text="Title in one line"),
        _Question(key="exporter", text="Country whose exports it governs (two letters)"),
        _Question(key="issuing_authority", text="Who issued it, such as MOFCOM"),
        _Question(
            key="official_number", text="Number, such as Announcement 99 of 2031", default=""
        ),
        _Question(key="type", text="What does it do?", choices=types),
        _Question(key="published_on", text="Day of publication (YYYY-MM-DD)", day=True),
        _Question(key="in_force_on", text="First day on which it applies (YYYY-MM-DD)", day=True),
        _Question(key="last_day", text="Last day, if it names one", default="", day=True),
        _Question(
            key="elements",
            text="Elements, such as: Nd Pr; or all, listed (what is dual-use listed), none",
        ),
        _Question(key="forms", text="Forms, such as: oxide metal alloy magnet; or all"),
        _Question(
            key="destinations", text="Destinations: all, or JP US, or all_but CN", default="all"
        ),
    ]


def _source_questions() -> list[_Question]:
    return [
        _Question(key="key", text="Source: a short key, such as mofcom-99-2031"),
        _Question(
            key="publisher", text="Its publisher (nothing if sources.yaml has it)", default=""
        ),
        _Question(key="title", text="Its title (nothing if sources.yaml has it)", default=""),
        _Question(key="url", text="Its address", default=""),
    ]


def _last_questions(published_on: str) -> list[_Question]:
    return [
        _Question(key="confidence", text="How sure are you of this reading?",
                  choices=("high", "medium", "low"), default="medium"),
        _Question(key="checked_on", text="Day on which you looked", default=published_on, day=True),
        _Question(
            key="knowledge_cutoff",
            text="Day up to which you looked for other notices (nothing to leave it as it is)",
            default="", day=True,
        ),
        _Question(key="notes", text="Your reading and your doubts, in words", default=""),
    ]  # fmt: skip
