"""What the OpenAPI document says of going on from an answer: which record, under which question.

A link names the first record of a list; a program that follows it takes the one it wants.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

_BODY = "$response.body#"
#: The question of an answer, as the parameters of another take it. Owners are objects here and
#: text there, so they go with no link, and the end user not without them.
_QUESTION: Mapping[str, str] = MappingProxyType(
    {
        name: f"{_BODY}/context/{name}"
        for name in ("destination", "end_use", "as_of", "known_on", "horizon_days", "language")
    }
)
_CLOCKS: Mapping[str, str] = MappingProxyType(
    {name: f"{_BODY}/{name}" for name in ("as_of", "known_on")}
)
_CLOCKS_OF_QUESTION: Mapping[str, str] = MappingProxyType(
    {name: _QUESTION[name] for name in ("as_of", "known_on", "destination", "end_use")}
)
_SUPPLY = ("get_element", {"symbol": f"{_BODY}/elements/0/symbol", **_QUESTION})
_SECTOR = ("get_sector", {"sector_id": f"{_BODY}/sectors/0/id", **_QUESTION})
_LAW = ("get_control_status", dict(_QUESTION))
_CALENDAR = ("get_law_calendar", dict(_QUESTION))
_MEASURES = ("list_controls", dict(_CLOCKS_OF_QUESTION))

#: Links by operation: operation that follows, and where its parameters stand in the answer.
_LINKS: Mapping[str, tuple[tuple[str, dict[str, str]], ...]] = MappingProxyType(
    {
        "create_assessment": (_SUPPLY, _SECTOR, _LAW, _CALENDAR, _MEASURES),
        "upload_assessment": (_SUPPLY, _SECTOR, _LAW, _CALENDAR, _MEASURES),
        "create_product_calendar": (_LAW, _CALENDAR, _MEASURES),
        "list_elements": (("get_element", {"symbol": f"{_BODY}/elements/0/symbol"}),),
        "list_sectors": (("get_sector", {"sector_id": f"{_BODY}/sectors/0/id"}),),
        "list_controls": (("get_control", {"measure_id": f"{_BODY}/controls/0/id", **_CLOCKS}),),
        "get_control_status": (_CALENDAR, _MEASURES),
        "get_law_calendar": (_LAW, _MEASURES),
        "screen_end_users": (("list_controls", dict(_CLOCKS)),),
    }
)


def add_links(document: dict[str, Any]) -> None:
    """Add to each good answer the operations that can follow, with what they need of it."""
    for methods in document["paths"].values():
        for operation in methods.values():
            links = {
                name: {"operationId": name, "parameters": dict(parameters)}
                for name, parameters in _LINKS.get(operation["operationId"], ())
            }
            if links:
                operation["responses"]["200"]["links"] = links
