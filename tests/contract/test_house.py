"""Rules of the house that no linter knows: sizes, paths, locks, suppressions, commands."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import app
from app.cli import app as command_line

ROOT = Path(__file__).resolve().parents[2]
THIS = Path(__file__).resolve()

MAX_LINES = 400
OWN_PACKAGES = {"app", "integrations", "tests"}
LOCKS = (
    "requirements.txt",
    "requirements-browser.txt",
    "requirements-build.txt",
    "requirements-deploy.txt",
    "requirements-dev.txt",
    "deploy/tools/requirements.txt",
    "integrations/generated_clients/requirements.txt",
    "integrations/tryton/requirements.txt",
)
GENERATED = {"docs/controls.md", "docs/validation.md", "openapi/openapi.json"}
TEXT_SUFFIXES = {
    "", ".cfg", ".css", ".csv", ".example", ".html", ".ini", ".js", ".json", ".md", ".ndjson",
    ".py", ".sh", ".svg", ".toml", ".tsv", ".txt", ".yaml", ".yml",
}  # fmt: skip
STANDARD_LIBRARY_ROOMS = ("app/domain", "app/scoring", "app/errors.py")
BANNED_ROOMS = {"utils", "helpers", "common", "core", "manager"}


@cache
def project_files() -> tuple[str, ...]:
    """Return the files of the project: what git tracks or would track, else what lies here."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode == 0 and listing.stdout:
        names = listing.stdout.splitlines()
    else:
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file()]
    return tuple(
        sorted(name for name in names if not hidden_folder(name) and (ROOT / name).is_file())
    )


def hidden_folder(name: str) -> bool:
    """Return whether a file lies in an environment, a cache or a build folder."""
    folders = Path(name).parts[:-1]
    return any(
        part in {"build", "dist", "__pycache__"} or (part.startswith(".") and part != ".ci")
        for part in folders
    )


def text_files() -> list[str]:
    return [name for name in project_files() if Path(name).suffix in TEXT_SUFFIXES]


def python_files(*under: str) -> list[str]:
    return [
        name
        for name in project_files()
        if name.endswith(".py") and (not under or name.startswith(under))
    ]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), flags=re.MULTILINE))


def test_the_listing_sees_the_project() -> None:
    names = set(project_files())

    assert {"pyproject.toml", ".ci/run", "app/domain/controls.py"} <= names


def test_no_written_file_is_longer_than_400_lines() -> None:
    written = [
        name
        for name in project_files()
        if Path(name).suffix in {".py", ".md", ".sh"} or name in {"Makefile", "Dockerfile"}
    ]

    lengths = {name: len(read(name).splitlines()) for name in written if name not in GENERATED}

    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}


def test_no_file_names_a_machine() -> None:
    machine = re.compile(
        r"(?<![\w.~-])/(?:work|root|home|mnt|srv|Users)/"
        r"|\bfile:///(?!etc/)"
        r"|/opt/(?:pypi|wheels)"
        r"|" + re.escape("files.python" + "hosted") + r"|" + re.escape("registry.npm" + "js")
    )

    hits = {
        f"{name}:{number}": line.strip()[:100]
        for name in text_files()
        if (ROOT / name) != THIS
        for number, line in enumerate(read(name).splitlines(), start=1)
        if machine.search(line)
    }

    assert hits == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_has_hashes_and_no_address(lock: str) -> None:
    text = read(lock)

    requirements = re.findall(r"^[A-Za-z0-9].*?(?:[^\\]\n)", text, flags=re.MULTILINE | re.DOTALL)

    assert "://" not in text
    assert re.search(r"^\s*(-e|--find-links|--index|--extra)", text, flags=re.MULTILINE) is None
    assert requirements
    assert all("==" in entry and "--hash=sha256:" in entry for entry in requirements)


def test_the_development_lock_pins_the_same_versions_as_the_service() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^([\w.-]+==[^\s;]+)", read(lock), flags=re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]

    wanted = declared(project["dependencies"])
    pinned = {
        line.split("==")[0].lower()
        for line in read("requirements.txt").splitlines()
        if "==" in line
    }

    assert wanted <= pinned


def declared(entries: list[str]) -> set[str]:
    """Return the canonical names of requirements."""
    return {
        re.split(r"[<>=;~ \[]", entry, maxsplit=1)[0].lower().replace("_", "-") for entry in entries
    }


def test_every_foreign_import_is_a_declared_dependency() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    features = ("xls", "pdf", "mcp", "otel", "redis", "parquet", "zstd")
    optional = [entry for name in features for entry in extras[name]]
    own = declared([*project["dependencies"], *optional])
    only_tests = [
        entry for name in ("test", "check", "browser", "deploy") for entry in extras[name]
    ]
    allowed = {"app": own, "tests": own | declared(only_tests)}
    distributions = packages_distributions()

    foreign = {
        (name, package)
        for name in python_files("app", "tests")
        for package in imported_packages(name) - set(sys.stdlib_module_names) - OWN_PACKAGES
        if not allowed[name.split("/")[0]]
        & {
            # One that is not installed here goes by the name of its package.
            one.lower().replace("_", "-")
            for one in distributions.get(package, [package])
        }
    }

    assert foreign == set()


