"""Pages for people: the upload, and the documentation without any foreign address."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.api.documentation import TITLE
from app.api.page_texts import language_for
from app.api.service import TheService

router = APIRouter(include_in_schema=False)

_ONE_HOUR = "public, max-age=3600"
#: Package, folder inside it, and media type of each file.
_ASSETS = {
    "page/upload.css": ("app.api", "page/upload.css", "text/css"),
    "page/upload.js": ("app.api", "page/upload.js", "application/javascript"),
    "page/swagger.css": ("app.api", "page/swagger.css", "text/css"),
    "page/swagger.js": ("app.api", "page/swagger.js", "application/javascript"),
    "page/redoc.js": ("app.api", "page/redoc.js", "application/javascript"),
    "page/icon.svg": ("app.api", "page/icon.svg", "image/svg+xml"),
    "swagger/swagger-ui-bundle.js": (
        "fastapi_swagger", "resources/swagger-ui-bundle.js", "application/javascript",
    ),
    "swagger/swagger-ui.css": ("fastapi_swagger", "resources/swagger-ui.css", "text/css"),
    "redoc/redoc.standalone.js": (
        "fastapi_offline", "static/redoc.standalone.js", "application/javascript",
    ),
}  # fmt: skip
#: ReDoc would fetch its maker's logo from there.
_FOREIGN_LOGO = b"https://cdn.redoc.ly/redoc/logo-mini.svg"
#: Both write their styles into the page while they run.
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def _document(name: str, body: str, *, style: str = "") -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{TITLE} - {name}</title>
{style}<link rel="icon" href="page/icon.svg" type="image/svg+xml">
</head>
<body>
{body}
</body>
</html>
"""


_SWAGGER = _document(
    "API",
    '<div id="swagger-ui"></div>\n'
    '<script src="swagger/swagger-ui-bundle.js"></script>\n'
    '<script src="page/swagger.js"></script>',
    style='<link rel="stylesheet" href="swagger/swagger-ui.css">\n'
    '<link rel="stylesheet" href="page/swagger.css">\n',
)
_REDOC = _document(
    "API reference",
    '<div id="redoc"></div>\n'
    '<script src="redoc/redoc.standalone.js"></script>\n'
    '<script src="page/redoc.js"></script>',
)


@router.get("/")
def get_index(request: Request, service: TheService, lang: str | None = None) -> Response:
    """Return the upload page in the language of the address or the browser."""
    from app.api.upload_page import page_policy, upload_page  # noqa: PLC0415 - at its first use

    settings = service.settings
    page = upload_page(
        language_for(lang, request.headers.get("accept-language", "")),
        destination=settings.default_destination,
        most_bytes=settings.max_upload_bytes,
        auth=settings.auth,
    )
    return HTMLResponse(
        page, headers={"content-security-policy": page_policy(), "vary": "accept-language"}
    )


@router.get("/docs")
def get_documentation() -> Response:
    """Return Swagger UI over our own OpenAPI document."""
    return HTMLResponse(_SWAGGER, headers={"content-security-policy": _POLICY})


@router.get("/redoc")
def get_reference() -> Response:
    """Return ReDoc over our own OpenAPI document."""
    return HTMLResponse(_REDOC, headers={"content-security-policy": _POLICY})


def _serve(path: str) -> None:
    package, place, media_type = _ASSETS[path]

    def get_asset() -> Response:
        return Response(
            _bytes(package, place), media_type=media_type, headers={"cache-control": _ONE_HOUR}
        )

    router.add_api_route(f"/{path}", get_asset, methods=["GET"], include_in_schema=False)


@cache
def _bytes(package: str, place: str) -> bytes:
    """Return a file of a package, read at its first use."""
    found = files(package)
    for part in place.split("/"):
        found = found / part
    return found.read_bytes().replace(_FOREIGN_LOGO, b"data:,")


for _path in _ASSETS:
    _serve(_path)
