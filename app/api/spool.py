"""A long body taken in whole before its answer begins: in memory first, past a size on disk.

Reading a request while its answer streams loses rows without an error under some servers, and
clients that write everything before they read would wait for ever.
"""

from __future__ import annotations

import logging
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import IO, Protocol

from fastapi import Request

from app.api.json_body import too_large
from app.api.metrics import SHED
from app.errors import ServiceBusyError, UnreadableFileError, UnsupportedFormatError

LOG = logging.getLogger("lodestone.spool")

#: Bytes of one catalogue that stay in memory; the rest goes to a file without a name.
_IN_MEMORY_BYTES = 8 * 1024 * 1024
#: Most bytes that one piece of compressed input may become at a time.
_PIECE_BYTES = 1024 * 1024
ENCODINGS = ("identity", "gzip", "zstd")
#: Space on a disk comes back when other catalogues are done, or when somebody makes room.
_RETRY_SECONDS = 30


class _Decoder(Protocol):
    """Turns pieces of a compressed body into pieces of the plain one."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield what a piece becomes, never much at a time."""

    def finish(self) -> None:
        """Refuse a body that ends too early."""


class _Plain:
    def pieces(self, data: bytes) -> Iterator[bytes]:
        yield data

    def finish(self) -> None:
        return


class _Gzip:
    """Gzip, one member after the other."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self._begun = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._stream.eof:
                self._stream = zlib.decompressobj(wbits=31)
            self._begun = True
            try:
                yield self._stream.decompress(data, _PIECE_BYTES)
            except zlib.error as error:
                raise _unreadable("gzip") from error
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def finish(self) -> None:
        if self._begun and not self._stream.eof:
            raise _unreadable("gzip")


class _Zstd:
    """Zstandard, one frame after the other; each input piece grows within its window."""

    def __init__(self) -> None:
        import zstandard  # noqa: PLC0415 - an extra

        self._library = zstandard
        self._factory = zstandard.ZstdDecompressor(max_window_size=_IN_MEMORY_BYTES)
        self._stream = self._factory.decompressobj()
        self._begun = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        # Small bites: a block of four bytes may become 128 KiB.
        for start in range(0, len(data), 1024):
            bite = data[start : start + 1024]
            while bite:
                if self._stream.eof:
                    self._stream = self._factory.decompressobj()
                self._begun = True
                try:
                    yield self._stream.decompress(bite)
                except self._library.ZstdError as error:
                    raise _unreadable("zstd") from error
                bite = self._stream.unused_data if self._stream.eof else b""

    def finish(self) -> None:
        if self._begun and not self._stream.eof:
            raise _unreadable("zstd")


def _unreadable(encoding: str) -> UnreadableFileError:
    return UnreadableFileError(f"the body is no whole {encoding}, as its Content-Encoding says")


def _decoder(request: Request) -> _Decoder:
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        return _Plain()
    if encoding in {"gzip", "x-gzip"}:
        return _Gzip()
    if encoding == "zstd" and zstd_is_there():
        return _Zstd()
    raise UnsupportedFormatError(
        f"a body in '{encoding[:40]}' is not read; send it plain or as gzip"
        + (", or zstd" if zstd_is_there() else "; for zstd install the extra `zstd`")
    )


def zstd_is_there() -> bool:
    """Return whether zstd can be read and written."""
    from importlib.util import find_spec  # noqa: PLC0415 - asked once a request

    return find_spec("zstandard") is not None


class Spool:
    """The plain lines of a body, read from the start as often as wanted; closed at the end."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __enter__(self) -> Spool:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it; what was on disk is gone."""
        self.close()

    def close(self) -> None:
        """Forget everything."""
        self._file.close()

    def lines(self, most_bytes: int) -> Iterator[bytes]:
        """Yield the lines that are not blank, without their ends.

        Args:
            most_bytes: Longest line; of a longer one only one byte more is yielded.
        """
        self._file.seek(0)
        while line := self._file.readline(most_bytes + 2):
            rest = line
            while not rest.endswith(b"\n") and len(rest) == most_bytes + 2:
                rest = self._file.readline(most_bytes + 2)
            line = line.rstrip(b"\r\n")
            if line.strip():
                yield line


async def spooled(request: Request, *, most_bytes: int, setting: str) -> Spool:
    """Return a body that has arrived in whole, decoded.

    Args:
        request: The request.
        most_bytes: Largest plain body [bytes].
        setting: Name of the limit, for the message.

    Raises:
        UnsupportedFormatError: Its encoding is not read.
        UnreadableFileError: It is not what its encoding says.
        LimitExceededError: It is larger.
        ServiceBusyError: There is no room for it on the disk.
    """
    decoder = _decoder(request)
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 - given away
    size = 0
    try:
        async for chunk in request.stream():
            for piece in decoder.pieces(chunk):
                size += len(piece)
                _refuse_large(size, most_bytes, setting)
                _keep(file, piece)
        decoder.finish()
        _keep(file, b"")
    except BaseException:
        with suppress(OSError):  # closing writes what is left, and fails once more
            file.close()
        raise
    return Spool(file)


def _keep(file: IO[bytes], piece: bytes) -> None:
    """Write a piece; without one, make sure that all of them are written.

    Raises:
        ServiceBusyError: The disk, or the folder for temporary files, does not take it.
    """
    try:
        file.write(piece) if piece else file.flush()
    except OSError as error:
        SHED.labels("disk").inc()
        LOG.log(logging.ERROR, "event=no_temporary_space error=%r", error.strerror or "unknown")
        raise ServiceBusyError(
            f"there is no room for a catalogue of more than {_IN_MEMORY_BYTES // 1024**2} MB on "
            "the disk of the service; send smaller ones, or come back later",
            retry_after_seconds=_RETRY_SECONDS,
        ) from error


def _refuse_large(size: int, most_bytes: int, setting: str) -> None:
    if size > most_bytes:
        raise too_large(most_bytes, setting)
