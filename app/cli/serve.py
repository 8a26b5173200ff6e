"""`lodestone serve`: the API on one address, with a request to try."""

from __future__ import annotations

import dataclasses
import gc
import json
import os
import shlex
import tempfile
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from app.settings import Settings


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on, 0 for any.", show_default="8000")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes that share the port.", min=1, show_default="1")
    ] = None,
) -> None:
    """Serve the API and print a request that works."""
    # Nothing that is loaded from here on becomes garbage; the application turns this on again.
    gc.disable()
    from app.settings import Settings

    settings = Settings.from_environment(os.environ)
    settings = dataclasses.replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
        workers=settings.workers if workers is None else workers,
    )
    settings.refuse_an_open_door()
    if settings.workers == 1:
        _serve_alone(settings)
    else:
        _serve_side_by_side(settings)


def _serve_alone(settings: Settings) -> None:
    from app.api.logs import log_to_stderr
    from app.cli.patient_server import Announcing, config_of
    from app.main import create_app

    log_to_stderr(settings)
    Announcing(config_of(create_app(settings), settings)).run()


def _serve_side_by_side(settings: Settings) -> None:
    """Start several processes over one socket, and start anew each one that dies."""
    # The children read their settings from the environment, and their counts meet in a folder.
    os.environ["LODESTONE_HOST"], os.environ["LODESTONE_PORT"] = settings.host, str(settings.port)
    with tempfile.TemporaryDirectory(prefix="lodestone-counts-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        from uvicorn.supervisors import Multiprocess

        from app.api.logs import log_to_stderr
        from app.cli.patient_server import config_of

        log_to_stderr(settings)
        gc.enable()
        config = config_of("app.main:create_served_app", settings)
        listener = config.bind_socket()
        typer.echo(announcement(settings.host, int(listener.getsockname()[1])))
        Multiprocess(config, sockets=[listener]).run()


def announcement(host: str, port: int) -> str:
    """Return where the service listens and a request to try."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared  # nosec B104
    if ":" in reachable and not reachable.startswith("["):
        reachable = f"[{reachable}]"
    address = f"http://{reachable}:{port}"
    return (
        f"Lodestone listens on {address} - documentation: {address}/docs\n"
        f"Try:\n{curl_line(address)}"
    )


def curl_line(address: str) -> str:
    """Return a request that works, complete on one line, with the shortest useful body."""
    magnet = {
        "description": "Sintered NdFeB magnet N42SH",
        "quantity": 48,
        "unit": "pc",
        "unit_mass_kg": 0.0325,
    }
    body = {"destination": "JP", "end_use": "civil", "bom": {"lines": [magnet]}}
    return (
        f"curl -s '{address}/v1/assessments?detail=summary' "
        f"-H 'content-type: application/json' -d {shlex.quote(json.dumps(body))}"
    )