def imported_packages(name: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(read(name))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_domain_and_scoring_use_the_standard_library_only() -> None:
    allowed = set(sys.stdlib_module_names) | {"app"}

    foreign = {
        name: imported_packages(name) - allowed
        for name in python_files(*STANDARD_LIBRARY_ROOMS)
        if imported_packages(name) - allowed
    }

    assert foreign == {}


def test_identification_adds_two_libraries_at_most() -> None:
    allowed = set(sys.stdlib_module_names) | {"app", "molmass", "ahocorasick"}

    foreign = set().union(*map(imported_packages, python_files("app/identification"))) - allowed

    assert foreign == set()


def test_no_room_has_a_name_that_says_nothing() -> None:
    names = {part.removesuffix(".py") for name in python_files() for part in Path(name).parts}

    assert names & BANNED_ROOMS == set()


def test_the_data_folder_holds_no_python() -> None:
    assert python_files("app/data") == []


def test_every_suppression_names_its_rule_and_its_reason() -> None:
    noqa = re.compile(r"#\s*noqa(?!:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*\s+\W*\w+)")
    ignore = re.compile(r"#\s*type:\s*ignore(?!\[[a-z-]+(?:,\s*[a-z-]+)*\]\s*\W*\s\w+)")

    bare = [
        f"{name}:{number}: {line.strip()}"
        for name in python_files()
        if (ROOT / name) != THIS
        for number, line in enumerate(read(name).splitlines(), start=1)
        if noqa.search(line) or ignore.search(line)
    ]

    assert bare == []


def test_nothing_is_left_unwritten() -> None:
    unwritten = re.compile(r"(?i)raise NotImplementedError|\bplace-?holder\b|lorem ipsum")

    hits = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name in python_files()
        if (ROOT / name) != THIS
        for number, line in enumerate(read(name).splitlines(), start=1)
        if unwritten.search(line)
    ]

    assert hits == []


def test_every_skip_says_why() -> None:
    silent = [
        f"{name}:{node.lineno}"
        for name in python_files("tests")
        for node in ast.walk(ast.parse(read(name)))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"pytest.skip", "pytest.mark.skip", "pytest.mark.skipif"}
        and not (
            any(keyword.arg == "reason" for keyword in node.keywords)
            or (ast.unparse(node.func) == "pytest.skip" and node.args)
        )
    ]

    assert silent == []


def test_every_documented_make_target_exists() -> None:
    documents = [name for name in project_files() if name.endswith(".md") or name == ".ci/run"]

    named = {
        target
        for name in documents
        for command in re.findall(r"(?:^|`)make ((?:[a-z-]+ ?)+)", read(name), flags=re.MULTILINE)
        for target in command.split()
    }

    assert {"run", "test", "check"} <= named
    assert named - make_targets() == set()


def test_every_documented_command_exists() -> None:
    documented = {
        command
        for name in project_files()
        if name.endswith(".md") or name in {"Makefile", "Dockerfile"}
        for command in re.findall(r"(?:^|[`/ ])lodestone ([a-z][a-z-]+)", read(name), re.MULTILINE)
    }

    commands = {command.name for command in command_line.registered_commands}
    groups = {group.name for group in command_line.registered_groups}

    assert {"score", "serve"} <= documented
    assert documented - commands - groups == set()


def test_the_makefile_offers_what_the_house_promises() -> None:
    promised = {
        "run", "test", "check", "check-data", "stale", "snapshot", "openapi", "bench",
        "validation", "lock", "clean",
    }  # fmt: skip

    assert promised <= make_targets()


def test_the_readme_needs_two_commands() -> None:
    first_block = re.search(r"```sh\n(.*?)```", read("README.md"), flags=re.DOTALL)

    assert first_block is not None
    commands = [line.split("#")[0].strip() for line in first_block.group(1).splitlines() if line]
    assert commands == ["make run", "make test"]


def test_relative_links_of_the_documents_lead_somewhere() -> None:
    broken = [
        f"{name} -> {target}"
        for name in project_files()
        if name.endswith(".md")
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", read(name))
        if "://" not in target
        and not target.startswith("mailto:")
        and not ((ROOT / name).parent / target).exists()
    ]

    assert broken == []


def test_every_section_that_the_code_cites_exists() -> None:
    headings = set(
        re.findall(r"^#{2,4} (?:\d+\. )?(.+?)\s*$", read("docs/methodology.md"), re.MULTILINE)
    )

    cited = {
        (name, re.sub(r"\s+", " ", title))
        for name in python_files("app")
        for title in re.findall(r'docs/methodology\.md,\s+"([^"]+)"', read(name))
    }

    assert cited
    assert {(name, title) for name, title in cited if title not in headings} == set()


def test_the_changelog_knows_the_version() -> None:
    assert re.search(rf"^## \[?{re.escape(app.__version__)}\b", read("CHANGELOG.md"), re.MULTILINE)


def test_the_licence_is_the_one_that_the_metadata_name() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]

    assert project["license"] == "Apache-2.0"
    assert "Apache License" in read("LICENSE")
    assert "END OF TERMS AND CONDITIONS" in read("LICENSE")


def test_decision_records_are_numbered_without_gaps_and_listed() -> None:
    records = sorted(
        Path(name).name for name in project_files() if re.match(r"docs/adr/\d{4}-.*\.md$", name)
    )
    index = read("docs/adr/README.md")

    assert [record[:4] for record in records] == [f"{n:04d}" for n in range(1, len(records) + 1)]
    assert [record for record in records if record not in index] == []
