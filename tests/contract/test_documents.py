"""The documents hold together: links lead somewhere, commands exist, pictures are small."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from app.cli import app as command_line
from tests.contract.test_house import make_targets, project_files

ROOT = Path(__file__).resolve().parents[2]
_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+(?:\([^()]*\))?[^()\s]*)\)")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
_LARGEST_PICTURE = 300_000
_GUIDES = ("buyers-guide.md", "integrators-guide.md", "operators-guide.md")


def documents() -> list[str]:
    return [name for name in project_files() if name.endswith(".md")]


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose_of(name: str) -> str:
    """Return a document without its code."""
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text_of(name)))


def links_of(name: str) -> list[str]:
    return _LINK.findall(prose_of(name))


def anchors_of(name: str) -> set[str]:
    """Return the anchors of a document as its host makes them from the headings."""
    found: dict[str, int] = {}
    anchors = set()
    for heading in _HEADING.findall(_FENCE.sub("", text_of(name))):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        place = found.get(anchor, 0)
        found[anchor] = place + 1
        anchors.add(f"{anchor}-{place}" if place else anchor)
    return anchors


def broken(name: str, link: str) -> str | None:
    """Return what is wrong with a link, or None."""
    if re.match(r"[a-z]+:", link):
        return None if link.startswith(("https://", "http://127.0.0.1", "mailto:")) else "scheme"
    path, _, anchor = link.partition("#")
    target = (ROOT / name).parent / path if path else ROOT / name
    if not target.exists():
        return "no such file"
    if not target.resolve().is_relative_to(ROOT):
        return "outside the project"
    inside = str(target.resolve().relative_to(ROOT))
    if anchor and inside.endswith(".md") and anchor not in anchors_of(inside):
        return "no such heading"
    return None


def test_every_link_leads_somewhere() -> None:
    links = [(name, link) for name in documents() for link in links_of(name)]

    faults = [(name, link, fault) for name, link in links if (fault := broken(name, link))]
    assert len(links) > 60
    assert faults == []


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("no-such-file.md", "no such file"),
        ("#no-such-heading", "no such heading"),
        ("README.md#status", None),
        ("docs/glossary.md#nowhere", "no such heading"),
        ("http://elsewhere.example", "scheme"),
    ],
)
def test_a_broken_link_is_seen(link: str, fault: str | None) -> None:
    assert broken("README.md", link) == fault


def test_no_document_is_lost_and_the_front_page_leads_to_the_guides() -> None:
    inside = {ROOT / name for name in documents() if name.startswith("docs/")}
    linked = {
        ((ROOT / name).parent / link.partition("#")[0]).resolve()
        for name in documents()
        for link in links_of(name)
    }

    lost = {path.name for path in inside - linked} - {"README.md"}
    # Written by a command, and named in the index without a link.
    assert lost - {"validation.md"} == set()
    assert [guide for guide in _GUIDES if f"docs/{guide}" not in links_of("README.md")] == []


def test_every_picture_is_small_and_has_words_for_who_cannot_see_it() -> None:
    pictures = {
        (ROOT / name).parent / link: words
        for name in documents()
        for words, link in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text_of(name))
    }

    assert len(pictures) >= 2
    for picture, words in pictures.items():
        assert picture.stat().st_size < _LARGEST_PICTURE, picture.name
        assert len(words) > 20, picture.name


def commands() -> Iterator[tuple[str, list[str]]]:
    """Yield document and words of each `lodestone` command in blocks of shell code."""
    for name in documents():
        for language, code in _FENCE.findall(text_of(name)):
            if language not in {"sh", "bash", "console"}:
                continue
            for line in code.replace("\\\n", " ").splitlines():
                words = shlex.split(line, comments=True)
                for place, word in enumerate(words):
                    if (
                        Path(word).name == "lodestone"
                        and place + 1 < len(words)
                        and (
                            place == 0
                            or words[place - 1] in {"&&", "|", "exec"}
                            or "=" in words[place - 1]
                        )
                    ):
                        yield name, words[place + 1 :]


def test_every_command_in_the_documents_is_one_of_ours() -> None:
    found = list(commands())

    assert len(found) > 10
    for name, words in found:
        assert unknown_in(words) == [], f"{name}: lodestone {' '.join(words)}"


def unknown_in(words: list[str]) -> list[str]:
    """Return the first unknown command, or the unknown options of a known one."""
    command: Any = typer.main.get_command(command_line)
    rest = list(words)
    while hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        if rest[0] not in command.commands:
            # `lodestone controls` lists by itself; what follows it is no command.
            return [] if words[0] != rest[0] and command.invoke_without_command else [rest[0]]
        command = command.commands[rest.pop(0)]
    known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
    given = [word.partition("=")[0] for word in rest if word.startswith("--")]
    return [option for option in given if option not in {*known, "--help", "--version"}]


def test_an_unknown_command_or_option_is_seen() -> None:
    assert unknown_in(["scoer", "x.csv"]) == ["scoer"]
    assert unknown_in(["score", "x.csv", "--fale-on", "high"]) == ["--fale-on"]
    assert unknown_in(["controls", "show", "CN-18-2025", "--as-of", "2026-01-01"]) == []


def test_every_make_target_in_the_documents_exists() -> None:
    named = {
        (name, target)
        for name in documents()
        for code in re.findall(r"`([^`\n]+)`", text_of(name))
        + [c for _, c in _FENCE.findall(text_of(name))]
        for target in re.findall(r"(?:^|[\s=\d])make ([a-z][a-z-]+)", code)
    }

    assert len(named) > 10
    assert {(name, target) for name, target in named if target not in make_targets()} == set()
