"""`lodestone bundle`, `bundle-keys`, `bundle-check`: signed reference data for running services."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer


def make_bundle(
    output: Annotated[Path, typer.Argument(help="File to write, such as lodestone-data.zip.")],
    key: Annotated[Path, typer.Option(help="Private key (PEM) to sign with.")],
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder of reference data.", show_default="LODESTONE_DATA or the package"
        ),
    ] = None,
) -> None:
    """Check the reference data, pack them into one file and sign it.

    Services whose LODESTONE_DATA names the file, or an https address of it, exchange their data
    for it without a restart.
    """
    from app.api.clock import now_utc
    from app.refdata.bundle import write_bundle
    from app.refdata.bundle_keys import read_private_key
    from app.refdata.load import packaged_data_folder
    from app.settings import Settings

    place = Settings.from_environment(os.environ).data
    folder = data or (packaged_data_folder() if place is None else Path(place))
    issued_at = now_utc().isoformat(timespec="seconds").replace("+00:00", "Z")
    content = write_bundle(folder, read_private_key(key), issued_at=issued_at)
    # Whole or not at all: a service may look at the file at any moment.
    part = output.with_name(f"{output.name}.part")
    part.write_bytes(content)
    part.replace(output)
    typer.echo(f"{output}: {len(content):,} bytes, signed at {issued_at}")


def make_keys(
    private: Annotated[Path, typer.Argument(help="File to write the private key to; keep it.")],
    public: Annotated[Path, typer.Argument(help="File to write the public key to; hand it out.")],
) -> None:
    """Make a key pair (Ed25519) to sign bundles with and to check them."""
    from app.refdata.bundle_keys import write_key_pair

    write_key_pair(private, public)
    typer.echo(f"{private}: sign with this, keep it secret")
    typer.echo(f"{public}: set LODESTONE_DATA_KEY to this where bundles are used")


def check_bundle(
    bundle: Annotated[Path, typer.Argument(help="Bundle to check.")],
    key: Annotated[Path, typer.Option(help="Public keys (PEM) whose signature counts.")],
) -> None:
    """Check signature, digests and data of a bundle, as a service would."""
    from app.refdata.bundle import load_bundle, read_bundle
    from app.refdata.bundle_keys import read_public_keys
    from app.refdata.place import read_bundle_file

    found = read_bundle(read_bundle_file(bundle), read_public_keys(key))
    reference = load_bundle(found)
    typer.echo(
        f"{bundle}: good, version {reference.version}, signed at {found.manifest.issued_at}, "
        f"newest source of {found.manifest.knowledge_cutoff}"
    )
