"""Last step of the image's build: what is not needed goes, what is left is the same in each build.

Run by the Python of the environment that is to be finished, with hash seed and
SOURCE_DATE_EPOCH set. It needs the standard library only, and writes the parts list.
"""

from __future__ import annotations

import compileall
import csv
import io
import json
import os
import platform
import py_compile
import re
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path

#: Languages in which names of countries are read or written; a test keeps them complete.
LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "pl", "zh")
#: Commands that stay; the others came with libraries, or set up an interactive shell.
COMMANDS = re.compile(r"(lodestone|python[0-9.]*)$")
#: For compilers, type checkers and installers.
_SOURCES = frozenset({".c", ".h", ".pxd", ".pyi", ".pyx"})
PARTS_LIST = "sbom.cdx.json"


def unneeded(root: Path) -> Iterator[Path]:
    """Yield the files that no running service opens."""
    site = _site(root)
    for path in (root / "bin").iterdir():
        if path.is_file() and not COMMANDS.match(path.name):
            yield path
    yield from (path for path in site.rglob("*") if path.suffix in _SOURCES and path.is_file())
    # CPython uses the other one of the two backends.
    yield from (site / "zstandard").glob("_cffi*.so")
    for path in (site / "babel" / "locale-data").glob("*.dat"):
        if path.stem.split("_")[0] not in {"root", *LANGUAGES}:
            yield path
    for folder in site.glob("*.dist-info"):
        # Where a package was installed from says something of the builder, nothing of the package.
        yield from (folder / name for name in ("direct_url.json", "REQUESTED"))
    yield from root.rglob("*.pyc")


def finish(root: Path) -> None:
    """Delete, compile and list; `root` is the environment's folder."""
    for path in list(unneeded(root)):
        path.unlink(missing_ok=True)
    for folder in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
        if not folder.is_symlink() and not any(folder.iterdir()):
            folder.rmdir()
    site = _site(root)
    # The file system is read-only, so that nobody has to ask whether a source changed.
    whole = compileall.compile_dir(
        site,
        maxlevels=50,
        quiet=1,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not whole:
        sys.exit("not every module could be compiled")
    for record in site.glob("*.dist-info/RECORD"):
        _shorten(record, site)
    (root / PARTS_LIST).write_text(
        json.dumps(parts_list(site), indent=1, sort_keys=True, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )


def parts_list(site: Path) -> dict[str, object]:
    """Return what is installed below `site` as a CycloneDX 1.6 document."""
    found = {one.metadata["Name"]: one for one in distributions(path=[str(site)])}
    own = found.pop("lodestone-risk")
    parts = [_part(one, "library") for _, one in sorted(found.items())]
    parts.append(
        {
            "type": "platform",
            "bom-ref": "python",
            "name": platform.python_implementation(),
            "version": platform.python_version(),
        }
    )
    moment = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)
    body = json.dumps(parts, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, body)}",
        "metadata": {
            "timestamp": moment.isoformat().replace("+00:00", "Z"),
            "component": _part(own, "application"),
        },
        "components": parts,
    }


def _part(one: Distribution, kind: str) -> dict[str, object]:
    name, version = one.metadata["Name"], one.version
    plain = re.sub(r"[-_.]+", "-", name).lower()
    purl = f"pkg:pypi/{plain}@{version}"
    part: dict[str, object] = {
        "type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl,
    }  # fmt: skip
    if expressions := one.metadata.get_all("License-Expression"):
        part["licenses"] = [{"expression": expressions[0]}]
    else:
        names = [
            text.rpartition(" :: ")[2]
            for text in one.metadata.get_all("Classifier", [])
            if text.startswith("License :: ")
        ]
        if names:
            part["licenses"] = [{"license": {"name": text}} for text in sorted(names)]
    return part


def _shorten(record: Path, site: Path) -> None:
    """Take the files that went out of a package's own list."""
    with record.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.reader(stream) if row and (site / row[0]).exists()]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(sorted(rows))
    record.write_text(text.getvalue(), encoding="utf-8")


def _site(root: Path) -> Path:
    (site,) = (root / "lib").glob("python3*/site-packages")
    return site


if __name__ == "__main__":
    finish(Path(sys.argv[1]))
