"""`lodestone serve`: the API on one address, with a request to try."""

from __future__ import annotations

import dataclasses
import gc
import json
import logging
import os
import shlex
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import socket

    from app.settings import Settings


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on, 0 for any.", show_default="8000")
    ] = None,
) -> None:
    """Serve the API and print a request that works."""
    # Nothing that is loaded from here on becomes garbage; the application turns this on again.
    gc.disable()
    import uvicorn

    from app.main import create_app
    from app.settings import Settings

    settings = Settings.from_environment(os.environ)
    settings = dataclasses.replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )
    _log_to_stderr(settings)
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
    )
    _server_class()(config).run()


def _server_class() -> type:
    """Return a server that says how to reach it, once it listens."""
    import uvicorn

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                typer.echo(announcement(self.config.host, self._port()))

        def _port(self) -> int:
            for server in self.servers:
                for one in server.sockets:
                    return int(one.getsockname()[1])
            return int(self.config.port)

    return Announcing


def announcement(host: str, port: int) -> str:
    """Return where the service listens and a request to try."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared
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


def _log_to_stderr(settings: Settings) -> None:
    logging.basicConfig(
        level=settings.log_level.upper(),
        format="time=%(asctime)s level=%(levelname)s logger=%(name)s %(message)s",
    )
    logging.getLogger("uvicorn.access").disabled = True
