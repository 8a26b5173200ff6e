"""Signed bundles: made, checked, refused, fetched."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.errors import BundleError, ReferenceDataError
from app.refdata import bundle as bundle_module
from app.refdata import fetch as fetch_module
from app.refdata.bundle import MANIFEST, SIGNATURE, load_bundle, read_bundle, write_bundle
from app.refdata.bundle_keys import read_private_key, read_public_keys, write_key_pair
from app.refdata.fetch import Fetched, fetch_bundle
from app.refdata.load import data_version, packaged_data_folder
from app.refdata.place import load_place
from tests.unit.refdata.bundles import (
    EARLY,
    KEY,
    LATE,
    OTHER_KEY,
    broken_data,
    changed,
    good_bundle,
    members,
    public_pem,
    resigned,
    write_keys,
)

KEYS = (KEY.public_key(),)


def refusal(content: bytes) -> str:
    with pytest.raises(BundleError) as caught:
        load_bundle(read_bundle(content, KEYS))
    return caught.value.reason


def test_a_bundle_gives_back_the_data_that_went_in() -> None:
    bundle = read_bundle(good_bundle(), KEYS)

    reference = load_bundle(bundle)

    assert reference.version == data_version(packaged_data_folder())
    assert bundle.manifest.data_version == reference.version
    assert bundle.manifest.issued_at == EARLY
    assert bundle.manifest.knowledge_cutoff == reference.register.knowledge_cutoff.isoformat()


def test_the_same_data_give_the_same_bytes() -> None:
    assert good_bundle(LATE) == write_bundle(packaged_data_folder(), KEY, issued_at=LATE)


def test_any_of_several_keys_counts() -> None:
    keys = (OTHER_KEY.public_key(), KEY.public_key())

    assert read_bundle(good_bundle(), keys).manifest.issued_at == EARLY


def test_broken_data_are_not_signed(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("[]")

    with pytest.raises(ReferenceDataError):
        write_bundle(tmp_path, KEY, issued_at=EARLY)


def _set(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.__setitem__(name, content)


def _drop(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.__delitem__(name)


def test_a_signature_of_another_key_is_refused() -> None:
    assert refusal(resigned(lambda _: None, key=OTHER_KEY)) == "bad_signature"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"", "unreadable"),
        (lambda: b"no ZIP", "unreadable"),
        (lambda: good_bundle()[:-200], "unreadable"),
        (lambda: changed(_drop(MANIFEST)), "unreadable"),
        (lambda: changed(_drop(SIGNATURE)), "unreadable"),
        (lambda: changed(_set(SIGNATURE, b"\0" * 64)), "bad_signature"),
        (lambda: changed(_set(SIGNATURE, b"")), "bad_signature"),
        (lambda: changed(_set(MANIFEST, b"{}")), "bad_signature"),
        (lambda: changed(_set("data/sources.yaml", b"{}")), "bad_digest"),
        (lambda: changed(_set("data/more.yaml", b"{}")), "bad_digest"),
        (lambda: changed(_set("readme.txt", b"hello")), "bad_digest"),
        (lambda: changed(_drop("data/sources.yaml")), "bad_digest"),
        (broken_data, "bad_data"),
    ],
)
def test_what_is_not_as_it_was_signed_is_refused(make: Callable[[], bytes], reason: str) -> None:
    assert refusal(make()) == reason


def test_the_version_of_the_manifest_must_be_that_of_the_files() -> None:
    lying = resigned(lambda _: None, manifest=lambda fields: fields.update(data_version="0" * 12))

    assert refusal(lying) == "bad_data"


@pytest.mark.parametrize(
    "name", ["../evil.yaml", "/etc/evil.yaml", "a/../../evil.csv", "evil.py", "a\\evil.yaml"]
)
def test_a_signed_manifest_may_not_name_a_path_outside(name: str) -> None:
    def add(fields: dict[str, object]) -> None:
        files = fields["files"]
        assert isinstance(files, dict)
        files[name] = "0" * 64

    assert refusal(resigned(lambda _: None, manifest=add)) == "unreadable"


@pytest.mark.parametrize("field", ["format", "data_version", "issued_at", "files"])
def test_a_signed_manifest_without_a_field_is_refused(field: str) -> None:
    assert refusal(
        resigned(lambda _: None, manifest=lambda fields: fields.__delitem__(field))
    ) == "unreadable"  # fmt: skip


def test_another_format_of_bundles_is_refused() -> None:
    later = resigned(lambda _: None, manifest=lambda fields: fields.update(format=2))

    assert refusal(later) == "unreadable"


def test_a_file_twice_is_refused(recwarn: pytest.WarningsRecorder) -> None:
    stream = io.BytesIO(good_bundle())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("data/sources.yaml", b"{}")

    assert refusal(stream.getvalue()) == "unreadable"
    assert len(recwarn) == 1


@pytest.mark.parametrize(
    "limit", ["MOST_BYTES", "_MOST_FILE_BYTES", "_MOST_UNPACKED_BYTES", "_MOST_FILES"]
)
def test_too_much_is_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = good_bundle()
    monkeypatch.setattr(bundle_module, limit, 100 if limit != "_MOST_FILES" else 3)

    assert refusal(content) == "unreadable"


# ------------------------------------------------------------------------------------- keys


def test_a_key_pair_signs_and_checks(tmp_path: Path) -> None:
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"

    write_key_pair(private, public)

    assert private.stat().st_mode & 0o777 == 0o600
    content = write_bundle(packaged_data_folder(), read_private_key(private), issued_at=EARLY)
    assert read_bundle(content, read_public_keys(public)).manifest.issued_at == EARLY


def test_no_key_is_overwritten(tmp_path: Path) -> None:
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    private.write_bytes(b"mine")

    with pytest.raises(BundleError, match="File exists"):
        write_key_pair(private, public)

    assert private.read_bytes() == b"mine"


def _pem(key: Ed25519PrivateKey | X25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


@pytest.mark.parametrize("content", [b"", b"x", _pem(X25519PrivateKey.generate())])
def test_a_file_without_the_right_private_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key.pem").write_bytes(content)

    with pytest.raises(BundleError) as caught:
        read_private_key(tmp_path / "key.pem")

    assert caught.value.reason == "key"


def _public_pem(key: X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        _pem(KEY),
        _public_pem(X25519PrivateKey.generate()),
        public_pem() + _public_pem(X25519PrivateKey.generate()),
        b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
    ],
)
def test_a_file_without_the_right_public_keys_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key.pem").write_bytes(content)

    with pytest.raises(BundleError) as caught:
        read_public_keys(tmp_path / "key.pem")

    assert caught.value.reason == "key"


# ------------------------------------------------------------------------------------ fetch

URL = "https://data.example.org/lodestone-data.zip"


def answering(handler: Callable[[httpx.Request], httpx.Response]) -> httpx.MockTransport:
    return httpx.MockTransport(handler)


def test_the_second_question_is_conditional() -> None:
    seen: list[httpx.Request] = []

    def serve(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.headers.get("if-none-match") == '"1"':
            return httpx.Response(304)
        marks = {"etag": '"1"', "last-modified": "Mon, 23 Nov 2026 10:00:00 GMT"}
        return httpx.Response(200, content=b"bundle", headers=marks)

    transport = answering(serve)
    first = fetch_bundle(URL, transport=transport)
    second = fetch_bundle(URL, last=first, transport=transport)

    assert first.content == b"bundle"
    assert second == dataclasses.replace(first, content=None)
    assert seen[1].headers["if-modified-since"] == "Mon, 23 Nov 2026 10:00:00 GMT"


def _fails(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route", request=request)


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        (_fails, "unreachable"),
        (lambda _: httpx.Response(404), "unreachable"),
        (lambda _: httpx.Response(302, headers={"location": "https://elsewhere"}), "unreachable"),
        (lambda _: httpx.Response(500), "unreachable"),
    ],
)
def test_a_server_that_does_not_deliver_is_told(
    handler: Callable[[httpx.Request], httpx.Response], reason: str
) -> None:
    with pytest.raises(BundleError) as caught:
        fetch_bundle(URL, last=Fetched(content=None), transport=answering(handler))

    assert caught.value.reason == reason


def test_no_more_than_the_limit_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_module, "MOST_BYTES", 10)
    transport = answering(lambda _: httpx.Response(200, content=b"x" * 11))

    with pytest.raises(BundleError) as caught:
        fetch_bundle(URL, transport=transport)

    assert caught.value.reason == "unreadable"


# ------------------------------------------------------------------------------------ place


def test_data_come_from_the_package_a_folder_or_a_bundle(tmp_path: Path) -> None:
    keys = write_keys(tmp_path / "key.pem")
    bundle = tmp_path / "data.zip"
    bundle.write_bytes(good_bundle())

    versions = {
        load_place(None, None).version,
        load_place(str(packaged_data_folder()), None).version,
        load_place(str(bundle), keys).version,
    }

    assert versions == {data_version(packaged_data_folder())}


@pytest.mark.parametrize("place", ["/no/such/file.zip", "http://127.0.0.1:1/data.zip"])
def test_a_place_that_is_not_there_is_told(place: str, tmp_path: Path) -> None:
    with pytest.raises(BundleError) as caught:
        load_place(place, write_keys(tmp_path / "key.pem"))

    assert caught.value.reason == "unreachable"


def test_a_bundle_needs_a_key(tmp_path: Path) -> None:
    (tmp_path / "data.zip").write_bytes(good_bundle())

    with pytest.raises(BundleError, match="LODESTONE_DATA_KEY"):
        load_place(str(tmp_path / "data.zip"), None)


def test_the_manifest_is_plain_json() -> None:
    fields = json.loads(members(good_bundle())[MANIFEST])

    assert sorted(fields) == ["data_version", "files", "format", "issued_at", "knowledge_cutoff"]
