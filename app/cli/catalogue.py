"""`lodestone catalogue`: score many products, on this machine or against a service."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import context
from app.cli.context import explain, fields_from, given
from app.errors import InvalidInputError, ProcurementRiskError

if TYPE_CHECKING:
    from app.batch.catalogue import CatalogueSummary
    from app.cli.catalogue_run import Mark
    from app.cli.catalogue_workers import Workers

_DETAILS = ("summary", "elements", "full")
_SOME_FAILED = 1
_NOT_RUN = 2
_TELL_SECONDS = 0.5
_TELL_FILE_SECONDS = 10.0


def catalogue(
    source: Annotated[
        Path,
        typer.Argument(
            help="Products: .ndjson or .jsonl (also .gz), .csv with a column product_id, "
            ".parquet, or a folder with one file each.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path,
        typer.Argument(help="File to write: .ndjson, .csv or .parquet.", show_default=False),
    ],
    destination: context.Destination = None,
    end_use: context.EndUse = None,
    end_user: context.EndUser = None,
    as_of: context.AsOf = None,
    known_on: context.KnownOn = None,
    horizon_days: context.HorizonDays = None,
    language: context.Language = None,
    detail: Annotated[
        str, typer.Option(help="For .ndjson: summary, elements or full.")
    ] = "summary",
    workers: Annotated[
        int | None,
        typer.Option(
            help="Processes, or requests at the same time.", min=1, show_default="the cores"
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where a run stopped; nothing comes twice.")
    ] = False,
    url: Annotated[
        str | None,
        typer.Option(help="Let this service do it, such as https://risk.example.org."),
    ] = None,
    key_file: Annotated[
        Path | None, typer.Option(help="File with the API key of the service.", exists=True)
    ] = None,
) -> None:
    """Score a catalogue; one product that does not fit never stops the rest.

    Ends with 0 where every product has a score, 1 where some have problems, and 2 where it
    could not run to its end.
    """
    options = {
        **given(
            destination=destination,
            end_use=end_use,
            end_user=end_user,
            as_of=as_of,
            known_on=known_on,
            horizon_days=horizon_days,
            language=language,
        ),
        "detail": detail,
    }
    count = workers or os.cpu_count() or 1
    try:
        summary = _run(source, output, options, count, resume=resume, url=url, key_file=key_file)
    except ProcurementRiskError as error:
        text = explain(error) if isinstance(error, InvalidInputError) else str(error)
        typer.echo(f"lodestone: {text}", err=True)
        raise typer.Exit(_NOT_RUN) from error
    except OSError as error:
        typer.echo(f"lodestone: {error.filename or source}: {error.strerror or error}", err=True)
        raise typer.Exit(_NOT_RUN) from error
    typer.echo(
        f"{summary.products:,} products, {summary.failed:,} with problems: {output}", err=True
    )
    if summary.failed:
        raise typer.Exit(_SOME_FAILED)


def _run(
    source: Path,
    output: Path,
    options: dict[str, str],
    count: int,
    *,
    resume: bool,
    url: str | None,
    key_file: Path | None,
) -> CatalogueSummary:
    from app.api.clock import today_utc
    from app.cli.catalogue_run import Run, mark_file, read_mark
    from app.cli.catalogue_sinks import format_of
    from app.cli.catalogue_sources import source_of

    if options["detail"] not in _DETAILS:
        raise InvalidInputError(f"--detail is {', '.join(_DETAILS)}, not '{options['detail']}'")
    form = format_of(output)
    products = source_of(source)
    mark: Mark | None = read_mark(output) if resume else None
    if mark is None and not resume and mark_file(output).exists():
        raise InvalidInputError(
            f"a run for {output} stopped; go on with --resume, or remove {mark_file(output)}"
        )
    if mark is not None:
        # A run that goes on after midnight is still about the day on which it began.
        options = {"as_of": mark.options["as_of"], **options}
    options = {"as_of": today_utc().isoformat(), **options}
    answering = _workers(options, count, url, key_file)
    try:
        return Run(
            source=products,
            workers=answering,
            output=output,
            form=form,
            options=options,
            count=count,
            tell=Teller(products.size, mark.products if mark else 0),
        ).go(mark)
    finally:
        answering.close()


def _workers(
    options: dict[str, str], count: int, url: str | None, key_file: Path | None
) -> Workers:
    from app.api.catalogue_product import Terms
    from app.api.clock import today_utc
    from app.api.schemas.catalogue import CatalogueQuery
    from app.cli.catalogue_workers import LocalWorkers, Remote, RemoteWorkers
    from app.settings import Settings

    fields = fields_from({name: text for name, text in options.items() if name != "detail"})
    if url is not None:
        key = key_file.read_text(encoding="utf-8").strip() if key_file is not None else None
        return RemoteWorkers(count, Remote(url=url, query=options, key=key))
    settings = Settings.from_environment(os.environ)
    query = CatalogueQuery.model_validate({**fields.model_dump(), "detail": options["detail"]})
    terms = Terms(
        query=query,
        today=today_utc(),
        default_destination=settings.default_destination,
        most_bytes=settings.max_json_bytes,
        most_lines=settings.max_lines,
    )
    return LocalWorkers(count, settings, terms)


class Teller:
    """Tells on the error stream how far a run is, how fast, and how long it will take.

    Args:
        size: Size of the source, 0 where nobody knows.
        before: Products that an earlier run has answered.
    """

    def __init__(self, size: int, before: int) -> None:
        self._size = size
        self._before = before
        self._began = time.perf_counter()
        self._told = self._began
        self._start: int | None = None
        self._screen = sys.stderr.isatty()

    def __call__(self, end: int, summary: CatalogueSummary) -> None:
        """Tell where the run is, not too often."""
        now = time.perf_counter()
        if self._start is None:
            self._start = end
        if now - self._told < (_TELL_SECONDS if self._screen else _TELL_FILE_SECONDS):
            return
        self._told = now
        rate = (summary.products - self._before) / (now - self._began)
        text = f"{summary.products:,} products, {rate:,.0f}/s, {summary.failed:,} with problems"
        if self._size:
            share = min(1.0, end / self._size)
            text = f"{_bar(share)} {share:.0%}  {text}"
            gone = end - self._start
            if gone > 0:
                text += f", {(self._size - end) * (now - self._began) / gone:,.0f} s to go"
        sys.stderr.write(f"\r{text}\x1b[K" if self._screen else f"{text}\n")
        if self._screen and end >= self._size > 0:
            sys.stderr.write("\n")
        sys.stderr.flush()


def _bar(share: float) -> str:
    full = round(20 * share)
    return f"[{'#' * full}{'.' * (20 - full)}]"
