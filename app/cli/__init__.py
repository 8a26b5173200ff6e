"""The command line, installed as `lodestone`. Each command imports what it needs when it runs."""

from __future__ import annotations

import sys

import typer

from app import __version__
from app.cli.bundle import check_bundle, make_bundle, make_keys
from app.cli.catalogue import catalogue as score_catalogue
from app.cli.context import explain
from app.cli.controls import app as controls_app
from app.cli.data import check_data, schemas, stale
from app.cli.diff import calendar as show_calendar
from app.cli.diff import diff as compare_dates
from app.cli.doctor import doctor as look_at_everything
from app.cli.identify import identify as identify_lines
from app.cli.key import key as make_key
from app.cli.mcp import mcp as serve_agents
from app.cli.mitigate import mitigate as mitigate_products
from app.cli.new_measure import new_measure as add_new_measure
from app.cli.openapi import openapi as print_openapi
from app.cli.refresh import refresh as propose_refresh
from app.cli.scenario import scenario as compare_scenarios
from app.cli.score import score as score_files
from app.cli.serve import serve as serve_api
from app.errors import InvalidInputError, ProcurementRiskError

app = typer.Typer(
    name="lodestone",
    help="Rare-earth procurement risk of a bill of materials, on a date, with its sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lodestone {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Score bills of materials, look up export controls, serve the API."""


app.command("serve")(serve_api)
app.command("mcp")(serve_agents)
app.command("score")(score_files)
app.command("catalogue")(score_catalogue)
app.command("scenario")(compare_scenarios)
app.command("mitigate")(mitigate_products)
app.command("identify")(identify_lines)
app.command("diff")(compare_dates)
app.command("calendar")(show_calendar)
app.command("check-data")(check_data)
app.command("bundle")(make_bundle)
app.command("bundle-keys")(make_keys)
app.command("bundle-check")(check_bundle)
app.command("schemas")(schemas)
app.command("stale")(stale)
app.command("refresh")(propose_refresh)
app.command("new-measure")(add_new_measure)
app.command("key")(make_key)
app.command("doctor")(look_at_everything)
app.command("openapi")(print_openapi)
app.add_typer(controls_app, name="controls")


#: As sysexits.h has it: an error inside the program.
_DEFECT = 70


def main() -> None:
    """Run one command; what we raise on purpose ends as one readable message.

    A defect tells its class and place, never its text: that may quote a bill of materials, and
    the output of a nightly job is kept.
    """
    try:
        app()
    except ProcurementRiskError as error:
        text = explain(error) if isinstance(error, InvalidInputError) else str(error)
        typer.echo(f"lodestone: {text}", err=True)
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the one place where a defect is caught
        from app.api.logs import place_of

        kind = type(error).__name__
        typer.echo(f"lodestone: a defect, please report it: {kind} at {place_of(error)}", err=True)
        sys.exit(_DEFECT)


__all__ = ["app", "main"]
