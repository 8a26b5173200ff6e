"""Watches the loaders read YAML files and notes the shape that they demand, file by file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field


@dataclass(slots=True)
class Shape:
    """What a place in a file may hold, as far as the loaders said.

    Attributes:
        kinds: How values that stand here are read; the choices of each.
        keys: Shapes below a record, by key.
        required: Keys that every record here must have; None where no record was read.
        rest: Shape of every value of a mapping whose keys are free.
        items: Shape of the items of a list.
        held: Whether a text, a list or a mapping stood here.
        texts: The texts that stood here.
    """

    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    keys: dict[str, Shape] = field(default_factory=dict)
    required: set[str] | None = None
    rest: Shape | None = None
    items: Shape | None = None
    held: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Opening:
    """One reading of a mapping as a record with keys of its own."""

    required: frozenset[str]
    optional: frozenset[str]


class ReadTrace:
    """Collects what the loaders tell, and makes shapes of it."""

    def __init__(self) -> None:
        self.files: dict[str, object] = {}
        self._openings: dict[int, list[_Opening]] = {}
        self._reads: dict[tuple[int, str], dict[str, tuple[str, ...]]] = {}
        #: Everything whose identity was noted stays alive, so that no number is used twice.
        self._alive: list[object] = []

    def parsed(self, name: str, value: object) -> None:
        """Take note of the content of a file."""
        self.files[name] = value

    def opened(self, values: object, required: Collection[str], optional: Collection[str]) -> None:
        """Take note that a mapping is read as a record with these keys.

        Where the keys are those that the mapping itself has, they are free.
        """
        self._alive.append(values)
        if required is values or optional is values:
            return
        opening = _Opening(frozenset(required), frozenset(optional))
        self._openings.setdefault(id(values), []).append(opening)

    def read(self, values: object, key: str, kind: str, choices: tuple[str, ...]) -> None:
        """Take note that a key is read as a kind of value."""
        self._alive.append(values)
        self._reads.setdefault((id(values), key), {}).setdefault(kind, choices)

    def shape_of(self, names: Collection[str]) -> Shape:
        """Return the shape that fits all of these files."""
        shape = Shape()
        for name in names:
            self._enter(shape, self.files[name])
        return shape

    def _enter(self, shape: Shape, value: object) -> None:
        """Add to a shape what one value says."""
        if isinstance(value, list):
            shape.held.add("list")
            for item in value:
                shape.items = shape.items or Shape()
                self._enter(shape.items, item)
        elif isinstance(value, dict):
            shape.held.add("mapping")
            self._enter_mapping(shape, value)
        elif value is not None:
            shape.held.add("text")
            shape.texts.add(str(value))

    def _enter_mapping(self, shape: Shape, values: dict[str, object]) -> None:
        openings = self._openings.get(id(values), ())
        for opening in openings:
            required = set(opening.required)
            shape.required = required if shape.required is None else shape.required & required
            for key in sorted(opening.required | opening.optional):
                child = shape.keys.setdefault(key, Shape())
                self._note_reads(child, values, key)
        for key, value in values.items():
            if openings:
                child = shape.keys.setdefault(key, Shape())
            else:
                child = shape.rest = shape.rest or Shape()
                self._note_reads(child, values, key)
            self._enter(child, value)

    def _note_reads(self, shape: Shape, values: dict[str, object], key: str) -> None:
        for kind, choices in self._reads.get((id(values), key), {}).items():
            shape.kinds.setdefault(kind, choices)
