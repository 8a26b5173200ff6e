"""One record of a data file, YAML or CSV, whose values are text until a getter types them.

Every getter raises `ReferenceDataError` naming file, row or key, and what was expected.
"""

from __future__ import annotations

import enum
import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import TypeVar

from app.domain.triple import Triple
from app.errors import InvalidNumberError, ReferenceDataError
from app.refdata.read_watch import WATCHER
from app.refdata.yaml_text import YamlText

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_Key = TypeVar("_Key")
_Choice = TypeVar("_Choice", bound=enum.StrEnum)

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_INTEGER = re.compile(r"-?\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def gather(items: Iterable[_Item], parse: Callable[[_Item], _Result]) -> tuple[_Result, ...]:
    """Return each item parsed, or raise one error that holds the messages of all bad items.

    Raises:
        ReferenceDataError: At least one item could not be parsed.
    """
    results: list[_Result] = []
    messages: list[str] = []
    for item in items:
        try:
            results.append(parse(item))
        except ReferenceDataError as error:
            messages.append(str(error))
    if messages:
        raise ReferenceDataError("\n".join(messages))
    return tuple(results)


def unique(file: str, pairs: Iterable[tuple[_Key, _Item]]) -> dict[_Key, _Item]:
    """Return the pairs as a mapping; a repeated key is an error of that file.

    Raises:
        ReferenceDataError: A key stands there twice.
    """
    result: dict[_Key, _Item] = {}
    for key, item in pairs:
        if key in result:
            raise ReferenceDataError(f"{file}: {key!r} is repeated")
        result[key] = item
    return result


class TextRecord:
    """A mapping of text with typed getters; unknown and missing keys are errors.

    Args:
        place: File and row or key, as messages shall name it.
        values: The content; an empty value is None.
        required: Keys that must have a value.
        optional: Further keys that may be there.
    """

    __slots__ = ("_values", "place")

    def __init__(
        self,
        place: str,
        values: YamlText | Mapping[str, YamlText],
        *,
        required: Collection[str] = (),
        optional: Collection[str] = (),
    ) -> None:
        self.place = place
        if not isinstance(values, Mapping):
            raise ReferenceDataError(f"{place}: must be a mapping of keys to values")
        self._values: Mapping[str, YamlText] = values
        for key in values:
            if key not in required and key not in optional:
                raise self.error(f"key {key!r} is not known")
        for key in required:
            if values.get(key) is None:
                raise self.error(f"{key!r} is missing")
        watcher = WATCHER.get()
        if watcher is not None:
            watcher.opened(values, required, optional)

    def error(self, message: str) -> ReferenceDataError:
        """Return an error that names this record."""
        return ReferenceDataError(f"{self.place}: {message}")

    def tell(self, key: str, kind: str, choices: Iterable[str] = ()) -> None:
        """Tell whoever watches as what a key is read."""
        watcher = WATCHER.get()
        if watcher is not None:
            watcher.read(self._values, key, kind, tuple(choices))

    def has(self, key: str) -> bool:
        """Return whether the key has a value."""
        return self._values.get(key) is not None

    def text_or_none(self, key: str) -> str | None:
        """Return a text, or None where there is none."""
        self.tell(key, "text")
        value = self._values.get(key)
        if value is None or isinstance(value, str):
            return value
        raise self.error(f"{key!r} must be one value, not a list or mapping")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text."""
        value = self.text_or_none(key)
        if value is not None:
            return value
        if default is None:
            raise self.error(f"{key!r} is missing")
        return default

    def number(self, key: str) -> float:
        """Return a finite number."""
        self.tell(key, "number")
        return self._number(key, self.text(key))

    def number_or_none(self, key: str) -> float | None:
        """Return a finite number, or None where there is none."""
        self.tell(key, "number")
        value = self.text_or_none(key)
        return None if value is None else self._number(key, value)

    def share(self, key: str) -> float:
        """Return a number from 0 to 1."""
        value = self.number(key)
        if not 0 <= value <= 1:
            raise self.error(f"{key!r} must lie between 0 and 1, not {value}")
        return value

    def integer(self, key: str) -> int:
        """Return a whole number."""
        self.tell(key, "integer")
        value = self.text(key)
        if not _INTEGER.fullmatch(value):
            raise self.error(f"{key!r} must be a whole number, not {value!r}")
        return int(value)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """Return true or false, written so."""
        self.tell(key, "flag")
        value = self.text_or_none(key)
        if value is None and default is not None:
            return default
        if value not in ("true", "false"):
            raise self.error(f"{key!r} must be true or false, not {value!r}")
        return value == "true"

    def day(self, key: str) -> date:
        """Return a date written YYYY-MM-DD."""
        self.tell(key, "day")
        return self._day(key, self.text(key))

    def day_or_none(self, key: str) -> date | None:
        """Return a date written YYYY-MM-DD, or None where there is none."""
        self.tell(key, "day")
        value = self.text_or_none(key)
        return None if value is None else self._day(key, value)

    def choice(self, key: str, kind: type[_Choice]) -> _Choice:
        """Return a member of an enumeration by its value."""
        self.tell(key, "choice", kind)
        return self._choice(key, self.text(key), kind)

    def choices(self, key: str, kind: type[_Choice]) -> tuple[_Choice, ...]:
        """Return members of an enumeration by their values; empty where there is none."""
        self.tell(key, "choices", kind)
        return tuple(self._choice(key, word, kind) for word in self.words(key))

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; one text is split at blanks; empty where there is none."""
        self.tell(key, "words")
        value = self._values.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return tuple(value.split())
        if isinstance(value, list):
            texts = tuple(item for item in value if isinstance(item, str))
            if len(texts) == len(value):
                return texts
        raise self.error(f"{key!r} must be a list of texts")

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts that may hold blanks; at least one."""
        self.tell(key, "texts")
        value = self._values.get(key)
        if isinstance(value, list) and value:
            return self.words(key)
        raise self.error(f"{key!r} must be a list of texts")

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of texts; empty where there is none."""
        self.tell(key, "lists")
        value = self._values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.error(f"{key!r} must be a list of lists")
        items = TextRecord(
            self.place,
            {f"{key}[{n}]": item for n, item in enumerate(value)},
            optional=[f"{key}[{n}]" for n in range(len(value))],
        )
        return tuple(items.words(f"{key}[{n}]") for n in range(len(value)))

    def numbers(self, key: str) -> dict[str, float]:
        """Return a mapping of names to finite numbers; empty where there is none."""
        record = TextRecord(f"{self.place}.{key}", self.mapping(key), optional=self.mapping(key))
        return {name: record.number(name) for name in self.mapping(key)}

    def number_list(self, key: str) -> tuple[float, ...]:
        """Return a list of finite numbers; one number is a list of one."""
        self.tell(key, "number_list")
        return tuple(self._number(key, word) for word in self.words(key))

    def number_lists(self, key: str) -> dict[str, tuple[float, ...]]:
        """Return a mapping of names to one or more finite numbers; empty where there is none."""
        record = TextRecord(f"{self.place}.{key}", self.mapping(key), optional=self.mapping(key))
        return {name: record.number_list(name) for name in self.mapping(key)}

    def triple(self, key: str) -> Triple:
        """Return a figure written as one number or as [low, nominal, high]."""
        self.tell(key, "triple")
        words = self.words(key)
        numbers = [self._number(key, word) for word in words]
        if len(numbers) == 1:
            return Triple.exactly(numbers[0])
        if len(numbers) != 3:
            raise self.error(f"{key!r} must be one number or [low, nominal, high]")
        return self.ordered(key, *numbers)

    def ordered(self, key: str, low: float, nominal: float, high: float) -> Triple:
        """Return the triple of three numbers that must ascend."""
        try:
            return Triple(low, nominal, high)
        except InvalidNumberError as error:
            raise self.error(f"{key!r}: {error}") from error

    def mapping(self, key: str) -> Mapping[str, YamlText]:
        """Return a mapping as it stands; empty where there is none."""
        value = self._values.get(key)
        if value is None:
            return {}
        if isinstance(value, dict):
            return value
        raise self.error(f"{key!r} must be a mapping")

    def record(
        self, key: str, *, required: Collection[str] = (), optional: Collection[str] = ()
    ) -> TextRecord:
        """Return a mapping below this one as a record of its own."""
        return TextRecord(
            f"{self.place}.{key}", self._values.get(key), required=required, optional=optional
        )

    def records(
        self, key: str, *, required: Collection[str] = (), optional: Collection[str] = ()
    ) -> tuple[TextRecord, ...]:
        """Return a list of mappings as records; empty where there is none."""
        value = self._values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.error(f"{key!r} must be a list")
        return gather(
            enumerate(value),
            lambda pair: TextRecord(
                f"{self.place}.{key}[{pair[0]}]", pair[1], required=required, optional=optional
            ),
        )

    def _number(self, key: str, text: str) -> float:
        if _NUMBER.fullmatch(text):
            value = float(text)
            if math.isfinite(value):
                return value
        raise self.error(f"{key!r} must be a finite number, not {text!r}")

    def _day(self, key: str, text: str) -> date:
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise self.error(f"{key!r} must be a day as YYYY-MM-DD, not {text!r}")

    def _choice(self, key: str, text: str, kind: type[_Choice]) -> _Choice:
        try:
            return kind(text)
        except ValueError as error:
            known = ", ".join(kind)
            raise self.error(f"{key!r} is {text!r}, must be one of {known}") from error
