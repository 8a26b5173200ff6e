"""The tools for agents, called by the client of the SDK: in process, over stdio and over HTTP."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra [mcp] is not installed")

from mcp import Client
from mcp.client.stdio import StdioServerParameters
from typer.testing import CliRunner

from app.agents.folder import Folder
from app.agents.server import mcp_server
from app.batch.pipeline import Engine, build_engine
from app.cli import app as command_line
from app.errors import InvalidInputError, LimitExceededError
from app.refdata.load import load_reference_data
from app.settings import Settings

EXAMPLES = Path(__file__).parents[3] / "examples"
TOOLS = {"list_bom_files", "assess_bom_file", "control_status", "what_changed", "mitigations"}
JAPAN = {"destination": "JP", "end_use": "civil", "as_of": "2026-03-01"}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return build_engine(load_reference_data())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two files, a secret beside it, and links that lead there."""
    place = tmp_path / "boms"
    (place / "motors").mkdir(parents=True)
    shutil.copy(EXAMPLES / "traction-motor.csv", place / "motors" / "tm.csv")
    shutil.copy(EXAMPLES / "hydraulic-cylinder.csv", place / "cylinder.csv")
    (tmp_path / "secret.csv").write_text("description\nNdFeB magnet of the secret project\n")
    (place / "link.csv").symlink_to(tmp_path / "secret.csv")
    (place / "up").symlink_to(tmp_path, target_is_directory=True)
    (place / ".hidden.csv").write_text("description\nmagnet\n")
    return place


Talk = Callable[[Client], Awaitable[Any]]


@pytest.fixture
def talk(engine: Engine, folder: Path) -> Callable[[Talk], Any]:
    """Return what runs a conversation with the server in this process."""
    server = mcp_server(engine, Settings(), folder)

    def run(conversation: Talk) -> Any:
        async def whole() -> Any:
            async with Client(server) as client:
                return await conversation(client)

        return asyncio.run(whole())

    return run


def call(talk: Callable[[Talk], Any], tool: str, **arguments: Any) -> Any:
    result = talk(lambda client: client.call_tool(tool, arguments))
    assert not result.is_error, result.content
    return result.structured_content


def refusal(talk: Callable[[Talk], Any], tool: str, **arguments: Any) -> str:
    result = talk(lambda client: client.call_tool(tool, arguments))
    assert result.is_error
    return "\n".join(part.text for part in result.content)


def test_every_tool_and_parameter_is_described_and_reads_only(
    talk: Callable[[Talk], Any],
) -> None:
    tools = {tool.name: tool for tool in talk(lambda client: client.list_tools()).tools}

    assert set(tools) == TOOLS
    for tool in tools.values():
        assert len(tool.description) > 40
        assert tool.annotations.read_only_hint is True
        for name, parameter in tool.input_schema.get("properties", {}).items():
            assert parameter.get("description"), f"{tool.name}.{name}"


def test_only_files_of_the_folder_are_listed(talk: Callable[[Talk], Any]) -> None:
    assert call(talk, "list_bom_files") == {"files": ["cylinder.csv", "motors/tm.csv"]}


def test_a_file_is_assessed(talk: Callable[[Talk], Any]) -> None:
    answer = call(talk, "assess_bom_file", file="motors/tm.csv", **JAPAN)

    exposed = {one["symbol"]: one for one in answer["exposed_elements"]}
    assert answer["bom"]["low"] <= answer["bom"]["score"] <= answer["bom"]["high"]
    assert {"Nd", "Dy"} <= set(exposed)
    assert exposed["Dy"]["control"]["measures"]
    assert exposed["Dy"]["contributions"][0]["text"]
    assert answer["lines"][0]["line_id"] == "40"
    assert answer["context"]["as_of"] == "2026-03-01"
    assert answer["disclaimer"]


def test_a_product_without_rare_earths_has_none(talk: Callable[[Talk], Any]) -> None:
    answer = call(talk, "assess_bom_file", file="cylinder.csv", **JAPAN)

    assert answer["exposed_elements"] == []


def test_the_law_of_an_element(talk: Callable[[Talk], Any]) -> None:
    answer = call(talk, "control_status", element="Dy", **JAPAN)

    assert "CN-18-2025" in {one["id"] for one in answer["measures"]}
    assert answer["by_form"]["magnet"]["status"]
    one = call(talk, "control_status", element="Dy", form="magnet", **JAPAN)
    assert set(one["by_form"]) == {"magnet"}


def test_what_changed_names_the_notice(talk: Callable[[Talk], Any]) -> None:
    answer = call(
        talk, "what_changed", file="motors/tm.csv", from_day="2025-04-01", to_day="2025-06-01",
        destination="JP", end_use="civil",
    )  # fmt: skip

    assert (answer["from"]["as_of"], answer["to"]["as_of"]) == ("2025-04-01", "2025-06-01")
    assert "CN-18-2025" in {one["measure"] for one in answer["measures"]}
    assert {"Dy"} <= {one["symbol"] for one in answer["elements_that_moved"]}


