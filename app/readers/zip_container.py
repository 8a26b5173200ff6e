"""A zip container opened with bounds: members and sizes are checked first, then counted."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from app.errors import Fault, UnreadableFileError
from app.readers.options import Guard, limit_error

_END_RECORD = b"PK\x05\x06"
_END_SIZE = 22
_MAX_COMMENT = 65_535
_CHUNK = 1024 * 1024
#: Members below this size are not checked for their expansion ratio [byte].
_SMALL = 8 * 1024 * 1024
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED_FLAG = 0x1
#: What zipfile raises for a damaged container; ValueError is a seek before its beginning.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    struct.error,
)
#: Bytes of one directory entry that are still plausible; longer names are an attack.
_ENTRY_BYTES = 1024


class ZipContainer:
    """The members of a zip file."""

    def __init__(self, data: bytes, guard: Guard) -> None:
        self._guard = guard
        self._check_directory(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise _broken("the zip container is broken or cut off") from error
        members = self._zip.infolist()
        if len(members) > guard.limits.max_zip_members:
            raise self._too_many()
        self._members = {info.filename: info for info in members}
        if len(self._members) < len(members):
            raise _broken("two files in the container have the same name")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the members, in the order of the container."""
        return tuple(self._members)

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def _check_directory(self, data: bytes) -> None:
        """Count the directory's entries from its end record, before the directory is read."""
        at = data.rfind(_END_RECORD, max(0, len(data) - _END_SIZE - _MAX_COMMENT))
        if at < 0 or at + _END_SIZE > len(data):
            raise _broken("the zip container has no directory; the file is cut off")
        entries, size = struct.unpack_from("<HI", data, at + 10)
        most = self._guard.limits.max_zip_members
        if entries > most or size > most * _ENTRY_BYTES:
            raise self._too_many()

    def _too_many(self) -> Exception:
        most = self._guard.limits.max_zip_members
        return limit_error("max_zip_members", f"{most} files", "number of files in the container")

    def count(self, name: str, needle: bytes, *, most: int) -> int:
        """Return how often `needle` occurs in a member, at most a little over `most`."""
        found = 0
        for chunk in self._chunks(name):
            found += chunk.count(needle)
            if found > most:
                break
        return found

    def size(self, name: str) -> int:
        """Return the size that a member says it has after decompression [byte]."""
        return self._members[name].file_size if name in self._members else 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the decompressed bytes of a member, counted while they are read.

        Raises:
            LimitExceededError: The member expands beyond a limit.
            UnreadableFileError: It is missing, encrypted, damaged or oddly compressed.
        """
        for chunk in self._chunks(name):
            self._guard.add_expanded(len(chunk))
            yield chunk

    def _chunks(self, name: str) -> Iterator[bytes]:
        info = self._members.get(name)
        if info is None:
            raise _broken(f"the container holds no '{name[:80]}'")
        self._check_member(info)
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._guard.check_time()
                    yield chunk
        except _DAMAGE as error:
            raise _broken(f"'{name[:80]}' inside the container is damaged") from error
        except RuntimeError as error:
            raise _broken("the container is encrypted; save it without a password") from error

    def read(self, name: str) -> bytes:
        """Return all decompressed bytes of a member."""
        return b"".join(self.chunks(name))

    def _check_member(self, info: zipfile.ZipInfo) -> None:
        limits = self._guard.limits
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise _broken("the container is encrypted; save it without a password")
        if info.compress_type not in _METHODS:
            raise _broken("the container is compressed by an unusual method; save it again")
        if info.file_size > limits.max_expanded_bytes:
            raise limit_error(
                "max_expanded_bytes", f"{limits.max_expanded_bytes:,} bytes", "expanded size"
            )
        if info.file_size > _SMALL:
            ratio = info.file_size / max(1, info.compress_size)
            if ratio > limits.max_expansion_ratio:
                raise limit_error(
                    "max_expansion_ratio", f"{limits.max_expansion_ratio} to 1", "expansion"
                )


def _broken(detail: str) -> UnreadableFileError:
    return UnreadableFileError(detail, (Fault(code="broken_container", detail=detail),))
