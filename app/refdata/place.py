"""Where reference data lie: in the package, in a folder, in a bundle file, or at an address."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.reference import ReferenceData
from app.errors import BundleError
from app.refdata.bundle import load_bundle, read_bundle
from app.refdata.bundle_keys import read_public_keys
from app.refdata.fetch import fetch_bundle
from app.refdata.load import load_reference_data

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_address(place: str) -> bool:
    """Return whether a place is an address rather than a path."""
    return "://" in place


def load_place(place: str | None, key_file: Path | None) -> ReferenceData:
    """Return the reference data of a place, read and checked; nothing stands in for them.

    Args:
        place: Folder, bundle file, address of a bundle, or None for the package.
        key_file: Public keys whose signature a bundle must bear.

    Raises:
        ReferenceDataError: The data are broken or cannot be fetched, or a bundle is not signed.
    """
    if place is None:
        return load_reference_data()
    if not is_address(place) and Path(place).is_dir():
        return load_reference_data(Path(place))
    keys = keys_of(key_file)
    if is_address(place):
        content = fetch_bundle(place).content or b""
    else:
        content = read_bundle_file(Path(place))
    return load_bundle(read_bundle(content, keys))


def keys_of(key_file: Path | None) -> Sequence[Ed25519PublicKey]:
    """Return the keys whose signature counts.

    Raises:
        BundleError: There is no file of keys, or none in it.
    """
    if key_file is None:
        raise BundleError("key", "a bundle is only used if it is signed: set LODESTONE_DATA_KEY")
    return read_public_keys(key_file)


def read_bundle_file(path: Path) -> bytes:
    """Return the bytes of a bundle file.

    Raises:
        BundleError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise BundleError("unreachable", f"{path}: {error.strerror or error}") from error
