"""The server of the Model Context Protocol: names, descriptions and types of the tools.

What a model reads are the docstrings of the tools and the descriptions of their parameters; the
first sentence says what comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from app import __version__
from app.agents.folder import Folder
from app.agents.tools import Answer, Tools
from app.batch.pipeline import Engine
from app.cli.context import explain
from app.errors import InvalidInputError, ProcurementRiskError
from app.settings import Settings

INSTRUCTIONS = (
    "Scores how exposed a bill of materials is to China's rare-earth supply and export controls, "
    "on a date, with sources. Scores run from 0 to 100 with bounds. Ask the person for the "
    "destination (the country into which the goods are imported) instead of guessing it, quote "
    "bounds and the day with every score, say which lines are undetermined, and pass on the "
    "warnings and the disclaimer: this is no legal advice."
)

BomFile = Annotated[
    str,
    Field(
        description="Name of a file below the folder, as list_bom_files gives it.", max_length=500
    ),
]
Destination = Annotated[
    str | None,
    Field(description="Country into which the goods are imported, ISO 3166-1 alpha-2: JP, DE."),
]
EndUseName = Annotated[
    Literal["civil", "military", "unknown"], Field(description="What the goods are for.")
]
EndUser = Annotated[
    str | None, Field(description="Name of the end user, matched against the entity lists.")
]
Day = Annotated[
    str | None, Field(description="Day of the question, YYYY-MM-DD. Default: today in UTC.")
]
_READS_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def mcp_server(engine: Engine, settings: Settings, place: Path) -> MCPServer[Any]:
    """Return the server with its tools.

    Args:
        engine: Reference data and identifier.
        settings: Limits and the destination of the deployment.
        place: The only folder whose files are read.

    Raises:
        InvalidInputError: There is no such folder.
    """
    tools = Tools(engine, settings, Folder(place, most_bytes=settings.max_upload_bytes))
    server: MCPServer[Any] = MCPServer(
        "lodestone", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING"
    )
    for tool in _tools_over(tools):
        server.add_tool(tool, annotations=_READS_ONLY)
    return server


def _tools_over(tools: Tools) -> list[Callable[..., Answer]]:
    def list_bom_files() -> Answer:
        """Names of the bills of materials that can be read: every file below the folder."""
        return _told(tools.list_bom_files)

    def assess_bom_file(
        file: BomFile,
        destination: Destination = None,
        end_use: EndUseName = "unknown",
        end_user: EndUser = None,
        as_of: Day = None,
    ) -> Answer:
        """Risk scores of a bill of materials (CSV, Excel, ODS, JSON, XML and others).

        Gives the score of the product, each exposed rare earth with its cause, legal status and
        mass, the sectors concerned, the riskiest lines, and the lines that say too little.
        """
        question = {
            "destination": destination,
            "end_use": end_use,
            "end_user": end_user,
            "as_of": as_of,
        }
        return _told(lambda: tools.assess_bom_file(file, question))

    def control_status(
        element: Annotated[str, Field(description="Symbol of a rare earth: Dy, Nd, Y.")],
        destination: Destination = None,
        form: Annotated[
            str | None, Field(description="Form of the goods: oxide, metal, alloy, magnet.")
        ] = None,
        end_use: EndUseName = "unknown",
        as_of: Day = None,
    ) -> Answer:
        """Export-control status of a rare earth on a day, by form, with measures and changes."""
        question = {"destination": destination, "end_use": end_use, "as_of": as_of}
        return _told(lambda: tools.control_status(element, form, question))

    def what_changed(
        file: BomFile,
        from_day: Annotated[str, Field(description="First day, YYYY-MM-DD.")],
        to_day: Annotated[str, Field(description="Second day, YYYY-MM-DD.")],
        destination: Destination = None,
        end_use: EndUseName = "unknown",
    ) -> Answer:
        """What flipped for a bill of materials between two days, and which notice did it."""
        question = {"destination": destination, "end_use": end_use}
        return _told(lambda: tools.what_changed(file, from_day, to_day, question))

    def mitigations(
        file: BomFile,
        destination: Destination = None,
        end_use: EndUseName = "unknown",
        as_of: Day = None,
        limit: Annotated[int, Field(description="Most actions.", ge=1, le=50)] = 10,
    ) -> Answer:
        """What could be done about a bill of materials, what removes most risk first.

        Each action has its effect on the score, usual lead time, maturity, trade-off and sources.
        """
        question = {"destination": destination, "end_use": end_use, "as_of": as_of}
        return _told(lambda: tools.mitigations(file, limit, question))

    return [list_bom_files, assess_bom_file, control_status, what_changed, mitigations]


def _told(act: Callable[[], Answer]) -> Answer:
    """Return an answer; what a caller can mend comes back as text that says how.

    Raises:
        ToolError: The file or the question does not fit.
    """
    try:
        return act()
    except InvalidInputError as error:
        raise ToolError(explain(error)) from error
    except ProcurementRiskError as error:
        raise ToolError(str(error)) from error
    except OSError as error:
        raise ToolError(f"the file cannot be read: {error.strerror or 'unknown reason'}") from error
