"""Keys that sign bundles and those that check them, as PEM files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import BundleError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

_PUBLIC = re.compile(rb"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----", re.DOTALL)
#: Only its owner may read a private key.
_OWNER_ONLY = 0o600


def write_key_pair(private: Path, public: Path) -> None:
    """Make a key pair; neither file may exist.

    Raises:
        BundleError: A file exists already or cannot be written.
    """
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - only bundles need it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - only bundles need it
        Ed25519PrivateKey,
    )

    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    known = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    try:
        _write_new(public, known, mode=0o644)
        _write_new(private, secret, mode=_OWNER_ONLY)
    except OSError as error:
        raise BundleError("key", f"{error.filename}: {error.strerror}") from error


def _write_new(path: Path, content: bytes, *, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def read_private_key(path: Path) -> Ed25519PrivateKey:
    """Return a key to sign with.

    Raises:
        BundleError: The file holds no unencrypted Ed25519 key.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - only bundles need it
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - only bundles need it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - only bundles need it
        Ed25519PrivateKey,
    )

    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BundleError("key", f"{path}: no private key can be read: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BundleError("key", f"{path}: the key is no Ed25519 key")
    return key


def read_public_keys(path: Path) -> tuple[Ed25519PublicKey, ...]:
    """Return the keys whose signature counts; one file may hold several, for a change of keys.

    Raises:
        BundleError: The file holds no Ed25519 key.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - only bundles need it
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - only bundles need it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - only bundles need it
        Ed25519PublicKey,
    )

    try:
        blocks = _PUBLIC.findall(path.read_bytes())
        keys = [serialization.load_pem_public_key(block) for block in blocks]
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise BundleError("key", f"{path}: no public key can be read: {error}") from error
    found = tuple(key for key in keys if isinstance(key, Ed25519PublicKey))
    if not found or len(found) != len(keys):
        raise BundleError("key", f"{path}: must hold Ed25519 public keys as PEM, and only these")
    return found
