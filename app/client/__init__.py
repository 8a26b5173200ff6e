"""A client of the service for Python, sync and async; needs httpx and nothing else.

It is shipped alone as well, as the distribution `lodestone-client` with the package
`lodestone_client`; so it names itself by relative imports only.
"""

from .asynchronous import AsyncClient
from .catalogue import CatalogueAnswer, CatalogueSummary, Progress, Unanswered
from .faults import (
    ClientError,
    InterruptedCatalogueError,
    ProblemError,
    UnexpectedAnswerError,
    UnreachableError,
)
from .results import (
    AnswerWarning,
    Assessment,
    BomScore,
    ElementScore,
    Interval,
    LineResult,
    SectorScore,
)
from .retries import RetryPolicy
from .synchronous import Client

__all__ = [
    "AnswerWarning",
    "Assessment",
    "AsyncClient",
    "BomScore",
    "CatalogueAnswer",
    "CatalogueSummary",
    "Client",
    "ClientError",
    "ElementScore",
    "InterruptedCatalogueError",
    "Interval",
    "LineResult",
    "ProblemError",
    "Progress",
    "RetryPolicy",
    "SectorScore",
    "Unanswered",
    "UnexpectedAnswerError",
    "UnreachableError",
]
