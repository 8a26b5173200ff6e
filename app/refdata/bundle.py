"""A signed bundle of data files: one ZIP with a manifest, its Ed25519 signature, and the files.

The signature is checked before anything else is read; then every file against the manifest; then
the data themselves. Nothing here fetches or watches.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from app.domain.reference import ReferenceData
from app.errors import BundleError, ReferenceDataError
from app.refdata.counts import data_files
from app.refdata.load import digest_of, load_reference_data

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
FORMAT = 1

#: Largest bundle, file and sum of files [bytes]; the shipped data take a hundredth of it.
MOST_BYTES = 64 * 1024 * 1024
_MOST_FILE_BYTES = 16 * 1024 * 1024
_MOST_UNPACKED_BYTES = 256 * 1024 * 1024
_MOST_FILES = 5_000

_FOLDER = "data/"
_SUFFIXES = frozenset({".csv", ".yaml"})
#: Time in the ZIP, so that the same data give the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a bundle says of itself.

    Attributes:
        data_version: Digest of its files, as answers name it.
        issued_at: When it was signed, ISO 8601 in UTC; a later one replaces an earlier one.
        digests: SHA-256 of each file in hexadecimal, by path.
    """

    data_version: str
    issued_at: str
    knowledge_cutoff: str
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle whose signature and digests are right; its data are not yet checked."""

    manifest: Manifest
    files: Mapping[str, bytes]


def write_bundle(root: Path, key: Ed25519PrivateKey, *, issued_at: str) -> bytes:
    """Return a signed bundle of a folder of data files.

    Args:
        root: Folder of the data.
        key: Key to sign with.
        issued_at: Moment of signing, ISO 8601 in UTC.

    Raises:
        ReferenceDataError: The data are broken; nothing broken is signed.
    """
    reference = load_reference_data(root)
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in data_files(root)}
    manifest = {
        "format": FORMAT,
        "data_version": reference.version,
        "issued_at": issued_at,
        "knowledge_cutoff": reference.register.knowledge_cutoff.isoformat(),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    text = json.dumps(manifest, indent=1, sort_keys=True).encode()
    members = {MANIFEST: text, SIGNATURE: key.sign(text)}
    members |= {f"{_FOLDER}{name}": content for name, content in files.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def read_bundle(content: bytes, keys: Sequence[Ed25519PublicKey]) -> Bundle:
    """Return the files of a bundle that one of the keys has signed.

    Args:
        content: The bundle.
        keys: Keys whose signature counts.

    Raises:
        BundleError: It is too large or no bundle, its signature is of none of the keys, or a file
            or the version of all is not what the manifest says.
    """
    if len(content) > MOST_BYTES:
        raise BundleError("unreadable", f"the bundle is larger than {MOST_BYTES:,} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive, keys)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise BundleError(
            "unreadable", f"the bundle is no ZIP that can be read: {error}"
        ) from error


def _read(archive: zipfile.ZipFile, keys: Sequence[Ed25519PublicKey]) -> Bundle:
    names = archive.namelist()
    if len(names) > _MOST_FILES or len(set(names)) != len(names):
        raise BundleError("unreadable", "the bundle holds too many files, or one of them twice")
    signed = _member(archive, MANIFEST)
    _check_signature(signed, _member(archive, SIGNATURE), keys)
    manifest = _manifest(signed)
    expected = {MANIFEST, SIGNATURE, *(f"{_FOLDER}{name}" for name in manifest.digests)}
    if set(names) != expected:
        raise BundleError("bad_digest", "the bundle holds other files than its manifest names")
    files: dict[str, bytes] = {}
    total = 0
    for name, digest in manifest.digests.items():
        files[name] = _member(archive, f"{_FOLDER}{name}")
        total += len(files[name])
        if total > _MOST_UNPACKED_BYTES:
            raise BundleError("unreadable", f"more than {_MOST_UNPACKED_BYTES:,} bytes of files")
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise BundleError("bad_digest", f"{name} is not the file that was signed")
    version = digest_of(sorted(files.items()))
    if version != manifest.data_version:
        raise BundleError("bad_data", f"the files are of version {version}, not of its")
    return Bundle(manifest=manifest, files=files)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a file of the ZIP; counts while unpacking, whatever its header says."""
    try:
        with archive.open(name) as file:
            content = file.read(_MOST_FILE_BYTES + 1)
    except (KeyError, zlib.error) as error:
        raise BundleError("unreadable", f"the bundle has no readable {name}") from error
    if len(content) > _MOST_FILE_BYTES:
        raise BundleError("unreadable", f"{name} holds more than {_MOST_FILE_BYTES:,} bytes")
    return content


def _check_signature(signed: bytes, signature: bytes, keys: Sequence[Ed25519PublicKey]) -> None:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - only bundles need it

    for key in keys:
        try:
            key.verify(signature, signed)
        except InvalidSignature:
            continue
        return
    raise BundleError("bad_signature", "no key that counts has signed the bundle")


def _manifest(text: bytes) -> Manifest:
    try:
        fields = json.loads(text)
        digests = dict(fields["files"])
        if fields["format"] != FORMAT:
            raise BundleError("unreadable", f"format {fields['format']} of bundles is not known")
        manifest = Manifest(
            data_version=str(fields["data_version"]),
            issued_at=str(fields["issued_at"]),
            knowledge_cutoff=str(fields["knowledge_cutoff"]),
            digests=digests,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BundleError("unreadable", "the manifest of the bundle lacks a field") from error
    for name in manifest.digests:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or path.suffix not in _SUFFIXES or "\\" in name:
            raise BundleError("unreadable", f"the manifest names {name!r}, which is no data file")
    return manifest


def load_bundle(bundle: Bundle) -> ReferenceData:
    """Return the reference data of a bundle, read and checked.

    Raises:
        BundleError: The data are broken.
    """
    with tempfile.TemporaryDirectory(prefix="lodestone-data-") as folder:
        root = Path(folder)
        unpack(bundle, root)
        try:
            return load_reference_data(root)
        except ReferenceDataError as error:
            raise BundleError("bad_data", str(error)) from error


def unpack(bundle: Bundle, root: Path) -> None:
    """Write the files of a bundle below a folder."""
    for name, content in bundle.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
