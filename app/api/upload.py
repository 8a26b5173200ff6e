"""A multipart form with one file and the context as fields, held in memory under a limit."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from app.api.faults import faults_of
from app.api.json_body import media_type_of, refuse, refuse_encoded, too_large
from app.api.schemas.context import ContextText
from app.api.schemas.file_options import FileOptionsText
from app.errors import Fault, UnreadableFileError, UnsupportedFormatError

_Model = TypeVar("_Model", bound=BaseModel)

_FILE = "file"
_MOST_FIELDS = 20
_LARGEST_FIELD_BYTES = 16 * 1024
#: Boundaries and part headers beside the file itself.
_OVERHEAD_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file with the question about it, and what is said about the file itself."""

    name: str
    content: bytes
    context: ContextText
    about_file: FileOptionsText


class _InMemoryParser(MultiPartParser):
    """Keeps the file out of the file system: a bill of materials is a trade secret."""

    spool_max_size = 0  # zero means that nothing rolls over to a file


async def read_upload(request: Request, *, most_bytes: int) -> Upload:
    """Return the file and the context of a multipart form.

    Args:
        request: The request.
        most_bytes: Largest file [bytes].

    Raises:
        UnsupportedFormatError: The body is no multipart form.
        UnreadableFileError: The form is broken.
        LimitExceededError: It is too large.
        InvalidInputError: There is not exactly one file, or a field does not fit.
    """
    media_type = media_type_of(request)
    if media_type != "multipart/form-data":
        sent = f"'{media_type}'" if media_type else "no media type"
        raise UnsupportedFormatError(f"expected the media type multipart/form-data, got {sent}")
    refuse_encoded(request)
    most = most_bytes + _OVERHEAD_BYTES
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > most:
        raise too_large(most_bytes, "LODESTONE_MAX_UPLOAD_BYTES")
    parser = _InMemoryParser(
        request.headers,
        _limited(request, most=most, told=most_bytes),
        max_files=2,
        max_fields=_MOST_FIELDS,
        max_part_size=_LARGEST_FIELD_BYTES,
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise _broken(str(getattr(error, "message", "no boundary"))) from error
    try:
        return await _upload_from(form.multi_items())
    finally:
        await form.close()


async def _upload_from(items: list[tuple[str, UploadFile | str]]) -> Upload:
    files = [(name, value) for name, value in items if isinstance(value, UploadFile)]
    fields = [(name, value) for name, value in items if isinstance(value, str) and value != ""]
    faults = list(_field_faults([name for name, _ in fields], [name for name, _ in files]))
    values = {name: value for name, value in fields if name != _FILE}
    about = {name: values.pop(name) for name in FileOptionsText.model_fields if name in values}
    context = _validated(ContextText, values, faults)
    about_file = _validated(FileOptionsText, about, faults)
    content = await files[0][1].read() if files else b""
    if files and not content:
        faults.append(Fault(code="empty_file", detail="the file holds no bytes", pointer="/file"))
    refuse(tuple(faults))
    if context is None or about_file is None:  # without faults there are both
        raise AssertionError
    name = files[0][1].filename or ""
    return Upload(name=name, content=content, context=context, about_file=about_file)


def _validated(model: type[_Model], values: dict[str, str], faults: list[Fault]) -> _Model | None:
    """Return the fields of a model, or None where they do not fit; `faults` then says why."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        known = (_FILE, *ContextText.model_fields, *FileOptionsText.model_fields)
        faults.extend(faults_of(error.errors(include_url=False), known_fields=known))
    return None


def _field_faults(fields: list[str], files: list[str]) -> list[Fault]:
    faults = [
        Fault(code="repeated_field", detail="give this field once", pointer=f"/{name}")
        for name in sorted({name for name in fields if fields.count(name) > 1})
    ]
    if files != [_FILE]:
        code, detail = ("missing", "send one bill of materials as the file field `file`")
        if len(files) > 1:
            code, detail = ("too_many", "send one file a request, as the field `file`")
        faults.append(Fault(code=code, detail=detail, pointer="/file"))
    return faults


async def _limited(request: Request, *, most: int, told: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise too_large(told, "LODESTONE_MAX_UPLOAD_BYTES")
        yield chunk


def _broken(reason: str) -> UnreadableFileError:
    detail = f"the multipart form cannot be read: {reason}"
    return UnreadableFileError(detail, (Fault(code="unreadable_form", detail=detail),))
