"""HTML and SVG as values that escape whatever is not markup already."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

#: Characters that no HTML or XML document may hold, and those that change the reading direction.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_WITHOUT_END = frozenset({"br", "col", "hr", "input", "link", "meta"})


class Markup(str):
    """Text that is markup already; a plain `str` is escaped on its way into a tag."""

    __slots__ = ()


#: What a tag may hold; None leaves nothing.
Child = str | Iterable["Child"] | None
#: An attribute; None and False leave it out, True writes it without a value.
Value = str | int | float | bool | None

NOTHING = Markup("")


def escaped(text: str) -> Markup:
    """Return a text as markup that shows it and does nothing else.

    Examples:
        >>> escaped('<b onclick="x">')
        '&lt;b onclick=&quot;x&quot;&gt;'
    """
    return Markup(html.escape(_UNFIT.sub("\ufffd", text), quote=True))


def joined(*children: Child) -> Markup:
    """Return children one after the other; plain text is escaped."""
    return Markup("".join(_pieces(children)))


def _pieces(children: Iterable[Child]) -> Iterable[str]:
    for child in children:
        if child is None:
            continue
        if isinstance(child, Markup):
            yield child
        elif isinstance(child, str):
            yield escaped(child)
        else:
            yield from _pieces(child)


def tag(name: str, /, *children: Child, **attributes: Value) -> Markup:
    """Return an element with its children.

    Args:
        name: Name of the element.
        children: Plain text, markup, or several of them.
        attributes: `class_` stands for class; other underscores for hyphens.

    Examples:
        >>> tag("p", "a < b", class_="note", aria_hidden="true")
        '<p class="note" aria-hidden="true">a &lt; b</p>'
    """
    opened = "".join(
        _attribute(key, value)
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _WITHOUT_END:
        return Markup(f"<{name}{opened}>")
    return Markup(f"<{name}{opened}>{joined(*children)}</{name}>")


def _attribute(key: str, value: Value) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f' {name}="{escaped(text)}"'


def given(text: str) -> Markup:
    """Return words of the caller: never translated, and kept from turning the text around."""
    return tag("bdi", text, translate="no")


def english(text: str) -> Markup:
    """Return a name or title that exists in English only, marked so for readers of any language."""
    return tag("span", text, lang="en", translate="no")


def code(text: str) -> Markup:
    """Return an identifier such as that of a measure."""
    return tag("code", text, translate="no")
