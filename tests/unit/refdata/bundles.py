"""Bundles of the shipped data, good ones and bad ones, signed with keys of the tests."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.refdata.bundle import MANIFEST, SIGNATURE, write_bundle
from app.refdata.load import digest_of, packaged_data_folder

#: Made from fixed bytes, so that tests of one run and the next agree.
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
EARLY, LATE = "2026-11-23T10:00:00Z", "2026-11-24T10:00:00Z"


def public_pem(key: Ed25519PrivateKey = KEY) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def write_keys(path: Path, *keys: Ed25519PrivateKey) -> Path:
    path.write_bytes(b"".join(public_pem(key) for key in keys or (KEY,)))
    return path


@cache
def good_bundle(issued_at: str = EARLY) -> bytes:
    return write_bundle(packaged_data_folder(), KEY, issued_at=issued_at)


def members(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def changed(change: Callable[[dict[str, bytes]], None], bundle: bytes | None = None) -> bytes:
    """Return a bundle with other files but the same manifest and signature."""
    files = members(good_bundle() if bundle is None else bundle)
    change(files)
    return packed(files)


def resigned(
    change: Callable[[dict[str, bytes]], None],
    *,
    manifest: Callable[[dict[str, object]], None] | None = None,
    key: Ed25519PrivateKey = KEY,
) -> bytes:
    """Return a bundle whose manifest fits its changed files and is signed."""
    files = members(good_bundle())
    change(files)
    fields = json.loads(files[MANIFEST])
    fields["files"] = {
        name.removeprefix("data/"): hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name.startswith("data/")
    }
    fields["data_version"] = digest_of(
        (name.removeprefix("data/"), content)
        for name, content in sorted(files.items())
        if name.startswith("data/")
    )
    if manifest is not None:
        manifest(fields)
    files[MANIFEST] = json.dumps(fields).encode()
    files[SIGNATURE] = key.sign(files[MANIFEST])
    return packed(files)


def broken_data(issued_at: str = LATE) -> bytes:
    """Return a signed bundle whose data contradict themselves."""

    def spoil(files: dict[str, bytes]) -> None:
        files["data/controls/register.yaml"] += b"unknown_key: 1\n"

    def date(fields: dict[str, object]) -> None:
        fields["issued_at"] = issued_at

    return resigned(spoil, manifest=date)
