"""The page at `/`: a form for one bill of materials, and the report below it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from app.api.codes import COUNTRY_CODES
from app.api.page_texts import LANGUAGES, language_tag, page_texts
from app.api.schemas.fields import LONGEST_HORIZON_DAYS, LONGEST_NAME
from app.report.html_report import style_hash
from app.report.language import language as words_of
from app.report.markup import Markup, Value, joined, tag

_MEGABYTE = 1024 * 1024
_USUAL_HORIZON = 180
#: Countries that stand first in the list.
_FREQUENT = ("JP", "DE", "US", "KR", "IN", "FR", "GB", "IT", "NL", "TW")
_UPLOAD = "v1/assessments/upload"
#: Field of a request in which a key or token goes, by the choice of the deployment.
_KEY_FIELDS = {"keys": "X-API-Key", "oidc": "Authorization"}
#: Texts that the script says.
_SAID = (
    "sending", "scoring", "ready", "failed", "unreachable", "file.missing", "destination.missing",
    "file.large", "row", "column", "problem", "key.missing",
)  # fmt: skip


def page_policy() -> str:
    """Return the content security policy: our own script and style, and that of the report."""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' {style_hash()}; "
        "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


@cache
def upload_page(
    code: str, *, destination: str | None, most_bytes: int, auth: str | None = None
) -> bytes:
    """Return the page as UTF-8 HTML.

    Args:
        code: Language.
        destination: Default destination of the deployment, or None.
        most_bytes: Largest upload [bytes].
        auth: Who may call: keys and oidc make a field for the key or token.
    """
    texts = page_texts(code)
    size = f"{most_bytes / _MEGABYTE:.0f}"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"{texts['title']} – Lodestone"),
        tag("link", rel="icon", href="page/icon.svg", type="image/svg+xml"),
        tag("link", rel="stylesheet", href="page/upload.css"),
        tag("script", "", src="page/upload.js", defer=True),
    )
    body = tag(
        "body",
        tag("header", tag("p", "Lodestone", class_="brand"), _languages(code), class_="top"),
        tag(
            "main",
            tag("h1", texts["title"]),
            tag("p", texts["lead"], class_="lead"),
            _form(code, texts, destination, size, auth),
            tag("p", texts["privacy"], class_="privacy"),
            class_="page",
        ),
        tag("section", id="report", tabindex="-1", aria_label=texts["ready"], hidden=True),
        tag("footer", _links(texts, auth), class_="foot"),
    )
    tag_of_language = language_tag(code)
    return joined(
        Markup("<!doctype html>\n"), tag("html", head, body, lang=tag_of_language)
    ).encode()


def _languages(code: str) -> Markup:
    items = [
        tag(
            "li",
            tag(
                "a",
                page_texts(one)["name"],
                href=f"?lang={one}",
                lang=language_tag(one),
                hreflang=language_tag(one),
                aria_current="true" if one == code else None,
            ),
        )
        for one in LANGUAGES
    ]
    return tag("nav", tag("ul", items), aria_label=page_texts(code)["language"])


def _form(
    code: str, texts: Mapping[str, str], destination: str | None, size: str, auth: str | None
) -> Markup:
    said: dict[str, Value] = {
        f"data_{key.replace('.', '_')}": texts[key].format(size=size) for key in _SAID
    }
    return tag(
        "form",
        tag("input", type="hidden", name="language", value=code),
        _key_field(texts, auth) if auth is not None and auth in _KEY_FIELDS else None,
        _file_field(texts, size),
        tag(
            "div",
            _destination_field(code, texts, destination),
            _end_use_field(texts),
            _text_field("as_of", texts, type="date"),
            _text_field("end_user", texts, type="text", maxlength=LONGEST_NAME, autocomplete="off"),
            class_="fields",
        ),
        tag(
            "details",
            tag("summary", texts["more"]),
            tag(
                "div",
                _text_field("known_on", texts, type="date"),
                _text_field(
                    "horizon_days", texts, type="number", min=1, max=LONGEST_HORIZON_DAYS,
                    value=_USUAL_HORIZON,
                ),
                _text_field("columns", texts, type="text", maxlength=10_000, autocomplete="off"),
                _text_field("sheet", texts, type="text", maxlength=255, autocomplete="off"),
                class_="fields",
            ),
        ),
        tag(
            "div",
            _button("html", texts["show"], main=True),
            _button("xlsx", texts["as.xlsx"]),
            _button("csv", texts["as.csv"]),
            class_="buttons",
        ),
        tag("progress", "", id="progress", max=100, value=0, aria_label=texts["sending"],
            hidden=True),
        tag("p", "", id="status", role="status"),
        tag("div", "", id="errors", role="alert"),
        tag("template", _tools(texts), id="tools"),
        id="form",
        method="post",
        enctype="multipart/form-data",
        action=f"{_UPLOAD}?format=html",
        data_limit_mb=size,
        **said,
    )  # fmt: skip


def _key_field(texts: Mapping[str, str], auth: str) -> Markup:
    """Return the field for a key or token; it has no name, so that no form ever sends it."""
    return tag(
        "div",
        tag("label", texts[f"key.{auth}"], for_="key"),
        tag("input", type="password", id="key", autocomplete="off", spellcheck="false",
            data_field=_KEY_FIELDS[auth], aria_describedby="key-hint"),
        tag("p", texts["key.hint"], id="key-hint", class_="hint"),
        class_="key",
    )  # fmt: skip


def _file_field(texts: Mapping[str, str], size: str) -> Markup:
    links = joined(
        texts["template"],
        " ",
        tag("a", texts["template.xlsx"], href=_template_address("xlsx", texts), download=True),
        ", ",
        tag("a", texts["template.csv"], href=_template_address("csv", texts), download=True),
    )
    return tag(
        "div",
        tag("label", texts["file"], for_="file"),
        tag("p", texts["file.drop"]),
        tag("input", type="file", id="file", name="file", required=True,
            aria_describedby="file-hint"),
        tag("p", texts["file.hint"].format(size=size), " ", links, id="file-hint", class_="hint"),
        id="drop",
        class_="drop",
    )  # fmt: skip


def _template_address(form: str, texts: Mapping[str, str]) -> str:
    code = next(one for one in LANGUAGES if page_texts(one)["name"] == texts["name"])
    return f"v1/template?format={form}&language={code}"


def _destination_field(code: str, texts: Mapping[str, str], destination: str | None) -> Markup:
    names = words_of(code).countries()
    every = sorted(COUNTRY_CODES & names.keys(), key=lambda key: (names[key].casefold(), key))

    def option(key: str, chosen: str | None) -> Markup:
        return tag("option", names[key], value=key, selected=key == chosen)

    first = [option(key, destination) for key in _FREQUENT]
    chosen_below = destination if destination not in _FREQUENT else None
    rest = [option(key, chosen_below) for key in every]
    return tag(
        "div",
        tag("label", texts["destination"], for_="destination"),
        tag(
            "select",
            tag("option", texts["destination.choose"], value=""),
            tag("optgroup", first, label=texts["destination.frequent"]),
            tag("optgroup", rest, label=texts["destination.all"]),
            id="destination",
            name="destination",
            required=True,
        ),
    )


def _end_use_field(texts: Mapping[str, str]) -> Markup:
    choices = [
        tag(
            "label",
            tag("input", type="radio", name="end_use", value=value, checked=value == "unknown"),
            " ",
            texts[f"end_use.{value}"],
        )
        for value in ("civil", "military", "unknown")
    ]
    legend = tag("legend", texts["end_use"])
    return tag("fieldset", legend, tag("div", choices, class_="choices"))


def _text_field(name: str, texts: Mapping[str, str], **attributes: Value) -> Markup:
    hint = texts.get(f"{name}.hint")
    return tag(
        "div",
        tag("label", texts[name], for_=name),
        tag("input", id=name, name=name, aria_describedby=f"{name}-hint" if hint else None,
            **attributes),
        tag("p", hint, id=f"{name}-hint", class_="hint") if hint else None,
    )  # fmt: skip


def _button(form: str, text: str, *, main: bool = False) -> Markup:
    return tag(
        "button",
        text,
        type="submit",
        formaction=f"{_UPLOAD}?format={form}",
        data_format=form,
        class_="main" if main else None,
    )


def _tools(texts: Mapping[str, str]) -> Markup:
    """Return the buttons above a report; the script copies them."""
    return tag(
        "div",
        tag("button", texts["as.html"], type="button", data_save="html"),
        tag("button", texts["as.xlsx"], type="button", data_save="xlsx"),
        tag("button", texts["as.csv"], type="button", data_save="csv"),
        tag("button", texts["print"], type="button", data_save="print"),
        class_="buttons tools",
    )


def _links(texts: Mapping[str, str], auth: str | None) -> Markup:
    places = [("docs", "link.docs"), ("redoc", "link.redoc")]
    if auth not in _KEY_FIELDS:  # a link brings no key
        places += [("v1/methodology", "link.method"), ("v1/controls", "link.controls")]
    items = [tag("li", tag("a", texts[key], href=place)) for place, key in places]
    return tag("nav", tag("ul", items), aria_label=texts["links"])
