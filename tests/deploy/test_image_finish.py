"""The last step of the image's build takes away what nobody opens, and nothing else."""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel import Locale

from app.readers import countries
from app.report import language

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def finishing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("finish", ROOT / "deploy" / "image" / "finish.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """Return a small environment with files of each kind."""
    site = tmp_path / "lib" / "python3.11" / "site-packages"
    files = {
        "bin/lodestone": "#!",
        "bin/python3.11": "#!",
        "bin/activate": "",
        "bin/pybabel": "#!",
        "site/part/__init__.py": "VALUE = 1\n",
        "site/part/__init__.pyi": "VALUE: int\n",
        "site/part/native.so": "",
        "site/part/only_headers/one.h": "",
        "site/zstandard/backend_c.so": "",
        "site/zstandard/_cffi.so": "",
        "site/babel/locale-data/root.dat": "",
        "site/babel/locale-data/zh_Hans.dat": "",
        "site/babel/locale-data/sv.dat": "",
        "site/part-1.0.dist-info/METADATA": (
            "Metadata-Version: 2.4\nName: Part_Of\nVersion: 1.0\nLicense-Expression: MIT\n"
        ),
        "site/part-1.0.dist-info/direct_url.json": "{}",
        "site/part-1.0.dist-info/RECORD": "part/native.so,,\npart/__init__.pyi,,\n",
        "site/lodestone_risk-0.1.0.dist-info/METADATA": (
            "Metadata-Version: 2.1\nName: lodestone-risk\nVersion: 0.1.0\n"
            "Classifier: License :: OSI Approved :: Some License\n"
        ),
    }
    for name, text in files.items():
        path = site / name.removeprefix("site/") if name.startswith("site/") else tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def names(root: Path) -> set[str]:
    return {path.name for path in root.rglob("*")}


def test_what_nobody_opens_goes_and_the_rest_stays(
    finishing: ModuleType, environment: Path
) -> None:
    finishing.finish(environment)

    left = names(environment)
    assert left >= {
        "lodestone", "python3.11", "__init__.py", "native.so", "backend_c.so", "root.dat",
        "zh_Hans.dat", "METADATA", "sbom.cdx.json",
    }  # fmt: skip
    gone = {
        "activate", "pybabel", "__init__.pyi", "one.h", "only_headers", "_cffi.so", "sv.dat",
        "direct_url.json",
    }  # fmt: skip
    assert left & gone == set()


def test_modules_are_compiled_and_their_sources_not_asked(
    finishing: ModuleType, environment: Path
) -> None:
    finishing.finish(environment)

    (compiled,) = environment.rglob("part/__pycache__/*.pyc")
    assert compiled.read_bytes()[4:8] == b"\x01\x00\x00\x00"  # by hash, unchecked


def test_the_same_environment_gives_the_same_bytes(
    finishing: ModuleType, environment: Path
) -> None:
    def all_bytes() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in environment.rglob("*") if path.is_file()}

    finishing.finish(environment)
    once = all_bytes()
    finishing.finish(environment)

    assert all_bytes() == once


def test_a_module_that_cannot_be_compiled_ends_the_build(
    finishing: ModuleType, environment: Path
) -> None:
    (environment / "lib/python3.11/site-packages/part/broken.py").write_text("def", "utf-8")

    with pytest.raises(SystemExit, match="compiled"):
        finishing.finish(environment)


def test_a_package_lists_only_the_files_that_are_left(
    finishing: ModuleType, environment: Path
) -> None:
    finishing.finish(environment)

    (record,) = environment.rglob("RECORD")
    with record.open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [["part/native.so", "", ""]]


def test_the_parts_list_names_what_is_installed(
    finishing: ModuleType, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764028800")

    finishing.finish(environment)

    document = json.loads((environment / "sbom.cdx.json").read_text(encoding="utf-8"))
    part, interpreter = document["components"]
    assert part == {
        "type": "library", "bom-ref": "pkg:pypi/part-of@1.0", "purl": "pkg:pypi/part-of@1.0",
        "name": "Part_Of", "version": "1.0", "licenses": [{"expression": "MIT"}],
    }  # fmt: skip
    assert interpreter["type"] == "platform"
    assert interpreter["version"] == ".".join(map(str, sys.version_info[:3]))
    own = document["metadata"]["component"]
    assert own["name"] == "lodestone-risk"
    assert own["licenses"] == [{"license": {"name": "Some License"}}]
    assert document["metadata"]["timestamp"] == "2025-11-25T00:00:00Z"


def test_every_language_that_names_countries_stays(finishing: ModuleType) -> None:
    used = {*countries._LANGUAGES, *language._LOCALES.values()}

    assert {Locale.parse(code).language for code in used} <= set(finishing.LANGUAGES)
