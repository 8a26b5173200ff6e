"""Pages for people: a first page, and the documentation without any foreign address."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from app.api.documentation import SUMMARY, TITLE

router = APIRouter(include_in_schema=False)

_ASSETS = {
    "swagger-ui-bundle.js": "application/javascript",
    "swagger-ui.css": "text/css",
    "favicon-32x32.png": "image/png",
}
_ONE_HOUR = "public, max-age=3600"
#: The page starts Swagger UI itself, so it needs a little script and style inline.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_SWAGGER = {
    "dom_id": "#swagger-ui",
    "url": "openapi.json",
    "deepLinking": True,
    "displayRequestDuration": True,
    "tryItOutEnabled": True,
    "filter": True,
    # The validator badge would send the address of this service to a foreign one.
    "validatorUrl": None,
}
_DOCS = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{TITLE} - API</title>
<link rel="stylesheet" href="swagger/swagger-ui.css">
<link rel="icon" href="swagger/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="swagger/swagger-ui-bundle.js"></script>
<script>
SwaggerUIBundle(Object.assign({json.dumps(_SWAGGER)}, {{
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset]
}}))
</script>
</body>
</html>
"""
_INDEX = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{TITLE}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 44rem }}
body {{ margin: 3rem auto; padding: 0 1rem }}
</style>
</head>
<body>
<h1>{TITLE}</h1>
<p>{SUMMARY}.</p>
<ul>
<li><a href="docs">Documentation</a>, with examples to run</li>
<li><a href="openapi.json">OpenAPI document</a></li>
<li><a href="v1/methodology">Method</a>, <a href="v1/reference">reference data and sources</a></li>
<li><a href="v1/controls">Register of export controls</a></li>
</ul>
</body>
</html>
"""


@router.get("/")
def get_index() -> Response:
    """Return the first page."""
    return HTMLResponse(_INDEX, headers={"content-security-policy": _POLICY})


@router.get("/docs")
def get_documentation() -> Response:
    """Return Swagger UI over our own OpenAPI document."""
    return HTMLResponse(_DOCS, headers={"content-security-policy": _POLICY})


@router.get("/swagger/swagger-ui-bundle.js")
def get_swagger_script() -> Response:
    """Return the script of Swagger UI."""
    return _asset("swagger-ui-bundle.js")


@router.get("/swagger/swagger-ui.css")
def get_swagger_style() -> Response:
    """Return the style of Swagger UI."""
    return _asset("swagger-ui.css")


@router.get("/swagger/favicon-32x32.png")
def get_swagger_icon() -> Response:
    """Return the icon of Swagger UI."""
    return _asset("favicon-32x32.png")


def _asset(name: str) -> Response:
    return Response(
        _asset_bytes(name), media_type=_ASSETS[name], headers={"cache-control": _ONE_HOUR}
    )


@cache
def _asset_bytes(name: str) -> bytes:
    """Return a file of the Swagger UI package, read at its first use."""
    return (files("fastapi_swagger") / "resources" / name).read_bytes()
