"""Parts of answers that do not depend on anybody's goods, written as JSON once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import orjson

#: Parts that are kept before the memory begins anew; some kilobytes each.
MOST_KEPT = 2_000


class ReadyMade:
    """Remembers the JSON of results that several answers hold.

    Results are known by identity: an evaluation hands out the same object for each element that
    no line holds, and for each sector without own goods. What names an end user must not be put
    here, for it outlives the request.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[int, str], tuple[object, orjson.Fragment]] = {}

    def of(
        self, result: object, language: str, write: Callable[[], Mapping[str, object]]
    ) -> orjson.Fragment:
        """Return a result as JSON.

        Args:
            result: What is written; kept as long as its JSON, so that its identity stays its own.
            language: Language of the names in it.
            write: Makes the plain answer, where it is not known yet.
        """
        key = (id(result), language)
        known = self._kept.get(key)
        if known is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            known = self._kept[key] = (result, orjson.Fragment(orjson.dumps(write())))
        return known[1]