def test_mitigations_are_ranked(talk: Callable[[Talk], Any]) -> None:
    answer = call(talk, "mitigations", file="motors/tm.csv", limit=3, **JAPAN)

    removed = [one["risk_removed"] for one in answer["actions"]]
    assert 0 < len(removed) <= 3
    assert removed == sorted(removed, reverse=True)


@pytest.mark.parametrize(
    "name",
    [
        "../secret.csv", "link.csv", "up/secret.csv", "motors/../../secret.csv", "/etc/hostname",
        ".hidden.csv", "missing.csv", "motors", "", "~/x", "C:\\x.csv", "a\0b",
    ],
)  # fmt: skip
def test_nothing_outside_the_folder_is_read(talk: Callable[[Talk], Any], name: str) -> None:
    for tool in ("assess_bom_file", "mitigations"):
        text = refusal(talk, tool, file=name, **JAPAN)
        assert "in the folder" in text or "NUL" in text
        assert "secret project" not in text
        assert str(Path.cwd()) not in text


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("assess_bom_file", {"file": "cylinder.csv"}, "destination"),
        ("assess_bom_file", {"file": "cylinder.csv", "destination": "Japan"}, "destination"),
        (
            "assess_bom_file",
            {"file": "cylinder.csv", "destination": "JP", "as_of": "soon"},
            "as_of",
        ),
        ("assess_bom_file", {"file": "cylinder.csv", "end_use": "evil"}, "end_use"),
        ("control_status", {"element": "Fe", "destination": "JP"}, "no symbol of a rare earth"),
        (
            "control_status",
            {"element": "Dy", "destination": "JP", "form": "soup"},
            "no form 'soup'",
        ),
        ("mitigations", {"file": "cylinder.csv", "destination": "JP", "limit": 0}, "limit"),
        (
            "what_changed",
            {"file": "cylinder.csv", "destination": "JP", "from_day": "x", "to_day": "2026-01-01"},
            "as_of",
        ),
    ],
)
def test_a_wrong_question_is_answered_with_what_to_mend(
    talk: Callable[[Talk], Any], tool: str, arguments: dict[str, Any], said: str
) -> None:
    text = refusal(talk, tool, **arguments)

    assert said in text
    assert "Traceback" not in text


def test_a_file_that_cannot_be_read_is_told(talk: Callable[[Talk], Any], folder: Path) -> None:
    (folder / "noise.xlsx").write_bytes(b"PK\x03\x04 not a workbook")

    text = refusal(talk, "assess_bom_file", file="noise.xlsx", **JAPAN)

    assert len(text) > 20
    assert "Error executing tool" not in text.removeprefix("Error executing tool assess_bom_file: ")


def test_a_large_file_is_refused(folder: Path) -> None:
    with pytest.raises(LimitExceededError, match="larger than 5 bytes"):
        Folder(folder, most_bytes=5).file("cylinder.csv")


def test_the_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="there is no folder"):
        Folder(tmp_path / "none", most_bytes=5)


def environment() -> dict[str, str]:
    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ}


async def score_through(client: Client) -> float:
    names = {tool.name for tool in (await client.list_tools()).tools}
    assert names == TOOLS
    result = await client.call_tool("assess_bom_file", {"file": "motors/tm.csv", **JAPAN})
    assert not result.is_error
    assert result.structured_content is not None
    return float(result.structured_content["bom"]["score"])


@pytest.fixture
def score(talk: Callable[[Talk], Any]) -> float:
    return float(talk(score_through))


def test_it_answers_the_same_over_stdio(folder: Path, score: float) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "app", "mcp", str(folder)],
        env=environment(),
        cwd=EXAMPLES.parent,
    )

    async def whole() -> float:
        async with Client(command) as client:
            return await score_through(client)

    assert asyncio.run(whole()) == score


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "app",
            "mcp",
            str(folder),
            "--transport",
            "http",
            "--port",
            str(port),
        ],
        env=environment(),
        cwd=EXAMPLES.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_it_answers_the_same_over_http(address: str, score: float) -> None:
    async def whole() -> float:
        async with Client(address) as client:
            return await score_through(client)

    assert asyncio.run(whole()) == score


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--transport", "pigeon"], "stdio, http, not 'pigeon'"),
        (["--transport", "http", "--host", "0.0.0.0"], "not on this machine"),
        (["--transport", "http", "--host", "example.com"], "not on this machine"),
    ],
)
def test_the_command_refuses_what_is_unsafe_or_unknown(
    folder: Path, options: list[str], said: str
) -> None:
    with pytest.raises(InvalidInputError, match=said):
        CliRunner().invoke(command_line, ["mcp", str(folder), *options], catch_exceptions=False)
