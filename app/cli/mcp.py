"""`lodestone mcp`: tools for agents, over standard input and output or over HTTP."""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from app.errors import InvalidInputError, SettingsError

TRANSPORTS = ("stdio", "http")


def mcp(
    folder: Annotated[
        Path, typer.Argument(help="Folder with bills of materials; nothing else is read.")
    ],
    transport: Annotated[
        str, typer.Option(help="stdio, or http for streamable HTTP at /mcp.")
    ] = "stdio",
    host: Annotated[
        str, typer.Option(help="Loopback address to listen on with http.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on with http.")] = 8765,
) -> None:
    """Serve tools for agents (Model Context Protocol): assess, look up, compare, advise."""
    if transport not in TRANSPORTS:
        raise InvalidInputError(f"--transport is {', '.join(TRANSPORTS)}, not '{transport}'")
    if transport == "http" and not _is_loopback(host):
        raise InvalidInputError(
            f"--host {host} is not on this machine; agents elsewhere need a gateway that knows "
            "who is calling, so listen on 127.0.0.1 behind it"
        )
    try:
        from app.agents.server import mcp_server
    except ModuleNotFoundError as error:
        raise SettingsError(
            "the tools for agents need the extra: pip install 'lodestone-risk[mcp]'"
        ) from error
    from app.main import load_engine
    from app.settings import Settings

    settings = Settings.from_environment(os.environ)
    server = mcp_server(load_engine(settings), settings, folder)
    if transport == "stdio":
        server.run("stdio")
    else:
        server.run("streamable-http", host=host, port=port)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
