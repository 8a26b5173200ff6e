"""`lodestone mitigate`: what could be done about one product, or about several together."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.answer_form import AnswerForm, check_form, print_json
from app.cli.asked import asked
from app.cli.context import (
    AsOf,
    Destination,
    EndUse,
    EndUser,
    HorizonDays,
    KnownOn,
    Language,
    given,
)
from app.cli.file_options import Columns, Delimiter, Encoding, HeaderRow, Sheet
from app.errors import InvalidInputError

if TYPE_CHECKING:
    from app.api.schemas.what_if_answers import MitigationParts, PortfolioAnswer
    from app.batch.pipeline import Engine
    from app.scoring.patches import Inputs

EXTRAS = ("calendar", "certainty", "questions")
BANDS = ("low", "moderate", "high", "severe")
CALENDAR = ("suspensions_revive", "destination_ban")


def mitigate(
    files: Annotated[list[Path], typer.Argument(help="Bills of materials.")],
    destination: Destination = None,
    end_use: EndUse = None,
    end_user: EndUser = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    horizon_days: HorizonDays = None,
    language: Language = None,
    target_band: Annotated[
        str | None,
        typer.Option(help="Band that single changes should reach.", show_default="next milder"),
    ] = None,
    within_months: Annotated[
        float, typer.Option(min=0.0, help="Longest usual lead time in the best set.")
    ] = 12.0,
    limit: Annotated[int, typer.Option(min=1, help="Most actions to show.")] = 20,
    include: Annotated[
        list[str] | None,
        typer.Option(help="calendar, certainty or questions; may be given again."),
    ] = None,
    form: AnswerForm = "table",
    columns: Columns = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
) -> None:
    """Rank what could be done by the risk that it removes.

    Several files are looked at as a portfolio, too: what they all hang on, and which action helps
    most of them.
    """
    from app.batch.file_options import FileOptions
    from app.batch.what_ifs import inputs_of
    from app.main import load_engine
    from app.report.what_if import mitigation_table, portfolio_table
    from app.settings import Settings

    wanted = _checked(form, target_band, include or ())
    settings = Settings.from_environment(os.environ)
    engine = load_engine(settings)
    options = given(
        destination=destination, end_use=end_use, end_user=end_user, as_of=as_of,
        known_on=known_on, horizon_days=horizon_days, language=language,
    )  # fmt: skip
    about_file = FileOptions(
        columns=columns, encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row
    )
    products = []
    for file in files:
        bom, context = asked(file, options, engine, settings, about_file)
        products.append(inputs_of(bom, engine.identify(bom), engine, context))
    parts = {
        inputs.bom.id: _parts(
            inputs, engine, limit=limit, band=target_band, months=within_months, wanted=wanted
        )
        for inputs in products
    }
    shared = _portfolio(products, engine) if len(products) > 1 else None
    if form == "json":
        print_json({"products": parts, "portfolio": shared})
        return
    tables = [mitigation_table(name, one) for name, one in parts.items()]
    if shared is not None:
        tables.append(portfolio_table(shared))
    typer.echo("\n".join(tables), nl=False)


def _checked(form: str, band: str | None, include: Sequence[str]) -> frozenset[str]:
    check_form(form)
    if band is not None and band not in BANDS:
        raise InvalidInputError(f"--target-band is {', '.join(BANDS)}, not '{band}'")
    for name in include:
        if name not in EXTRAS:
            raise InvalidInputError(f"--include is {', '.join(EXTRAS)}, not '{name}'")
    return frozenset(include)


def _parts(
    inputs: Inputs,
    engine: Engine,
    *,
    limit: int,
    band: str | None,
    months: float,
    wanted: frozenset[str],
) -> MitigationParts:
    from app.api.what_if import mitigation_parts
    from app.batch.what_ifs import workbench_of

    with workbench_of(inputs, engine) as bench:
        return mitigation_parts(
            bench,
            limit=limit,
            target_band=band,
            within_months=months,
            include=wanted,
            calendar_scenarios=CALENDAR,
        )


def _portfolio(products: Sequence[Inputs], engine: Engine) -> PortfolioAnswer:
    """Return what several products share.

    Raises:
        InvalidInputError: Two products have the same id, or the questions differ.
    """
    from app.api.answers.portfolio import portfolio_answer
    from app.batch.what_ifs import workbench_of
    from app.scoring.mitigation import all_candidates, ranked_actions
    from app.scoring.portfolio import shared_actions, shared_points
    from app.scoring.workbench import Workbench

    if len({inputs.bom.id for inputs in products}) < len(products):
        raise InvalidInputError("two files hold a product of the same id; give each its own")
    first = products[0]
    if any(inputs.context != first.context for inputs in products):
        raise InvalidInputError(
            "the files ask different questions; give --destination, --end-use and --as-of"
        )
    with workbench_of(first, engine) as bench:
        benches = [bench, *(Workbench(one, bench.evaluation) for one in products[1:])]
        ranked = {one.inputs.bom.id: ranked_actions(one, all_candidates(one)) for one in benches}
        return portfolio_answer(shared_points(benches), shared_actions(ranked))
