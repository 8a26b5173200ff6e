"""A small XML document as a tree: local names, attributes and text, bounded in size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.errors import LimitExceededError
from app.readers.options import Guard, limit_error
from app.readers.xml_parser import parse_xml

#: Elements of a tree as a share of the cell limit; an element costs several cells.
_ELEMENTS_PER_CELL = 0.2


@dataclass(slots=True)
class Element:
    """One element; namespaces are kept apart because tools disagree about them.

    Attributes:
        name: Local name.
        namespace: Namespace, or "".
        attributes: Values by local name.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def child(self, *names: str) -> Element | None:
        """Return what a path of local names leads to, taking the first of each, or None."""
        node = self
        for name in names:
            found = next((entry for entry in node.children if entry.name == name), None)
            if found is None:
                return None
            node = found
        return node

    def all(self, name: str) -> Iterator[Element]:
        """Yield the children of a local name."""
        return (entry for entry in self.children if entry.name == name)

    def descendants(self, name: str) -> Iterator[Element]:
        """Yield all elements below with a local name, in document order."""
        waiting = list(reversed(self.children))
        while waiting:
            node = waiting.pop()
            if node.name == name:
                yield node
            waiting.extend(reversed(node.children))

    def text_at(self, *names: str) -> str | None:
        """Return the stripped text under a path, or None where it is missing or empty."""
        node = self.child(*names)
        return (node.text.strip() or None) if node is not None else None

    def attribute(self, *names: str) -> str | None:
        """Return the first attribute of these local names that is not empty."""
        for name in names:
            value = self.attributes.get(name, "").strip()
            if value:
                return value
        return None


def _most_elements(guard: Guard) -> int:
    return int(guard.limits.max_cells * _ELEMENTS_PER_CELL)


def _too_many(guard: Guard) -> LimitExceededError:
    return limit_error("max_cells", f"{_most_elements(guard):,} elements", "number of elements")


def parse_text(text: str, guard: Guard) -> Element:
    """Return the root element of a decoded document, refusing too many elements beforehand."""
    if text.count("<") // 2 > _most_elements(guard):  # an element has two tags at most
        raise _too_many(guard)
    return parse_tree([text.encode("utf-8", "replace")], guard)


class _Builder:
    def __init__(self, guard: Guard) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._guard = guard
        self._left = _most_elements(guard)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1 + len(attributes) // 4
        if self._left < 0:
            raise _too_many(self._guard)
        namespace, _, local = name.rpartition(" ")
        local_attributes = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(local, namespace, local_attributes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, data: str) -> None:
        node = self._open[-1]
        if node.text or not data.isspace():
            node.text += data
            self._guard.check_cell(node.text)


def parse_tree(chunks: Iterable[bytes], guard: Guard) -> Element:
    """Return the root element of an XML document.

    Raises:
        UnreadableFileError: The document is not well-formed, or declares a document type.
        LimitExceededError: It is too deep, too long, or holds too many elements.
    """
    builder = _Builder(guard)
    parse_xml(chunks, builder, guard=guard, separator=" ")
    assert builder.root is not None  # noqa: S101  # a well-formed document has a root
    return builder.root
